import { spanRow, type SpanRow } from '../base/units.ts';
import { alikeLabel } from '../trace/alikeLabel.ts';
import { errorStatus, type TraceShape } from '../trace/trace.ts';
import { isMiddleware } from './internalSpans.ts';

/** Siblings that are told apart by nothing but their times: one line can stand for each group. */
export interface SpanGroups {
  readonly count: number;
  /** The group of each row, -1 where it is in none. */
  readonly of: Int32Array;
  /** The members of group `g` are `members` from `from[g]` to `from[g + 1]`, ascending. */
  readonly from: Uint32Array;
  readonly members: Uint32Array;
}

/**
 * So many siblings of one name, service, kind and line of code are a group, whatever ids are in the paths they call; of
 * middleware two of any name.
 */
export const fewestRepeats = 4;
const fewestMiddleware = 2;

/**
 * Groups of repeated siblings, by the place of the first. Roots are siblings too. O(n).
 * @param places of each row the index of its line of code, -1 without one; undefined: lines tell nothing apart
 */
export function groupSiblings(shape: TraceShape, places?: Int32Array): SpanGroups {
  const { kinds, middleware } = siblingKinds(shape, places);
  const of = new Int32Array(shape.size).fill(-1);
  const counts: number[] = [];
  const { subtreeSize } = shape.columns;
  const sizeOf = (row: number) => Math.max(1, subtreeSize[row] ?? 1);
  const enough = (kind: number) => (kind === middleware ? fewestMiddleware : fewestRepeats);
  // By kind, for the siblings that were looked at last where it was: which those are, how many, and their group.
  const seenAt = new Int32Array(shape.size).fill(-1);
  const siblings = new Uint32Array(shape.size);
  const group = new Int32Array(shape.size);
  /** @returns whether there are enough of one kind */
  const countBetween = (from: number, to: number): boolean => {
    let isEnough = false;
    for (let row = from; row < to; row += sizeOf(row)) {
      const kind = kinds[row] ?? 0;
      const count = seenAt[kind] === from ? (siblings[kind] ?? 0) + 1 : 1;
      seenAt[kind] = from;
      siblings[kind] = count;
      group[kind] = -1;
      if (count >= enough(kind)) isEnough = true;
    }
    return isEnough;
  };
  const groupBetween = (from: number, to: number) => {
    if (!countBetween(from, to)) return;
    for (let row = from; row < to; row += sizeOf(row)) {
      const kind = kinds[row] ?? 0;
      const size = siblings[kind] ?? 0;
      if (size < enough(kind)) continue;
      if (group[kind] === -1) group[kind] = counts.push(size) - 1;
      of[row] = group[kind] ?? -1;
    }
  };
  groupBetween(0, shape.size);
  for (let row = 0; row < shape.size; row++) {
    const below = subtreeSize[row] ?? 1;
    const isOnlyChild = sizeOf(row + 1) === below - 1;
    if (below > fewestMiddleware && !isOnlyChild) groupBetween(row + 1, row + below);
  }
  return { count: counts.length, of, ...listMembers(of, counts) };
}

/** Of each row a number below the trace's size that spans share which one line can stand for; that of middleware, -1 without any. */
function siblingKinds(shape: TraceShape, places?: Int32Array) {
  const { columns, size, operationNames } = shape;
  const isOneOf = operationNames.map(isMiddleware);
  const alike = alikeOperations(shape);
  const lines = (places?.reduce((most, place) => Math.max(most, place), -1) ?? -1) + 2;
  const named = new DenseNumbers();
  const whole = new DenseNumbers();
  const kinds = new Uint32Array(size);
  // Of each operation the row that had it last: mostly it is the same again.
  const lastOf = new Int32Array(operationNames.length).fill(-1);
  let middleware = -1;
  for (let row = 0; row < size; row++) {
    const recorded = columns.operation[row] ?? 0;
    const operation = alike[recorded] ?? recorded;
    if (isOneOf[recorded] === true) {
      if (middleware === -1) middleware = whole.of(-1);
      kinds[row] = middleware;
      continue;
    }
    const last = lastOf[operation] ?? -1;
    const isAlike =
      last >= 0 &&
      columns.service[last] === columns.service[row] &&
      columns.kind[last] === columns.kind[row] &&
      places?.[last] === places?.[row];
    lastOf[operation] = row;
    kinds[row] = isAlike ? (kinds[last] ?? 0) : kindOf(row, operation);
  }
  return { kinds, middleware };

  function kindOf(row: number, operation: number): number {
    const service = columns.service[row] ?? 0;
    const name = named.of(
      (service * operationNames.length + operation) * 8 + (columns.kind[row] ?? 0),
    );
    return whole.of(name * lines + (places?.[row] ?? -1) + 1);
  }
}

/** Of each operation the first that is the same but for ids in the path it calls. */
function alikeOperations({ operations, operationNames }: TraceShape): readonly number[] {
  const first = new Map<string, number>();
  return operations.map((label, operation) => {
    const like = alikeLabel(label);
    if (like === label) return operation;
    const key = `${like}\n${alikeLabel(operationNames[operation] ?? '')}`;
    const known = first.get(key) ?? operation;
    first.set(key, known);
    return known;
  });
}

/** Small numbers in place of any, in the order they come. */
class DenseNumbers {
  readonly #known = new Map<number, number>();

  of(value: number): number {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    this.#known.set(value, this.#known.size);
    return this.#known.size - 1;
  }
}

function listMembers(of: Int32Array, counts: readonly number[]) {
  const from = new Uint32Array(counts.length + 1);
  for (const [index, count] of counts.entries()) from[index + 1] = (from[index] ?? 0) + count;
  const members = new Uint32Array(from.at(-1) ?? 0);
  const next = from.slice();
  of.forEach((group, row) => {
    if (group < 0) return;
    const at = next[group] ?? 0;
    members[at] = row;
    next[group] = at + 1;
  });
  return { from, members };
}

/** The spans of a group, ascending. */
export const membersOf = ({ from, members }: SpanGroups, group: number): Uint32Array =>
  members.subarray(from[group] ?? 0, from[group + 1] ?? 0);

/** Of each group 1 where those left are still enough for one line to stand for them. @param kept undefined: all */
export function keptGroups(groups: SpanGroups, kept: Uint8Array | undefined): Uint8Array {
  const enough = new Uint8Array(groups.count).fill(1);
  if (!kept) return enough;
  for (let group = 0; group < groups.count; group++) {
    let left = 0;
    for (const row of membersOf(groups, group)) left += kept[row] ?? 0;
    if (left < fewestMiddleware) enough[group] = 0;
  }
  return enough;
}

/** What the members of a group take. Times in µs. */
export interface GroupFigures {
  readonly count: number;
  /** From the first start. */
  readonly start: number;
  /** Until the last end. */
  readonly length: number;
  /** While at least one of them ran. */
  readonly covered: number;
  readonly total: number;
  readonly p95: number;
  readonly errors: number;
  /** The one that keeps the trace waiting longest; among equals the longest. */
  readonly costliest: SpanRow;
}

/** @param members of one group, ascending, at least one */
export function groupFigures({ columns }: TraceShape, members: Uint32Array): GroupFigures {
  const rows = byStart(columns.start, members);
  let [end, covered, total, errors] = [-Infinity, 0, 0, 0];
  let costliest = rows[0] ?? 0;
  const cost = (row: number) => columns.criticalTime[row] ?? 0;
  const durations = Float64Array.from(rows, (row) => columns.duration[row] ?? 0).sort();
  for (const row of rows) {
    const duration = columns.duration[row] ?? 0;
    const start = columns.start[row] ?? 0;
    covered += Math.max(0, start + duration - Math.max(end, start));
    end = Math.max(end, start + duration);
    total += duration;
    if (columns.status[row] === errorStatus) errors += 1;
    const more = cost(row) - cost(costliest);
    if (more > 0 || (more === 0 && duration > (columns.duration[costliest] ?? 0))) costliest = row;
  }
  const start = columns.start[rows[0] ?? 0] ?? 0;
  return {
    count: rows.length,
    start,
    length: end - start,
    covered,
    total,
    p95: durations[Math.max(0, Math.ceil(durations.length * 0.95) - 1)] ?? 0,
    errors,
    costliest: spanRow(costliest),
  };
}

/** The rows by start: siblings are, but for those that were moved because clocks differ. */
function byStart(start: Float64Array, rows: Uint32Array): Uint32Array {
  const startOf = (row = 0) => start[row] ?? 0;
  const isOrdered = rows.every((row, at) => at === 0 || startOf(rows[at - 1]) <= startOf(row));
  return isOrdered ? rows : rows.toSorted((a, b) => startOf(a) - startOf(b));
}
