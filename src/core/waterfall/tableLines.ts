/** A line of a table whose entries may be opened into parts. */
export interface TableLine<Entry> {
  readonly entry: Entry;
  /** The entry that this is a part of. */
  readonly within: Entry | undefined;
  readonly isOpen: boolean;
  /** Place among its like, from 1, and how many those are. */
  readonly position: number;
  readonly setSize: number;
}

/** The entries in order, each open one with its parts in the same order below it. */
export function tableLines<Entry extends { readonly parts: readonly Entry[] }>(
  entries: readonly Entry[],
  compare: (a: Entry, b: Entry) => number,
  isOpen: (entry: Entry) => boolean,
): readonly TableLine<Entry>[] {
  const sorted = (of: readonly Entry[], within: Entry | undefined): readonly TableLine<Entry>[] =>
    of.toSorted(compare).flatMap((entry, index) => {
      const open = within === undefined && entry.parts.length > 0 && isOpen(entry);
      const line = { entry, within, isOpen: open, position: index + 1, setSize: of.length };
      return open ? [line, ...sorted(entry.parts, entry)] : [line];
    });
  return sorted(entries, undefined);
}
