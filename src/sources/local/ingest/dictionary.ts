import { createHash } from 'node:crypto';
import type { EpochMicroseconds } from '../../../core/base/units.ts';
import type { OperationKey } from '../../../core/matching/operations/operationKinds.ts';
import type { Resource } from '../../../core/trace/rawSpan.ts';
import { flat } from '../database/chunk.ts';
import { columnsOf } from '../database/keyColumns.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';

/** Beyond so many the caches start anew: hostile names must not fill the memory. */
const mostCached = 20_000;
const longestName = 1_000;
/** A resource's `used` is this old at most. */
const usedEvery = 60_000_000;

interface IdRow {
  readonly id: number;
}

/** Ids of services, operations, figures keys and resources; rows are made when first asked for. */
export class Dictionary {
  readonly #insertEntry;
  readonly #findEntry;
  readonly #upsertResource;
  readonly #entries = new Map<string, number>();
  /** By object: the spans of a batch share it. */
  readonly #resources = new Map<Resource, number>();
  readonly #digests = new Map<string, { id: number; used: number }>();

  constructor(database: Database) {
    this.#insertEntry = new Query<IdRow>(
      database,
      `INSERT INTO entries (sort, service, name, kind, layer, method, route, controller, callback)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    );
    this.#findEntry = new Query<IdRow>(
      database,
      `SELECT id FROM entries WHERE (sort, service, name, kind, layer, method, route, controller, callback)
       = (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#upsertResource = new Query<IdRow>(
      database,
      `INSERT INTO resources (digest, service, attributes, used) VALUES (?, ?, ?, ?)
       ON CONFLICT (digest) DO UPDATE SET used = excluded.used RETURNING id`,
    );
  }

  service(service: string): number {
    return this.#entry('service', cut(service), '', '', '', '', '', '', '');
  }

  operation(service: string, name: string, kind: string): number {
    return this.#entry('operation', cut(service), cut(name), kind, '', '', '', '', '');
  }

  key(key: OperationKey): number {
    const { layer, service, name, method, route, controller, callback } = columnsOf(key);
    return this.#entry('key', service, name, '', layer, method, route, controller, callback);
  }

  resource(resource: Resource, now: EpochMicroseconds): number {
    const known = this.#resources.get(resource);
    if (known !== undefined) return known;
    const attributes = JSON.stringify(flat(resource.attributes));
    const digest = createHash('sha256').update(resource.service).update('\0').update(attributes);
    const bytes = digest.digest();
    const name = bytes.toString('latin1');
    let row = this.#digests.get(name);
    if (row === undefined || row.used < now - usedEvery) {
      const id = idOf(this.#upsertResource.first(bytes, resource.service, attributes, now));
      row = { id, used: now };
      bounded(this.#digests).set(name, row);
    }
    this.#resources.set(resource, row.id);
    return row.id;
  }

  /** After each delivery: its resource objects don't come again. */
  endDelivery(): void {
    this.#resources.clear();
  }

  /** After a rollback, a deletion, or another process's write: ids may have changed. */
  forget(): void {
    this.#entries.clear();
    this.#digests.clear();
    this.#resources.clear();
  }

  #entry(...parts: readonly [string, ...string[]]): number {
    // With lengths: no text in a name makes two entries one.
    const cacheKey = parts.reduce((key, part) => `${key}${part.length} ${part}`, '');
    const known = this.#entries.get(cacheKey);
    if (known !== undefined) return known;
    const id = idOf(this.#findEntry.first(...parts) ?? this.#insertEntry.first(...parts));
    bounded(this.#entries).set(cacheKey, id);
    return id;
  }
}

function idOf(row: IdRow | undefined): number {
  if (row === undefined) throw new Error('SQLite returned no id for a row it just wrote');
  return row.id;
}

function bounded<Key, Value>(cache: Map<Key, Value>): Map<Key, Value> {
  if (cache.size >= mostCached) cache.clear();
  return cache;
}

const cut = (name: string): string => name.slice(0, longestName);
