import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsSettings } from '../../../src/sources/cassandra/settings.ts';
import { selfSigned } from '../certificates.ts';
import { withUsers } from './cassandraProcessFaults.ts';
import { asReader, onCassandra, setBack } from './onCassandra.ts';
import { shareCassandra, type SharedCassandra } from './sharedCassandra.ts';

/** Lets in only who shows the certificate that it trusts. */
const withTls = shareCassandra({ tls: 'valid', clientCertificate: true });

const plainTls: TlsSettings = {
  caFile: undefined,
  certFile: undefined,
  keyFile: undefined,
  serverName: undefined,
  verify: true,
};

/** Right in all of it. */
function trusted(): TlsSettings {
  const { tls } = withTls.running();
  const { certFile, keyFile } = tls?.client ?? plainTls;
  return { ...plainTls, caFile: tls?.caFile, certFile, keyFile };
}

const fault = onCassandra(withTls, (times) => ({
  ...asReader(times),
  user: undefined,
  password: undefined,
  tls: trusted(),
}));

/** Of a server without TLS. */
const faultWithout = onCassandra(withUsers, asReader);

const but = (changed: Partial<TlsSettings>) => ({ tls: { ...trusted(), ...changed } });

/** What is wrong with certificates and protocols. */
export const cassandraTlsFaults = [
  fault({
    title: 'TLS required, and off in the settings',
    figures: 'gone',
    says: /closed the connection\. .+ whether the server requires TLS/,
    begin: ({ set }) => set({ tls: undefined }),
    end: setBack,
  }),
  fault({
    title: 'certificate not trusted',
    figures: 'gone',
    says: /^The certificate of \S+ isn't trusted \(\w+\)\. Set its certificate authority \(CA\)\.$/,
    begin: ({ set }) => set(but({ caFile: undefined })),
    end: setBack,
  }),
  fault({
    title: 'certificate of another host',
    figures: 'gone',
    says: /^The certificate of \S+ is for another host name\. Set the server name it is for\.$/,
    begin: ({ set }) => set(but({ serverName: 'db.example.com' })),
    end: setBack,
  }),
  fault({
    title: 'client certificate required, and none set',
    figures: 'gone',
    says: /requires a client certificate\. Set its certificate and key files/,
    begin: ({ set }) => set(but({ certFile: undefined, keyFile: undefined })),
    end: setBack,
  }),
  fault({
    title: 'client certificate not accepted',
    figures: 'gone',
    says: /doesn't accept the client certificate\. Check its files/,
    begin: ({ set }) => set(but(otherClient())),
    end: setBack,
  }),
  faultWithout({
    title: 'certificate expired',
    figures: 'gone',
    says: /^The certificate of \S+ has expired\. Renew it on the server\.$/,
    begin: async ({ cassandra, relay, set }) => {
      const expired = selfSigned(['localhost'], true);
      relay.showCertificate(expired);
      await set({
        tls: { ...plainTls, caFile: fileOf(cassandra, 'expired.pem', expired.certificate) },
      });
    },
    end: async (stage) => {
      stage.relay.showCertificate(undefined);
      await setBack(stage);
    },
  }),
  faultWithout({
    title: 'TLS on in the settings, and the server without',
    figures: 'gone',
    says: /^Can't use TLS with \S+\. Check the port and TLS settings\.$/,
    begin: ({ set }) => set({ tls: plainTls }),
    end: setBack,
  }),
];

function fileOf(cassandra: SharedCassandra, name: string, content: string): string {
  const file = join(cassandra.running().folder, name);
  writeFileSync(file, content);
  return file;
}

function otherClient() {
  const { certificate, key } = selfSigned(['stranger']);
  return { certFile: fileOf(withTls, 'stranger.pem', certificate + key), keyFile: undefined };
}
