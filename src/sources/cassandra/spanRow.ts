import type { CqlRow } from './cql/rows.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What `spanOfRow` reads. */
export const spanColumns =
  'trace_id, span_id, operation_name, start_time, duration, tags, logs, refs, process';

/** Of tags that are remarks of Jaeger's on the span (internal/storage/v1/cassandra/spanstore/dbmodel). */
const warningPrefix = '$$span.warning.';

/**
 * A row of `traces` (schema v004) in the fields of Jaeger's JSON, without its process. What doesn't fit stays as it
 * is, for the reader of that JSON to name.
 */
export function spanOfRow(row: CqlRow): Fields {
  const tags = listOf(row['tags']);
  const isWarning = ({ key }: Fields) => typeof key === 'string' && key.startsWith(warningPrefix);
  return {
    traceID: hexOfBlob(row['trace_id']),
    spanID: hexOfLong(row['span_id']),
    operationName: row['operation_name'] ?? '',
    // `parent_id` is 0 in every release that has refs.
    references: listOf(row['refs']).map((reference) => ({
      refType: reference['ref_type'] === 'child-of' ? 'CHILD_OF' : 'FOLLOWS_FROM',
      traceID: hexOfBlob(reference['trace_id']),
      spanID: hexOfLong(reference['span_id']),
    })),
    startTime: number(row['start_time']),
    duration: number(row['duration']),
    tags: tags.filter((tag) => !isWarning(tag)).map(tagOf),
    logs: listOf(row['logs']).map((log) => ({
      timestamp: number(log['ts']),
      fields: listOf(log['fields']).map(tagOf),
    })),
    warnings: tags.filter(isWarning).map(({ value_string }) => value_string ?? ''),
  };
}

/** The process of a row, in the fields of Jaeger's JSON. */
export function processOfRow(row: CqlRow): Fields {
  const process = (row['process'] ?? {}) as Fields;
  return { serviceName: process['service_name'] ?? '', tags: listOf(process['tags']).map(tagOf) };
}

/** The value of its type; one that was never written is that type's nothing. */
function tagOf(tag: Fields): Fields {
  const type = tag['value_type'];
  return { key: tag['key'], type, value: valueOf(tag, type) };
}

function valueOf(tag: Fields, type: unknown): unknown {
  switch (type) {
    case 'string':
      return tag['value_string'] ?? '';
    case 'bool':
      return tag['value_bool'] ?? false;
    case 'int64':
      return whole(tag['value_long'] ?? 0n);
    case 'float64':
      return tag['value_double'] ?? 0;
    case 'binary':
      return Buffer.isBuffer(tag['value_binary']) ? tag['value_binary'].toString('base64') : '';
    default:
      return undefined; // The reader names its place.
  }
}

/** Beyond 2^53 as text, as everywhere in Spanhop. */
function whole(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

const number = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

const hexOfBlob = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? value.toString('hex') : value;

/** Ids are unsigned; CQL's bigint isn't. */
const hexOfLong = (value: unknown): unknown =>
  typeof value === 'bigint' ? BigInt.asUintN(64, value).toString(16).padStart(16, '0') : value;

/** A list that is empty is null in CQL. */
const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? (value as readonly Fields[]) : [];
