import { spanKinds, spanStatuses, type TraceShape } from '../../trace.ts';
import type { RowPlaces } from '../rowNames.ts';

/** A text and how many spans have it. */
export interface CountedText {
  readonly text: string;
  readonly count: number;
}

export const textOf = ({ text }: CountedText): string => text;

/** An attribute of a trace. */
export interface AttributeSummary {
  readonly key: string;
  /** How many spans have it: themselves, in an event or in their resource. */
  readonly count: number;
  /** Frequent values first. A text of more than 200 characters is cut somewhere behind them. */
  readonly values: readonly CountedText[];
  /** Those are all of its values, and all of each. */
  readonly isWhole: boolean;
}

/** What can be typed into the filter of a trace, the most frequent first. */
export interface FilterWords {
  readonly service: readonly CountedText[];
  /** As rows show them, then those that spans are called otherwise. */
  readonly operation: readonly CountedText[];
  readonly kind: readonly CountedText[];
  readonly status: readonly CountedText[];
  /** Files without their lines, then each with its lines. */
  readonly code: readonly CountedText[];
  /** Undefined until they were asked for. */
  readonly attributes: readonly AttributeSummary[] | undefined;
}

/** The names of a trace's columns. O(rows). */
export function namesOfTrace(
  { services, operations, operationNames, columns }: TraceShape,
  places: RowPlaces,
): Omit<FilterWords, 'attributes'> {
  const lines = counted(places.texts, places.row);
  return {
    service: counted(services, columns.service),
    operation: eachOnce([
      ...counted(operations, columns.operation),
      ...counted(
        operationNames.map((name, code) => (name === operations[code] ? '' : name)),
        columns.operation,
      ),
    ]),
    kind: counted(spanKinds, columns.kind),
    status: counted(spanStatuses, columns.status),
    code: [...filesOf(lines), ...lines],
  };
}

function counted(
  names: readonly string[],
  codes: Uint8Array | Uint32Array | Int32Array,
): readonly CountedText[] {
  const counts = new Uint32Array(names.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const texts = names.map((text, code) => ({ text, count: counts[code] ?? 0 }));
  return texts.filter(({ count, text }) => count > 0 && text !== '').sort(byCount);
}

const filesOf = (lines: readonly CountedText[]): readonly CountedText[] =>
  eachOnce(lines.map(({ text, count }) => ({ text: text.replace(/:\d+$/u, ''), count }))).toSorted(
    byCount,
  );

/** Each text where it is first, with the counts of all alike. */
function eachOnce(texts: readonly CountedText[]): readonly CountedText[] {
  const counts = new Map<string, number>();
  for (const { text, count } of texts) counts.set(text, (counts.get(text) ?? 0) + count);
  return [...counts].map(([text, count]) => ({ text, count }));
}

/** The most frequent first, else by text. */
export const byCount = (one: CountedText, other: CountedText): number =>
  other.count - one.count || (one.text < other.text ? -1 : 1);
