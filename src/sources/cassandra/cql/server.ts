import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import { noKeyspace, noTable } from './cqlError.ts';
import type { Asked, CqlProduct } from './asked.ts';
import type { Driver } from './driver.ts';
import type { CqlOptions } from './options.ts';

/** What a connection has found. */
export interface CqlServer {
  readonly product: CqlProduct;
  /** As it calls itself: `5.0.5`; ScyllaDB says which Cassandra it is like. */
  readonly version: string;
  readonly dataCenter: string;
  readonly keyspace: string;
  /** The contact point that answered: `host:9042`. */
  readonly shown: string;
  /** Its tables, with their `default_time_to_live` in seconds; 0: rows are kept. */
  readonly tables: ReadonlyMap<string, number>;
}

/** Tables without which nothing can be read: a keyspace that has them is Jaeger's. */
const jaegerTables = [
  'traces',
  'service_names',
  'service_name_index',
  'service_operation_index',
  'duration_index',
  'tag_index',
] as const;

/**
 * Looks at the node that answers, and for the keyspace.
 * @throws SourceError when it is in another data center, or the keyspace can't be told or used
 */
export async function readServer(
  client: Driver.Client,
  { localDataCenter, keyspace }: CqlOptions,
  asked: Asked,
): Promise<CqlServer> {
  const [local] = await all(client, "SELECT * FROM system.local WHERE key = 'local'");
  const dataCenter = textOf(local?.['data_center']);
  if (localDataCenter !== undefined && dataCenter !== localDataCenter)
    throw new SourceError('rejected', otherDataCenter(asked, dataCenter, localDataCenter));
  const keyspaces = await readKeyspaces(client, keyspace);
  const name = keyspace ?? onlyOne(jaegerKeyspaces(keyspaces), asked);
  const tables = keyspaces.get(name);
  const whole = { ...asked, keyspace: name };
  if (tables === undefined) throw new SourceError('notFound', noKeyspace(whole));
  const missing = jaegerTables.find((table) => !tables.has(table));
  if (missing !== undefined) throw new SourceError('unsupported', noTable(missing, whole));
  const { product, shown } = asked;
  const version = textOf(local?.['release_version']);
  return { product, version, dataCenter, keyspace: name, shown, tables };
}

type Keyspaces = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** The tables of one keyspace, or of all; a keyspace without tables has no entry unless it was asked for. */
async function readKeyspaces(client: Driver.Client, only: string | undefined): Promise<Keyspaces> {
  const columns = 'keyspace_name, table_name, default_time_to_live';
  const rows =
    only === undefined
      ? await all(client, `SELECT ${columns} FROM system_schema.tables`)
      : await all(
          client,
          `SELECT ${columns} FROM system_schema.tables WHERE keyspace_name = ?`,
          only,
        );
  const keyspaces = new Map<string, Map<string, number>>();
  if (only !== undefined && (await exists(client, only))) keyspaces.set(only, new Map());
  for (const row of rows) {
    const name = textOf(row['keyspace_name']);
    const tables = keyspaces.get(name) ?? new Map<string, number>();
    const seconds: unknown = row['default_time_to_live'];
    tables.set(textOf(row['table_name']), typeof seconds === 'number' ? seconds : 0);
    keyspaces.set(name, tables);
  }
  return keyspaces;
}

async function exists(client: Driver.Client, keyspace: string): Promise<boolean> {
  const select = 'SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?';
  return (await all(client, select, keyspace)).length > 0;
}

const jaegerKeyspaces = (keyspaces: Keyspaces): readonly string[] =>
  [...keyspaces]
    .filter(([, tables]) => jaegerTables.every((table) => tables.has(table)))
    .map(([name]) => name)
    .sort();

/** The keyspace can't be told: these have Jaeger's tables. */
export class SeveralKeyspaces extends SourceError {
  readonly keyspaces: readonly string[];

  constructor(keyspaces: readonly string[], { product, shown }: Pick<Asked, 'product' | 'shown'>) {
    super(
      'rejected',
      message(
        "Several keyspaces of {0} at {1} have Jaeger's tables: {2}. Choose one.",
        product,
        shown,
        keyspaces.join(', '),
      ),
    );
    this.keyspaces = keyspaces;
  }
}

function onlyOne(names: readonly string[], { product, shown }: Asked): string {
  const [name, ...others] = names;
  if (name === undefined)
    throw new SourceError(
      'notFound',
      message(
        "No keyspace of {0} at {1} has Jaeger's tables. Run Jaeger's schema job (jaeger-cassandra-schema), or check the contact points.",
        product,
        shown,
      ),
    );
  if (others.length > 0) throw new SeveralKeyspaces(names, { product, shown });
  return name;
}

const otherDataCenter = ({ shown }: Asked, is: string, wanted: string): string =>
  message('{0} is in data center {1}, not in {2}. Check the data center.', shown, is, wanted);

/** All pages: a schema of many keyspaces has thousands of tables. */
async function all(
  client: Driver.Client,
  query: string,
  ...parameters: readonly string[]
): Promise<readonly Driver.types.Row[]> {
  const rows: Driver.types.Row[] = [];
  for await (const row of await client.execute(query, parameters, { prepare: true }))
    rows.push(row);
  return rows;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
