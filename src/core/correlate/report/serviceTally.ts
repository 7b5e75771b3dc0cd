import type { Trace } from '../../trace/trace.ts';
import { isMatch, type Confidence, type SpanMatch } from '../../matching/match.ts';
import type { ServiceFolders } from '../../matching/serviceFolders.ts';
import type { UnmappedCause } from '../../matching/unmappedCause.ts';
import { isExpected } from './causeText.ts';
import { countOne, exampleOf, type Tally } from './examples.ts';
import type {
  CauseCount,
  ReasonCount,
  ServiceReport,
  SortReport,
  SpanCounts,
  SpanExample,
} from './mappingReport.ts';
import { spanCategory, spanCategories, type SpanCategory } from './spanCategory.ts';

interface CauseTally extends Tally {
  readonly reasons: Map<string, Tally>;
}

interface SortTally {
  readonly confidences: Map<Confidence, Tally>;
  readonly causes: Map<UnmappedCause, CauseTally>;
}

/** Different sentences counted for one cause, and shown of them. */
const mostReasons = 1_000;
const shownReasons = 20;

const surestFirst: readonly Confidence[] = ['exact', 'strong', 'likely', 'weak'];

/** The spans of one service, by sort, confidence and cause. */
export class ServiceTally {
  readonly #example: SpanExample;
  readonly #language: string;
  readonly #sorts = new Map<SpanCategory, SortTally>();

  constructor(example: SpanExample, language: string) {
    this.#example = example;
    this.#language = language;
  }

  add(trace: Trace, row: number, match: SpanMatch): void {
    const span = trace.spans[row];
    if (span === undefined) return;
    const tally = this.#sort(spanCategory(span));
    const first = () => ({ count: 1, example: exampleOf(trace, row) });
    const why = isMatch(match) ? match.inside : match.cause;
    if (isMatch(match) && why === undefined) {
      countOne(tally.confidences, match.confidence, first);
      return;
    }
    if (why === undefined) return;
    const cause = countOne(tally.causes, why, () => ({ ...first(), reasons: new Map() }));
    if (cause) countOne(cause.reasons, match.reason, first, mostReasons);
  }

  report(service: string, folders: ServiceFolders): ServiceReport {
    const finding = folders.get(service);
    const sorts = spanCategories.flatMap((sort) => {
      const tally = this.#sorts.get(sort);
      return tally === undefined ? [] : [sortReport(sort, tally)];
    });
    return {
      service,
      folder: finding?.project?.root,
      evidence: finding?.evidence ?? '',
      language: this.#language,
      ...sumOf(sorts),
      sorts,
      example: this.#example,
    };
  }

  #sort(sort: SpanCategory): SortTally {
    const known = this.#sorts.get(sort) ?? { confidences: new Map(), causes: new Map() };
    this.#sorts.set(sort, known);
    return known;
  }
}

function sortReport(sort: SpanCategory, { confidences, causes }: SortTally): SortReport {
  const mapped = total(confidences.values());
  const causeRows = [...causes]
    .map(([cause, tally]) => causeCount(cause, tally))
    .sort((a, b) => Number(isExpected(a.cause)) - Number(isExpected(b.cause)) || b.count - a.count);
  return {
    sort,
    spans: mapped + total(causeRows),
    mapped,
    weak: confidences.get('weak')?.count ?? 0,
    expected: total(causeRows.filter(({ cause }) => isExpected(cause))),
    confidences: surestFirst.flatMap((confidence) => {
      const tally = confidences.get(confidence);
      return tally === undefined ? [] : [{ confidence, ...tally }];
    }),
    causes: causeRows,
  };
}

function causeCount(cause: UnmappedCause, { count, example, reasons }: CauseTally): CauseCount {
  const counted = [...reasons]
    .map(([reason, tally]): ReasonCount => ({ reason, ...tally }))
    .sort((a, b) => b.count - a.count)
    .slice(0, shownReasons);
  return { cause, count, example, reasons: counted };
}

/** Of several rows together. */
export function sumOf(counts: readonly SpanCounts[]): SpanCounts {
  const sum = { spans: 0, mapped: 0, weak: 0, expected: 0 };
  for (const { spans, mapped, weak, expected } of counts) {
    sum.spans += spans;
    sum.mapped += mapped;
    sum.weak += weak;
    sum.expected += expected;
  }
  return sum;
}

function total(tallies: Iterable<{ readonly count: number }>): number {
  let sum = 0;
  for (const { count } of tallies) sum += count;
  return sum;
}
