import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { selfSigned } from '../certificates.ts';

const run = promisify(execFile);
const password = 'spanhop';

/** A certificate for 127.0.0.1 and localhost that signs itself. */
export interface Certificate {
  /** PEM: whoever trusts it trusts the server. */
  readonly caFile: string;
  /** PKCS12, with the private key. */
  readonly keyStore: string;
  readonly password: string;
}

export type CertificateKind = 'valid' | 'expired';

/** A client's certificate that a server asks for. */
export interface ClientCertificate {
  /** PEM. */
  readonly certFile: string;
  readonly keyFile: string;
  /** PKCS12: whoever the server lets in. */
  readonly trustStore: string;
  readonly password: string;
}

/** Makes one in `folder` with Java's `keytool`; an expired one was valid until yesterday. */
export async function makeCertificate(folder: string, kind: CertificateKind): Promise<Certificate> {
  const keyStore = join(folder, `${kind}.p12`);
  const caFile = join(folder, `${kind}.pem`);
  const store = ['-keystore', keyStore, '-storetype', 'PKCS12', '-storepass', password];
  const start = kind === 'valid' ? '-1d' : '-2d';
  const validity = ['-startdate', start, '-validity', kind === 'valid' ? '30' : '1'];
  const names = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  const key = ['-alias', 'server', '-keyalg', 'EC', '-groupname', 'secp256r1'];
  await run('keytool', ['-genkeypair', ...store, ...key, ...validity, ...names]);
  await run('keytool', ['-exportcert', '-rfc', ...store, '-alias', 'server', '-file', caFile]);
  return { caFile, keyStore, password };
}

/** Makes one in `folder`, and the store that trusts it alone. */
export async function makeClientCertificate(folder: string): Promise<ClientCertificate> {
  const [certFile, keyFile] = [join(folder, 'client.pem'), join(folder, 'client.key')];
  const trustStore = join(folder, 'clients.p12');
  const { certificate, key } = selfSigned(['client']);
  await writeFile(certFile, certificate);
  await writeFile(keyFile, key);
  const store = ['-keystore', trustStore, '-storetype', 'PKCS12', '-storepass', password];
  await run('keytool', [
    '-importcert',
    '-noprompt',
    ...store,
    '-alias',
    'client',
    '-file',
    certFile,
  ]);
  return { certFile, keyFile, trustStore, password };
}
