import type { Expression } from '../expression.ts';

type Entries = Extract<Expression, { kind: 'object' }>['entries'];

/** Where the entries of an object literal stand in it. */
export interface EntryTable {
  /** Of each name its last place: a later property of one name counts. */
  readonly places: ReadonlyMap<string, number>;
  /** Places of `...spread`, last first. */
  readonly spreads: readonly number[];
  /** Places of `[Enum.Member]: …`, whose names only linking knows. */
  readonly computed: readonly number[];
}

const tables = new WeakMap<Entries, EntryTable>();

/** Made once for each literal: a large one, an enum's above all, is asked for its members one by one. */
export function entryTable(entries: Entries): EntryTable {
  let table = tables.get(entries);
  if (!table) tables.set(entries, (table = tabulate(entries)));
  return table;
}

function tabulate(entries: Entries): EntryTable {
  const places = new Map<string, number>();
  const spreads: number[] = [];
  const computed: number[] = [];
  for (const [place, [name]] of entries.entries()) {
    places.set(name, place);
    if (name === '') spreads.push(place);
    if (name.includes('.')) computed.push(place);
  }
  return { places, spreads: spreads.reverse(), computed };
}
