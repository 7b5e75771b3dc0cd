import { alikeLabel } from '../core/trace/alikeLabel.ts';
import type { SpanLine } from './spanLines.ts';

/** A line of the waterfall: a span, or the siblings that repeat it, shown by the slowest of them. */
export interface FoldedLine {
  readonly span: SpanLine;
  /** Where several are folded what their operations have in common: `GET tax/rates/*`. Hostile text. */
  readonly operation: string;
  /** 1: the span alone. */
  readonly count: number;
  /** Of the first, in µs since the trace began. */
  readonly start: number;
  /** Of all together: µs. */
  readonly duration: number;
  /** Of the last to end, in µs since the trace began. */
  readonly end: number;
}

const fewestFolded = 3;

/**
 * Folds siblings that are alike, three or more: a query that runs 200 times is one
 * line. What is below is that of the slowest. Without recursion: a trace may be 70,000 deep.
 */
export function foldRepeats(spans: readonly SpanLine[]): readonly FoldedLine[] {
  const lines: FoldedLine[] = [];
  const waiting = foldedSiblings(spans, 0, spans.length).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    lines.push(next.line);
    const below = foldedSiblings(spans, next.row + 1, next.row + next.line.span.subtreeSize);
    for (const one of below.reverse()) waiting.push(one);
  }
  return lines;
}

/** Every span a line of its own. */
export const unfolded = (spans: readonly SpanLine[]): readonly FoldedLine[] => spans.map(alone);

/** The spans that begin at `first`, and their siblings before `end`, folded, in order of their starts. */
function foldedSiblings(
  spans: readonly SpanLine[],
  first: number,
  end: number,
): { row: number; line: FoldedLine }[] {
  const groups = new Map<string, number[]>();
  for (let row = first; row < end; row += Math.max(1, spans[row]?.subtreeSize ?? 1)) {
    const span = spans[row];
    if (!span) break;
    const like = likeness(spans, row);
    const rows = groups.get(like) ?? [];
    groups.set(like, rows);
    rows.push(row);
  }
  return [...groups.values()]
    .flatMap((rows) => (rows.length < fewestFolded ? rows.map((row) => [row]) : [rows]))
    .map((rows) => folded(spans, rows))
    .sort((a, b) => a.line.start - b.line.start || a.row - b.row);
}

/** Operation, place, and the places right below: two transactions of different queries are not alike. */
function likeness(spans: readonly SpanLine[], row: number): string {
  const span = spans[row];
  if (!span) return '';
  const places = new Set<string>();
  const end = row + span.subtreeSize;
  for (let child = row + 1; child < end; child += Math.max(1, spans[child]?.subtreeSize ?? 1))
    places.add(placeOf(spans[child]));
  const below = [...places].sort().join('\n');
  return [span.service, alikeLabel(span.operation), placeOf(span), String(span.error), below].join(
    '\n',
  );
}

const placeOf = (span: SpanLine | undefined): string =>
  span?.location ? `${span.location.file}:${span.location.line}` : '';

function folded(spans: readonly SpanLine[], rows: readonly number[]) {
  let row = rows[0] ?? 0;
  let start = Infinity;
  let end = 0;
  let duration = 0;
  for (const candidate of rows) {
    const span = spans[candidate];
    if (!span) continue;
    if (span.duration > (spans[row]?.duration ?? 0)) row = candidate;
    start = Math.min(start, span.start);
    end = Math.max(end, span.start + span.duration);
    duration += span.duration;
  }
  const span = spans[row];
  if (!span) throw new RangeError(`no span in row ${row}`);
  const isOne = rows.every((one) => spans[one]?.operation === span.operation);
  const operation = isOne ? span.operation : alikeLabel(span.operation);
  return { row, line: { span, operation, count: rows.length, start, duration, end } };
}

const alone = (span: SpanLine): FoldedLine => ({
  span,
  operation: span.operation,
  count: 1,
  start: span.start,
  duration: span.duration,
  end: span.start + span.duration,
});
