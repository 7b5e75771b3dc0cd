import type { TraceQuery } from '../../../core/ports.ts';
import type { CqlSession } from '../cql/session.ts';
import { DurationIndex, type Target } from './durationIndex.ts';
import { spanKey, type IndexPart, type IndexRow, type Slice, type SpanIndex } from './indexRows.ts';
import { KindIndex } from './kindIndex.ts';
import { RecentIndex } from './recentIndex.ts';
import { TagIndex } from './tagIndex.ts';
import { errorTexts, tagTexts } from './tagTexts.ts';

/** A span that may meet the query, by as many of its conditions as were looked up. */
export interface Candidate extends IndexRow {
  /** Indexes that were not read as far as this: see `SpanIndex.has`. */
  readonly unchecked: readonly SpanIndex[];
}

/** The indexes that together hold what a query asks of one target. */
export interface TargetIndexes {
  readonly target: Target;
  readonly durations: DurationIndex;
  /** All that the target has, for when nothing else is asked for. */
  readonly all: SpanIndex;
  /** One for each condition on tags that is indexed. */
  readonly tags: readonly TagIndex[];
  readonly recent: RecentIndex;
}

export function indexesOf(cql: CqlSession, query: TraceQuery, target: Target): TargetIndexes {
  const conditions = (query.attributes ?? [])
    .filter(({ key }) => key !== 'service.name')
    .flatMap((attribute) => {
      const texts = tagTexts(attribute);
      return texts ? [texts] : [];
    });
  if (query.errorsOnly) conditions.push(errorTexts);
  const durations = new DurationIndex(cql, target, query);
  const { service, operation } = target;
  return {
    target,
    durations,
    all: operation === undefined ? new KindIndex(cql, service, durations) : durations,
    tags: conditions.map((texts) => new TagIndex(cql, service, texts)),
    recent: new RecentIndex(cql, target),
  };
}

/**
 * The spans in all of the indexes. Each is read up to `most` rows; the one that reaches farthest back names the spans,
 * the others leave out those they don't have, as far as they were read.
 */
export async function candidatesIn(
  indexes: readonly SpanIndex[],
  slice: Slice,
  most: number,
  signal: AbortSignal,
): Promise<{ readonly candidates: readonly Candidate[]; readonly knownFrom: number }> {
  const parts = await Promise.all(indexes.map((index) => readPart(index, slice, most, signal)));
  const [first, ...others] = parts.sort(byReach);
  if (first === undefined) return { candidates: [], knownFrom: slice.from };
  const candidates = first.rows.flatMap((row): Candidate[] => {
    const unchecked: SpanIndex[] = [];
    for (const other of others) {
      if (row.start < other.knownFrom) unchecked.push(other.index);
      else if (!other.keys().has(spanKey(row))) return [];
    }
    return [{ ...row, unchecked }];
  });
  return { candidates, knownFrom: first.knownFrom };
}

interface ReadPart extends IndexPart {
  readonly index: SpanIndex;
  readonly keys: () => ReadonlySet<string>;
}

async function readPart(
  index: SpanIndex,
  slice: Slice,
  most: number,
  signal: AbortSignal,
): Promise<ReadPart> {
  const part = await index.read(slice, most, signal);
  let keys: ReadonlySet<string> | undefined;
  return { ...part, index, keys: () => (keys ??= new Set(part.rows.map(spanKey))) };
}

/** Farthest first; of two that reach as far the one with fewer rows. */
const byReach = (a: ReadPart, b: ReadPart): number =>
  a.knownFrom - b.knownFrom || a.rows.length - b.rows.length;
