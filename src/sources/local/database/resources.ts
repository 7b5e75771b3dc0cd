import type { Resource } from '../../../core/trace/rawSpan.ts';
import { pairs } from './chunk.ts';
import type { Database } from './database.ts';
import { Query } from './query.ts';

/** Reads resources by the id of their row, each once: an object for all spans that have it. */
export function resourceReader(database: Database): (id: number) => Resource {
  const find = new Query<{ service: string; attributes: string }>(
    database,
    'SELECT service, attributes FROM resources WHERE id = ?',
  );
  const known = new Map<number, Resource>();
  return (id) => {
    const read = known.get(id);
    if (read !== undefined) return read;
    const row = find.first(id);
    const resource: Resource = {
      service: row?.service ?? '',
      attributes: pairs(JSON.parse(row?.attributes ?? '[]') as Parameters<typeof pairs>[0]),
    };
    known.set(id, resource);
    return resource;
  };
}
