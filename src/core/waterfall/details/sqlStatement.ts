import { textAttribute, type Attribute, type Attributes } from '../../trace/rawSpan.ts';

/** Ways of writing SQL that are laid out each by its own rules; `sql` is the rest. */
export const sqlDialects = [
  'sql',
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'transactsql',
  'plsql',
  'clickhouse',
  'snowflake',
  'bigquery',
] as const;
export type SqlDialect = (typeof sqlDialects)[number];

/** Longer statements are shown as they were recorded. */
const longestStatement = 200_000;

/** OpenTelemetry's, stable and old; Prisma's; those of drivers' own instrumentation. */
const statementKeys = new Set(['db.query.text', 'db.statement', 'sql', 'sql.query', 'query']);

/** Systems whose statements are something else: `SET key value` is Redis. */
const otherSystems = /redis|valkey|mongo|memcache|elastic|opensearch|neo4j|dynamo|couch|influx/;

const comment = String.raw`--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/`;
const begins = new RegExp(
  String.raw`^(?:[\s(]|${comment})*(?:select|insert|update|delete|with|merge|replace|upsert|create|alter|drop|truncate|begin|start\s+transaction|commit|rollback|savepoint|release|set|explain|call|exec|execute|values|declare|grant|revoke|copy|lock|pragma|show|use|do)\b`,
  'i',
);

/**
 * True for an attribute whose text is SQL. Some instrumentation writes the name of the span there, or a command of a
 * store that has no SQL.
 */
export function isSql({ key, value }: Attribute, attributes: Attributes): boolean {
  if (typeof value !== 'string' || !statementKeys.has(key) || value.length > longestStatement)
    return false;
  return !otherSystems.test(systemOf(attributes)) && begins.test(value.slice(0, 2_000));
}

/** The way of writing that the span's database has. */
export function sqlDialect(attributes: Attributes): SqlDialect {
  const system = systemOf(attributes);
  if (/postgres|cockroach|redshift|timescale|yugabyte/.test(system)) return 'postgresql';
  if (/mssql|sql_?server|sybase/.test(system)) return 'transactsql';
  if (system.includes('oracle')) return 'plsql';
  return sqlDialects.find((dialect) => dialect !== 'sql' && system.includes(dialect)) ?? 'sql';
}

const systemOf = (attributes: Attributes): string =>
  (textAttribute(attributes, 'db.system.name', 'db.system', 'db.type') ?? '').toLowerCase();
