import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import {
  errorBody,
  frame,
  int,
  opcodes,
  preparedResult,
  readExecute,
  rowsResult,
  short,
  takeFrames,
  text,
  type Column,
  type Request,
} from './frames.ts';

type FakeRow = Readonly<Record<string, unknown>>;

/** A server's own error instead of rows. */
export interface FakeError {
  readonly code: number;
  readonly said: string;
  /** What the protocol adds to errors of this code. */
  readonly more?: Buffer;
}

export interface FakeTable {
  /** Part of the query's text that tells it. */
  readonly query: string | RegExp;
  readonly parameters?: readonly Column[];
  readonly columns: readonly Column[];
  /** Its pages, one after the other; empty ones too. May throw a `FakeError`, or never settle. */
  readonly pages: (
    values: readonly (Buffer | null)[],
  ) => readonly (readonly FakeRow[])[] | Promise<never>;
}

export interface FakeClusterOptions {
  readonly tables?: readonly FakeTable[];
  readonly scylla?: boolean;
  readonly dataCenter?: string;
  /** Rows of system_schema.tables; default: Jaeger's in `jaeger_v1_dc1`. */
  readonly schema?: readonly (readonly [keyspace: string, table: string, ttl: number])[];
  /** Asked for with every connection; undefined: nobody signs in. */
  readonly password?: string;
  /** Addresses of system.peers, which nobody is to dial. */
  readonly peers?: readonly string[];
  /** PEM texts: it speaks TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** With TLS: PEM of the authority that a client's certificate must be signed by. */
  readonly clientAuthority?: string;
}

/** A server that speaks just enough of the native protocol for Cassandra's driver, and remembers what it was asked. */
export interface FakeCluster {
  readonly point: string;
  /** Texts of statements as they were prepared, in order. */
  readonly prepared: readonly string[];
  /** Pages asked for, by the statement's text. */
  readonly asked: readonly string[];
  /** Sockets open now. */
  connections(): number;
  /** Ends every connection, as a node does that goes away; new ones are answered. */
  hangUp(): void;
  /** Says nothing more on the connections there are, as behind a network that went away; new ones are answered. */
  fallSilent(): void;
  close(): Promise<void>;
}

export const jaegerTables = [
  'dependencies_v2',
  'duration_index',
  'operation_names_v2',
  'service_name_index',
  'service_names',
  'service_operation_index',
  'tag_index',
  'traces',
] as const;

export async function startFakeCluster(options: FakeClusterOptions = {}): Promise<FakeCluster> {
  const sockets = new Set<Socket>();
  const prepared: string[] = [];
  const asked: string[] = [];
  const tables = [...(options.tables ?? []), ...systemTables(options)];
  const silent = new WeakSet<Socket>();
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      if (rest.length === 0 && chunk[0] !== 0x04) {
        socket.destroy();
        return;
      }
      const [requests, left] = takeFrames(Buffer.concat([rest, chunk]));
      rest = left;
      for (const request of requests)
        void answer(request, options, tables, { prepared, asked }).then((bytes) => {
          if (!silent.has(socket)) socket.write(bytes);
        });
    });
  };
  const { tls, clientAuthority: ca } = options;
  const asksClients = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true };
  const server = tls ? createTlsServer({ ...tls, ...asksClients }, serve) : createServer(serve);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    point: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    prepared,
    asked,
    connections: () => sockets.size,
    hangUp,
    fallSilent: () => {
      for (const socket of sockets) silent.add(socket);
    },
    close: async () => {
      hangUp();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Memory {
  readonly prepared: string[];
  readonly asked: string[];
}

async function answer(
  request: Request,
  options: FakeClusterOptions,
  tables: readonly FakeTable[],
  { prepared, asked }: Memory,
): Promise<Buffer> {
  const reply = (opcode: number, body: Buffer = Buffer.alloc(0)) => frame(request, opcode, body);
  try {
    switch (request.opcode) {
      case opcodes.options:
        return reply(opcodes.supported, supported(options));
      case opcodes.startup:
        return options.password === undefined
          ? reply(opcodes.ready)
          : reply(opcodes.authenticate, text('org.apache.cassandra.auth.PasswordAuthenticator'));
      case opcodes.authResponse:
        if (!request.body.toString('utf8').endsWith(`\0${options.password ?? ''}`))
          throw fakeError({
            code: 0x0100,
            said: 'Provided username and/or password are incorrect',
          });
        return reply(opcodes.authSuccess, int(-1));
      case opcodes.register:
        return reply(opcodes.ready);
      case opcodes.query:
        return reply(opcodes.result, await plainQuery(request.body, tables));
      case opcodes.prepare: {
        const query = request.body.toString('utf8', 4);
        const { parameters = [], columns } = find(tables, query);
        prepared.push(query);
        return reply(opcodes.result, preparedResult(Buffer.from(query), parameters, columns));
      }
      default:
        return reply(opcodes.result, await execute(request.body, tables, asked));
    }
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const { code, said, more } = error.fake;
    return reply(opcodes.error, errorBody(code, said, more));
  }
}

class ServerError extends Error {
  readonly fake: FakeError;
  constructor(fake: FakeError) {
    super(fake.said);
    this.fake = fake;
  }
}

/** For a table's `pages` to throw. */
export const fakeError = (error: FakeError): Error => new ServerError(error);

function find(tables: readonly FakeTable[], query: string): FakeTable {
  const table = tables.find((one) =>
    typeof one.query === 'string' ? query.includes(one.query) : one.query.test(query),
  );
  if (table) return table;
  throw new ServerError({ code: 0x2200, said: `no answer for ${query}` });
}

async function execute(
  body: Buffer,
  tables: readonly FakeTable[],
  asked: string[],
): Promise<Buffer> {
  const { id, values, state } = readExecute(body);
  const query = id.toString('utf8');
  asked.push(query);
  const table = find(tables, query);
  const pages = await table.pages(values);
  const index = state === undefined ? 0 : Number(state.toString('utf8'));
  const next = index + 1 < pages.length ? Buffer.from(String(index + 1)) : undefined;
  return rowsResult(table.columns, pages[index] ?? [], next);
}

async function plainQuery(body: Buffer, tables: readonly FakeTable[]): Promise<Buffer> {
  const query = body.toString('utf8', 4, 4 + body.readUInt32BE(0));
  const [, keyspace] = /^USE "(.*)"$/.exec(query) ?? [];
  if (keyspace !== undefined) return Buffer.concat([int(3), text(keyspace)]);
  const { columns, pages } = find(tables, query);
  return rowsResult(columns, (await pages([])).flat(), undefined);
}

const supported = ({ scylla = false }: FakeClusterOptions): Buffer => {
  const entries = {
    CQL_VERSION: '3.0.0',
    ...(scylla && { SCYLLA_SHARD: '0', SCYLLA_NR_SHARDS: '2' }),
  };
  return Buffer.concat([
    short(Object.keys(entries).length),
    ...Object.entries(entries).flatMap(([key, value]) => [text(key), short(1), text(value)]),
  ]);
};

const texts = (...names: readonly string[]): readonly Column[] =>
  names.map((name) => ({ name, type: 'text' }));

function systemTables({
  dataCenter = 'dc1',
  peers = [],
  ...options
}: FakeClusterOptions): readonly FakeTable[] {
  const schema =
    options.schema ?? jaegerTables.map((name) => ['jaeger_v1_dc1', name, 172_800] as const);
  const node = {
    data_center: dataCenter,
    rack: 'r1',
    release_version: '4.0.0',
    host_id: Buffer.alloc(16, 1),
  };
  const nodeColumns: readonly Column[] = [
    ...texts('data_center', 'rack', 'release_version', 'partitioner'),
    { name: 'host_id', type: 'uuid' },
    { name: 'rpc_address', type: 'inet' },
    { name: 'peer', type: 'inet' },
    { name: 'tokens', type: 'texts' },
  ];
  const murmur = 'org.apache.cassandra.dht.Murmur3Partitioner';
  const keyspace = (value: Buffer | null | undefined) => value?.toString('utf8');
  const asks = ([value]: readonly (Buffer | null)[], name: string) =>
    value === undefined || keyspace(value) === name;
  return [
    {
      query: 'FROM system.local',
      columns: nodeColumns,
      pages: () => [
        [{ ...node, partitioner: murmur, rpc_address: Buffer.from([127, 0, 0, 1]), tokens: ['1'] }],
      ],
    },
    {
      query: 'FROM system.peers',
      columns: nodeColumns,
      pages: () => [
        peers.map((peer) => {
          const address = Buffer.from(peer.split('.').map(Number));
          return { ...node, rpc_address: address, peer: address, tokens: ['2'] };
        }),
      ],
    },
    ...[/FROM system_schema\.tables$/, /FROM system_schema\.tables WHERE/].map((query, index) => ({
      query,
      parameters: index === 0 ? [] : texts('keyspace_name'),
      columns: [
        ...texts('keyspace_name', 'table_name'),
        { name: 'default_time_to_live', type: 'int' } as const,
      ],
      pages: (values: readonly (Buffer | null)[]) => [
        schema
          .filter(([name]) => asks(values, name))
          .map(([keyspace_name, table_name, default_time_to_live]) => ({
            keyspace_name,
            table_name,
            default_time_to_live,
          })),
      ],
    })),
    {
      query: 'FROM system_schema.keyspaces',
      parameters: texts('keyspace_name'),
      columns: texts('keyspace_name'),
      pages: (values) => [
        schema
          .filter(([name]) => asks(values, name))
          .slice(0, 1)
          .map(([keyspace_name]) => ({ keyspace_name })),
      ],
    },
  ];
}
