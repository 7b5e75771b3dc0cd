import { readFileSync, statSync } from 'node:fs';

import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { CqlOptions, CqlTls } from './cql/options.ts';
import type { CassandraSettings, TlsSettings } from './settings.ts';

/** More than any chain of certificates has. */
const mostBytes = 1_000_000;

/** What a connection needs of the settings. @throws SourceError `rejected` for a certificate file that can't be read */
export function cqlOptionsOf({ tls, ...settings }: CassandraSettings): CqlOptions {
  return { ...settings, tls: tls && readTls(tls) };
}

function readTls({ caFile, certFile, keyFile, serverName, verify }: TlsSettings): CqlTls {
  const ca = readPem(caFile);
  const cert = readPem(certFile);
  const key = readPem(keyFile) ?? cert;
  return {
    verify,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(serverName !== undefined && { serverName }),
  };
}

function readPem(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const found = statSync(path, { throwIfNoEntry: false });
  const text = found?.isFile() === true && found.size <= mostBytes ? readText(path) : '';
  if (text.includes('-----BEGIN ')) return text;
  throw new SourceError(
    'rejected',
    message("Can't read {0} as a PEM file. Check the path of the certificate or key.", path),
  );
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // no permission, or gone since: the sentence is the same
  }
}
