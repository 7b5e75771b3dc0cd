import { getCACertificates, type ConnectionOptions } from 'node:tls';
import { isIP } from 'node:net';
import type { SourceError, SourceErrorCode } from '../../../core/base/sourceError.ts';
import { addressesOf, endpoint, type ContactPoint } from './contactPoint.ts';
import { connectionError } from './cqlError.ts';
import type { Asked } from './asked.ts';
import type { Driver } from './driver.ts';
import { closeClient, limitUnread, neverAgain } from './driverInside.ts';
import { onlyPoint } from './onlyPoint.ts';
import type { CqlOptions, CqlTls } from './options.ts';
import { tooLarge } from './rows.ts';
import { readServer, type CqlServer } from './server.ts';
import { readSupported, type Knock, type SupportedOptions } from './supported.ts';

/** Sockets to one node, and what it said of itself. */
export interface Connection {
  readonly client: Driver.Client;
  readonly server: CqlServer;
}

/** Told the size of each answer, and the parameters it was asked with. */
export type OnBytes = (parameters: unknown, bytes: number) => void;

/** For a socket, and for each answer until there is a connection; later answers have the time of their question. */
const connectTimeoutMs = 5_000;
/** A node that stopped is noticed after this time and that of connecting anew, also while it is asked something. */
const heartbeatMs = 5_000;
/** Fewer than the driver's 5,000: a page of spans with long statements is already some megabytes. */
export const defaultFetchSize = 1_000;

/**
 * Connects to the first of the points that answers and fits, trying each of its addresses.
 * @throws SourceError of the point that got furthest
 */
export async function connect(
  driver: typeof Driver,
  options: CqlOptions,
  points: readonly ContactPoint[],
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Connection> {
  const failures: SourceError[] = [];
  for (const point of points) {
    const asked = { ...askedOf(options, point), timeoutMs: connectMs(options) };
    try {
      for (const address of await addressesOf(point)) {
        try {
          return await connectTo(driver, options, { point, address, asked }, onBytes, signal);
        } catch (error) {
          signal.throwIfAborted();
          failures.push(connectionError(error, asked));
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      failures.push(connectionError(error, asked));
    }
  }
  throw failures.find(({ code }) => !farOff.has(code)) ?? failures[0] ?? new Error('no address');
}

const farOff: ReadonlySet<SourceErrorCode> = new Set(['unreachable', 'timedOut']);

interface Target {
  readonly point: ContactPoint;
  readonly address: string;
  readonly asked: Asked;
}

async function connectTo(
  driver: typeof Driver,
  options: CqlOptions,
  { point, address, asked }: Target,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Connection> {
  const tls = options.tls && tlsOptions(options.tls, point.host);
  const knock = { address, port: point.port, tls, shown: point.shown, timeoutMs: asked.timeoutMs };
  const product = isScylla(await readSupported(knock, signal)) ? 'ScyllaDB' : 'Cassandra';
  let unread = 0;
  const client = newClient(driver, options, { address, port: point.port, tls }, (...read) => {
    unread = 0;
    onBytes(...read);
  });
  try {
    await client.connect();
    limitUnread(client, (bytes) =>
      (unread += bytes) > options.maxBytes ? tooLarge(point.shown, options.maxBytes) : undefined,
    );
    const server = await readServer(client, options, { ...asked, product });
    signal.throwIfAborted();
    client.keyspace = server.keyspace;
    return { client, server };
  } catch (error) {
    await closeClient(client);
    throw connectionError(error, { ...asked, product });
  }
}

/** Its extensions of the native protocol (docs/dev/protocol-extensions.md). */
const isScylla = (supported: SupportedOptions): boolean =>
  [...supported.keys()].some((key) => key.startsWith('SCYLLA_'));

const connectMs = ({ timeoutMs }: CqlOptions): number => Math.min(connectTimeoutMs, timeoutMs);

export const askedOf = (options: CqlOptions, { shown }: ContactPoint): Asked => ({
  product: 'Cassandra',
  shown,
  keyspace: options.keyspace ?? '',
  user: options.user,
  consistency: options.consistency ?? 'LOCAL_ONE',
  timeoutMs: options.timeoutMs,
  showsCertificate: options.tls?.cert !== undefined,
});

function newClient(
  driver: typeof Driver,
  options: CqlOptions,
  { address, port, tls }: Pick<Knock, 'address' | 'port' | 'tls'>,
  onBytes: OnBytes,
): Driver.Client {
  const { policies, types } = driver;
  const client = new driver.Client({
    contactPoints: [endpoint(address, port)],
    protocolOptions: { port, maxVersion: types.protocolVersion.v4 },
    ...(options.user !== undefined && {
      credentials: { username: options.user, password: options.password ?? '' },
    }),
    ...(tls && { sslOptions: tls }),
    policies: {
      loadBalancing: onlyPoint(driver, `${address}:${String(port)}`),
      // A failed page is asked again where it is read, if at all; a lost node by a new connection.
      retry: new policies.retry.FallthroughRetryPolicy(),
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(1_000),
    },
    pooling: {
      coreConnectionsPerHost: { [types.distance.local]: 1, [types.distance.remote]: 0 },
      warmup: false,
      heartBeatInterval: heartbeatMs,
    },
    socketOptions: { connectTimeout: connectMs(options), readTimeout: connectMs(options) },
    queryOptions: {
      consistency: types.consistencies[consistencyKeys[options.consistency ?? 'LOCAL_ONE']],
      fetchSize: defaultFetchSize,
      prepare: true,
      isIdempotent: true,
    },
    isMetadataSyncEnabled: false,
    prepareOnAllHosts: false,
    rePrepareOnUp: false,
    encoding: { useBigIntAsLong: true },
    monitorReporting: { enabled: false },
    requestTracker: byteTracker(driver, onBytes),
  });
  return neverAgain(client);
}

const consistencyKeys = {
  LOCAL_ONE: 'localOne',
  ONE: 'one',
  LOCAL_QUORUM: 'localQuorum',
  QUORUM: 'quorum',
} as const;

/** The driver dials addresses: the certificate has to be for the name that was given. It checks none by itself. */
function tlsOptions(
  { serverName, verify = true, ...certificates }: CqlTls,
  host: string,
): ConnectionOptions {
  const name = serverName ?? host;
  return {
    // Without any Node takes its own alone, whatever the system trusts.
    ca: [...getCACertificates('default'), ...getCACertificates('system')],
    ...certificates,
    rejectUnauthorized: verify,
    ...(isIP(name) === 0 && { servername: name }),
  };
}

type TrackerClass = new () => Driver.tracker.RequestTracker;

function byteTracker(driver: typeof Driver, onBytes: OnBytes): Driver.tracker.RequestTracker {
  // A class that the driver's types have as an interface only.
  const { RequestTracker } = driver.tracker as unknown as { RequestTracker: TrackerClass };
  const tracker = new RequestTracker();
  tracker.onSuccess = (_host, _query, parameters, _options, _sent, received) => {
    onBytes(parameters, received);
  };
  return tracker;
}
