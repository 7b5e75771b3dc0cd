import type { Attributes, AttributeValue, RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { CqlRow, CqlValue } from '../../../src/sources/cassandra/cql/rows.ts';
import type { CqlServer } from '../../../src/sources/cassandra/cql/server.ts';
import type { CqlSession } from '../../../src/sources/cassandra/cql/session.ts';

const ttlSeconds = 172_800;
const hour = 3_600_000;
const keys = {
  service_names: ['service_name'],
  operation_names_v2: ['service_name', 'span_kind', 'operation_name'],
  traces: ['trace_id', 'span_id', 'span_hash'],
  service_name_index: ['service_name', 'bucket', 'start_time'],
  service_operation_index: ['service_name', 'operation_name', 'start_time'],
  duration_index: [
    'service_name',
    'operation_name',
    'bucket',
    'duration',
    'start_time',
    'trace_id',
  ],
  tag_index: ['service_name', 'tag_key', 'tag_value', 'start_time', 'trace_id', 'span_id'],
} as const;
type Table = keyof typeof keys;
/** How many columns of the key are the partition's; the others sort it, the largest first. */
const partitionColumns: Readonly<Record<Table, number>> = {
  service_names: 1,
  operation_names_v2: 1,
  traces: 1,
  service_name_index: 2,
  service_operation_index: 2,
  duration_index: 3,
  tag_index: 3,
};

/**
 * Jaeger's tables in memory, written as Jaeger 1.67 writes them: rows with the same key overwrite each other, and what
 * an index leaves out is left out. Answers the few forms of SELECT that the source uses, and counts what is read.
 */
export class MemoryTables implements CqlSession {
  readonly shown = 'memory:9042';
  readonly totals = { queries: 0, rows: 0, bytes: 0 };
  readonly #tables = new Map<Table, Map<string, CqlRow>>();
  /** Asked before each SELECT; may throw. */
  onSelect: (query: string) => void = () => undefined;
  /** Leaves out a tag as `--cassandra.index.tag-blacklist` does. */
  leavesOut: (key: string) => boolean = () => false;

  server(): Promise<CqlServer> {
    return Promise.resolve({
      product: 'Cassandra',
      version: '5.0.5',
      dataCenter: 'dc1',
      keyspace: 'jaeger_v1_dc1',
      shown: this.shown,
      tables: new Map(Object.keys(keys).map((name) => [name, ttlSeconds])),
    });
  }

  async *rows(
    query: string,
    values: readonly CqlValue[],
    { signal }: { readonly signal: AbortSignal },
  ): AsyncGenerator<CqlRow, void> {
    this.onSelect(query);
    this.totals.queries += 1;
    for (const row of select(query, values, this.#rowsOf.bind(this))) {
      signal.throwIfAborted();
      await Promise.resolve();
      this.totals.rows += 1;
      yield row;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  put(table: Table, row: CqlRow): void {
    const rows = this.#tables.get(table) ?? new Map<string, CqlRow>();
    rows.set(keys[table].map((column) => textOf(row[column])).join('\0'), row);
    this.#tables.set(table, rows);
  }

  /** As Jaeger does with each span (internal/storage/v1/cassandra/spanstore/writer.go). */
  write(span: RawSpan, hash = BigInt(`0x${span.spanId}`)): void {
    const row = traceRow(span, hash);
    const { trace_id, span_id, start_time, duration } = row;
    const { service: service_name } = span.resource;
    const operation_name = span.name;
    this.put('traces', row);
    this.put('service_names', { service_name });
    const span_kind = span.kind === 'unspecified' ? '' : span.kind;
    this.put('operation_names_v2', { service_name, span_kind, operation_name });
    const at = { service_name, start_time, trace_id };
    this.put('service_name_index', { ...at, bucket: Number(BigInt.asUintN(64, hash) % 10n) });
    this.put('service_operation_index', { ...at, operation_name });
    const bucket = new Date(Math.floor((span.start / 1_000 + hour / 2) / hour) * hour);
    for (const name of ['', operation_name])
      this.put('duration_index', { ...at, operation_name: name, bucket, duration });
    for (const [tag_key, tag_value] of indexedTags(span))
      if (!this.leavesOut(tag_key)) this.put('tag_index', { ...at, tag_key, tag_value, span_id });
  }

  #rowsOf(table: Table): readonly CqlRow[] {
    return [...(this.#tables.get(table)?.values() ?? [])];
  }
}

const form =
  /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: PER PARTITION LIMIT (\d+))?(?: LIMIT (\d+))?(?: ALLOW FILTERING)?$/;

function select(
  query: string,
  values: readonly CqlValue[],
  rowsOf: (table: Table) => readonly CqlRow[],
): readonly CqlRow[] {
  const [, columns = '', name = '', where = '', perPartition, limit] = form.exec(query) ?? [];
  const table = name as Table;
  if (!(table in keys)) throw new Error(`unconfigured table ${name}: ${query}`);
  const left = [...values];
  const conditions = where === '' ? [] : where.split(' AND ').map((text) => condition(text, left));
  if (left.length > 0) throw new Error(`values left over: ${query}`);
  const ofPartition = (row: CqlRow) =>
    keys[table]
      .slice(0, partitionColumns[table])
      .map((column) => textOf(row[column]))
      .join('\0');
  const kept = rowsOf(table).filter((row) => conditions.every((holds) => holds(row)));
  return [...Map.groupBy(kept, ofPartition).values()]
    .flatMap((rows) => sorted(rows, table).slice(0, Number(perPartition ?? Infinity)))
    .slice(0, Number(limit ?? Infinity))
    .map((row) =>
      Object.fromEntries(columns.split(', ').map((column) => [column, row[column] ?? null])),
    );
}

function condition(text: string, values: CqlValue[]): (row: CqlRow) => boolean {
  const [, column = '', listed] = /^(\w+) IN \((.*)\)$/.exec(text) ?? [];
  if (listed !== undefined) {
    const allowed = new Set(listed.split(', '));
    return (row) => allowed.has(String(row[column]));
  }
  const [, name = '', sign = ''] = /^(\w+) (=|>=|<=) \?$/.exec(text) ?? [];
  const value = values.shift();
  return (row) => {
    const order = compare(row[name], value);
    return sign === '=' ? order === 0 : sign === '>=' ? order >= 0 : order <= 0;
  };
}

function sorted(rows: readonly CqlRow[], table: Table): readonly CqlRow[] {
  const columns = keys[table].slice(partitionColumns[table]);
  return rows.toSorted((a, b) => {
    for (const column of columns) {
      const order = compare(b[column], a[column]);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a !== typeof b) throw new Error(`a ${typeof a} compared with a ${typeof b}`);
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b);
  const [first, second] =
    a instanceof Date && b instanceof Date ? [a.getTime(), b.getTime()] : [a, b];
  return first === second ? 0 : (first as number) < (second as number) ? -1 : 1;
}

const textOf = (value: unknown): string =>
  Buffer.isBuffer(value)
    ? value.toString('hex')
    : value instanceof Date
      ? value.toISOString()
      : String(value);

/** A row of `traces`. */
export function traceRow(span: RawSpan, span_hash: bigint): CqlRow {
  return {
    trace_id: Buffer.from(span.traceId, 'hex'),
    span_id: signed(span.spanId),
    span_hash,
    operation_name: span.name,
    start_time: BigInt(Math.floor(span.start)),
    duration: BigInt(Math.floor(span.duration)),
    tags: spanTags(span).map(keyValue),
    logs: span.events.map(({ name, time, attributes }) => ({
      ts: BigInt(Math.floor(time)),
      fields: [{ key: 'event', value: name }, ...attributes].map(keyValue),
    })),
    refs:
      span.parentSpanId === undefined
        ? null
        : [
            {
              ref_type: 'child-of',
              trace_id: Buffer.from(span.traceId, 'hex'),
              span_id: signed(span.parentSpanId),
            },
          ],
    process: {
      service_name: span.resource.service,
      tags: span.resource.attributes.map(keyValue),
    },
  };
}

const signed = (hex: string): bigint => BigInt.asIntN(64, BigInt(`0x${hex}`));

/** What the Collector's translator makes of a span's own fields. */
function spanTags(span: RawSpan): Attributes {
  return [
    ...span.attributes,
    ...(span.kind === 'unspecified' ? [] : [{ key: 'span.kind', value: span.kind }]),
    ...(span.scope === '' ? [] : [{ key: 'otel.scope.name', value: span.scope }]),
    ...(span.status === 'unset'
      ? []
      : [{ key: 'otel.status_code', value: span.status.toUpperCase() }]),
    ...(span.status === 'error' ? [{ key: 'error', value: true }] : []),
  ];
}

function keyValue({ key, value }: Attributes[number]) {
  const plain = typeof value === 'object' ? JSON.stringify(value) : value;
  const nothing = { value_string: '', value_bool: false, value_long: 0n, value_double: 0 };
  if (typeof plain === 'string')
    return { key, ...nothing, value_type: 'string', value_string: plain };
  if (typeof plain === 'boolean') return { key, ...nothing, value_type: 'bool', value_bool: plain };
  return Number.isInteger(plain)
    ? { key, ...nothing, value_type: 'int64', value_long: BigInt(plain) }
    : { key, ...nothing, value_type: 'float64', value_double: plain };
}

/** `GetAllUniqueTags` and `shouldIndexTag` of the writer. */
function indexedTags(span: RawSpan): readonly (readonly [string, string])[] {
  const all = [
    ...spanTags(span),
    ...span.resource.attributes,
    ...span.events.flatMap(({ name, attributes }) => [
      { key: 'event', value: name },
      ...attributes,
    ]),
  ];
  return all
    .map(({ key, value }) => [key, tagText(value)] as const)
    .filter(([key, value]) => Buffer.byteLength(key) < 256 && Buffer.byteLength(value) < 256)
    .filter(([, value]) => !(value.startsWith('{') && isJson(value)));
}

/** Go's `%g` with ten digits, for the floats that tests use. */
function tagText(value: AttributeValue): string {
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'number' && !Number.isInteger(value)
    ? String(Number(value.toPrecision(10)))
    : String(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
