import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { Client } from 'cassandra-driver';

/** Where a Cassandra is, and how to get in. */
export interface CassandraAddress {
  readonly host: string;
  readonly port: number;
  readonly localDataCenter: string;
  /** Undefined where it asks for none. */
  readonly credentials: CassandraCredentials | undefined;
  /** Undefined without TLS. */
  readonly tls: CassandraTls | undefined;
}

interface CassandraCredentials {
  readonly user: string;
  readonly password: string;
}

interface CassandraTls {
  /** PEM. */
  readonly caFile: string;
  /** False: its certificate has expired, and what sets it up looks away. */
  readonly verify: boolean;
  /** PEM, of the certificate that it asks for; undefined: for none. */
  readonly client: { readonly certFile: string; readonly keyFile: string } | undefined;
}

const connectTimeoutMs = 5_000;

/** A connected client. Whoever asks for it shuts it down. */
export async function connectTo(address: CassandraAddress): Promise<Client> {
  const { host, port, localDataCenter, credentials, tls } = address;
  const client = new Client({
    contactPoints: [host],
    localDataCenter,
    protocolOptions: { port, maxVersion: 4 },
    socketOptions: { connectTimeout: connectTimeoutMs },
    monitorReporting: { enabled: false },
    encoding: { useBigIntAsLong: true },
    ...(credentials && {
      credentials: { username: credentials.user, password: credentials.password },
    }),
    ...(tls && {
      sslOptions: {
        host,
        ca: await readFile(tls.caFile),
        rejectUnauthorized: tls.verify,
        ...(tls.client && {
          cert: await readFile(tls.client.certFile),
          key: await readFile(tls.client.keyFile),
        }),
      },
    }),
  });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.shutdown();
    throw error;
  }
}

/** Does something with a client of its own, which is shut down at the end, whatever comes. */
export async function withClient<T>(
  address: CassandraAddress,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connectTo(address);
  try {
    return await use(client);
  } finally {
    await client.shutdown();
  }
}

/** Whether CQL answers there, and lets in. */
export const answersCql = async (address: CassandraAddress): Promise<boolean> =>
  (await listens(address)) && (await withClient(address, () => Promise.resolve(true)));

/** Asked often while it starts, so without a client. */
function listens({ host, port }: CassandraAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
    socket.setTimeout(connectTimeoutMs, () => settle(false));
  });
}
