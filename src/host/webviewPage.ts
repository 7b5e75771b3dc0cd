import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { PageHtml } from '../protocol/pageHtml.ts';

const distOf = (extensionUri: vscode.Uri) => vscode.Uri.joinPath(extensionUri, 'dist');

/** A webview's page may run its script, and load what is built and nothing else. */
export function allowPage(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  webview.options = { enableScripts: true, localResourceRoots: [distOf(extensionUri)] };
}

/** What a page loads, in the editor's language. @param name of its script and its style sheet */
export function pageParts(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
): Pick<PageHtml, 'scriptUri' | 'styleUri' | 'cspSource' | 'nonce' | 'language'> {
  const uriOf = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(distOf(extensionUri), file)).toString();
  return {
    scriptUri: uriOf(`${name}.js`),
    styleUri: uriOf(`${name}.css`),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    language: vscode.env.language,
  };
}
