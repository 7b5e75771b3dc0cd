import * as vscode from 'vscode';
import type { NetworkSettings } from '../../sources/sourceDescriptor.ts';

/** The editor's settings for the network. Requests of the engine's thread don't go through the editor's own way. */
export function readNetwork(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxy: http.get('proxy', ''),
    usesProxy: http.get<string>('proxySupport') !== 'off',
    noProxy: http.get<readonly string[]>('noProxy', []),
    strictSsl: http.get('proxyStrictSSL', true),
    systemCertificates: http.get('systemCertificates', true),
  };
}

export const networkSettingIds = [
  'http.proxy',
  'http.proxySupport',
  'http.noProxy',
  'http.proxyStrictSSL',
  'http.systemCertificates',
] as const;
