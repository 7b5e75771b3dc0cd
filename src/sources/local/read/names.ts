import type { Operation } from '../../../core/ports.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';

/** Names made from ids would fill any list: the first in order are enough to choose from. */
const mostNames = 10_000;

/** Sorted, unique. */
export function listServices(database: Database): readonly string[] {
  const query = new Query<{ service: string }>(
    database,
    "SELECT service FROM entries WHERE sort = 'service' ORDER BY service LIMIT ?",
  );
  return query.all(mostNames).map(({ service }) => service);
}

/** Sorted by name, then kind. */
export function listOperations(database: Database, service: string): readonly Operation[] {
  const query = new Query<Operation>(
    database,
    `SELECT name, kind FROM entries WHERE sort = 'operation' AND service = ?
     ORDER BY name, kind LIMIT ?`,
  );
  return query.all(service, mostNames).map(({ name, kind }) => ({
    name,
    kind,
  }));
}
