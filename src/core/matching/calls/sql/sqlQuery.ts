import { textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';
import { plainStatement } from './sqlText.ts';

/** What a span of a database's client says of its statement. */
export interface SqlQuery {
  /** In the form of `plainStatement`; empty: not recorded. */
  readonly text: string;
  /** Lower case, as the client calls it: `select`, knex's `first`; empty: not recorded. */
  readonly operation: string;
  readonly table: string;
  /** Package that ran it: `pg`, `knex`; undefined: not told. */
  readonly client: string | undefined;
}

const systems =
  /^(?:postgres(?:ql)?|pg|mysql|mariadb|sqlite|better-sqlite3|cockroachdb|mssql|microsoft\.sql_server|oracle(?:\.db)?|other_sql|redshift)$/;

/**
 * The statement of a span of pg, mysql2, better-sqlite3 or knex, with old and new names of its attributes; undefined for
 * another span, and for one that only waits for a connection.
 * @see https://opentelemetry.io/docs/specs/semconv/database/sql/
 */
export function sqlQueryOf({ kind, name, scope, attributes }: RawSpan): SqlQuery | undefined {
  if (kind !== 'client' || name.startsWith('prisma:') || isConnecting(name)) return undefined;
  const system = textAttribute(attributes, 'db.system.name', 'db.system');
  if (system === undefined || !systems.test(system)) return undefined;
  const text = textAttribute(attributes, 'db.query.text', 'db.statement') ?? '';
  const operation = textAttribute(attributes, 'db.operation.name', 'db.operation') ?? verbIn(name);
  return {
    text: plainStatement(text),
    operation: operation.toLowerCase(),
    table: (textAttribute(attributes, 'db.collection.name', 'db.sql.table') ?? '').toLowerCase(),
    client: /\binstrumentation-(pg|mysql2|knex)\b/.exec(scope)?.[1],
  };
}

/** `pg.query:SELECT shop`, `SELECT`. */
const verbIn = (name: string): string => /^(?:pg\.query:)?([A-Za-z]+)\b/.exec(name)?.[1] ?? '';

/** Spans that wait for a connection: of pg and its pools. */
export const isConnecting = (name: string): boolean => /^pg(?:-pool)?\.connect$/.test(name);
