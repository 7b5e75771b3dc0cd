import { option, textIn } from '../callArguments.ts';
import type { CallParts } from '../callLibrary.ts';
import type { ClientCall } from '../clientCall.ts';

/** A client that is given statements as text. */
interface SqlClient {
  readonly package: string;
  readonly modules: RegExp;
  /** What may be called on, by its way from the package. */
  readonly receivers: RegExp;
  readonly methods: ReadonlySet<string>;
  /** The statement; undefined: nothing is known of it. */
  statement(parts: CallParts, call: ClientCall): string | undefined;
}

/** A text, or an object that has it. */
const textOrOption =
  (name: string): SqlClient['statement'] =>
  (parts, { given }) =>
    textIn(parts, given(0)) ?? textIn(parts, option(parts, given(0), name));

const ofTransaction = new Map([
  ['beginTransaction', 'START TRANSACTION'],
  ['commit', 'COMMIT'],
  ['rollback', 'ROLLBACK'],
]);

const clients: readonly SqlClient[] = [
  {
    package: 'pg',
    modules: /^(?:pg|pg-pool)$/,
    receivers:
      /^(?:|(?:native\.)?(?:Pool|Client|PoolClient|ClientBase))(?:(?:^|\.)(?:connect\((?:#1)?\)|on\(#0\)))?$/,
    methods: new Set(['query', 'connect']),
    statement: (parts, call) =>
      call.called === 'query' ? textOrOption('text')(parts, call) : undefined,
  },
  {
    package: 'mysql2',
    modules: /^mysql2(?:\/promise)?$/,
    receivers:
      /^(?:promise\.)?(?:create(?:Pool|Connection|PoolCluster)\(\)|(?:Pool|Connection|PoolConnection|PoolCluster|PoolNamespace))(?:\.(?:promise|getConnection|of)\(\)|\.getConnection\(#1\))*$/,
    methods: new Set(['query', 'execute', ...ofTransaction.keys()]),
    statement: (parts, call) => ofTransaction.get(call.called) ?? textOrOption('sql')(parts, call),
  },
  {
    package: 'better-sqlite3',
    modules: /^better-sqlite3$/,
    receivers: /^(?:|(?:BetterSqlite3\.)?Database)$/,
    methods: new Set(['exec', 'pragma']),
    statement: (parts, { called, given }) => {
      const text = textIn(parts, given(0));
      return called === 'pragma' && text !== undefined ? `PRAGMA ${text}` : text;
    },
  },
  {
    package: 'better-sqlite3',
    modules: /^better-sqlite3$/,
    receivers:
      /^(?:(?:|(?:BetterSqlite3\.)?Database\.)prepare\(\)|(?:BetterSqlite3\.|Database\.)?Statement)(?:\.(?:pluck|raw|expand|bind|safeIntegers)\(\))*$/,
    methods: new Set(['run', 'get', 'all', 'iterate']),
    statement: (parts, { receiver, madeWith }) =>
      receiver.endsWith('prepare()') ? textIn(parts, madeWith(0)) : undefined,
  },
];

/** Methods of all clients, with how many of their arguments say what is asked for. */
export const sqlMethods: ReadonlyMap<string, number> = new Map(
  clients.flatMap(({ methods }) => [...methods].map((name) => [name, 1] as const)),
);

/** A statement that a client's call runs, and whose client it is. */
export interface SqlStatement {
  readonly client: string;
  /** Undefined: nothing is known of it. */
  readonly text: string | undefined;
}

/** Undefined: it is no client's call. */
export function statementOf(parts: CallParts, call: ClientCall): SqlStatement | undefined {
  const client = clients.find(
    ({ modules, receivers, methods }) =>
      modules.test(call.origin.module) && receivers.test(call.receiver) && methods.has(call.called),
  );
  return client && { client: client.package, text: client.statement(parts, call) };
}
