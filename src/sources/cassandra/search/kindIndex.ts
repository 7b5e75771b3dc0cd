import type { CqlSession } from '../cql/session.ts';
import { readOperations } from '../readNames.ts';
import type { IndexPart, Slice, SpanIndex } from './indexRows.ts';
import { TagIndex } from './tagIndex.ts';

/**
 * All spans of a service, sorted by time and without loss: those of each kind in `tag_index`. Where spans have no kind,
 * or kinds aren't indexed, `otherwise` is read: it goes over whole hours of the service for a few minutes of them.
 */
export class KindIndex implements SpanIndex {
  readonly #cql: CqlSession;
  readonly #service: string;
  readonly #otherwise: SpanIndex;
  #kinds: TagIndex | undefined;
  #areKnown = false;

  constructor(cql: CqlSession, service: string, otherwise: SpanIndex) {
    this.#cql = cql;
    this.#service = service;
    this.#otherwise = otherwise;
  }

  async read(slice: Slice, most: number, signal: AbortSignal): Promise<IndexPart> {
    if (!this.#areKnown) this.#kinds = await this.#readKinds(signal);
    this.#areKnown = true;
    const part = await this.#kinds?.read(slice, most, signal);
    return part && part.rows.length > 0 ? part : this.#otherwise.read(slice, most, signal);
  }

  has(): Promise<boolean> {
    return Promise.resolve(true);
  }

  async #readKinds(signal: AbortSignal): Promise<TagIndex | undefined> {
    const operations = await readOperations(this.#cql, this.#service, signal);
    const kinds = new Set(operations.map(({ kind }) => kind));
    if (kinds.size === 0 || kinds.has('')) return undefined;
    const texts = [...kinds].map((value) => ({ key: 'span.kind', value }));
    return new TagIndex(this.#cql, this.#service, texts);
  }
}
