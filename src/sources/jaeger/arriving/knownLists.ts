import type { Attribute } from '../../../core/trace/rawSpan.ts';
import { toldBy, type Told } from '../toldBy.ts';

/** Lists that are kept; what comes to a place that is taken takes it over. */
const places = 1 << 11;

interface KnownList {
  readonly tags: readonly Attribute[];
  readonly told: Told;
}

/** Lists of the same tags, which many spans have: what they tell is one object for all, worked out once. */
export class KnownLists {
  readonly #hashes = new Int32Array(places);
  readonly #lists = new Array<KnownList | undefined>(places).fill(undefined);

  /** Of the first `count` of `tags`. @param hash of these */
  toldBy(tags: readonly Attribute[], count: number, hash: number): Told {
    const place = hash & (places - 1);
    const known = this.#lists[place];
    if (known && isSame(known.tags, tags, count)) return known.told;
    const own = tags.slice(0, count);
    const told = toldBy(own);
    // One that comes once isn't worth being kept.
    if (this.#hashes[place] === hash) this.#lists[place] = { tags: own, told };
    this.#hashes[place] = hash;
    return told;
  }
}

function isSame(some: readonly Attribute[], others: readonly Attribute[], count: number): boolean {
  if (some.length !== count) return false;
  for (let index = 0; index < count; index++) if (some[index] !== others[index]) return false;
  return true;
}
