import { formatDuration } from '../base/format.ts';
import type { EpochMicroseconds, Microseconds } from '../base/units.ts';
import { shortened, visibleText } from '../base/visibleText.ts';
import { mainRoot } from '../trace/mainRoot.ts';
import type { TraceShape } from '../trace/trace.ts';

/** What tells a trace from others on a tab. */
export interface TitledTrace {
  readonly traceId: string;
  /** What its main root is called; empty when it has none. */
  readonly operation: string;
  readonly duration: Microseconds;
  readonly start: EpochMicroseconds;
}

const longestOperation = 60;
const idLength = 8;

export const titledTrace = ({ traceId, operations, columns, duration, start }: TraceShape) => ({
  traceId,
  operation: operations[columns.operation[mainRoot(columns)] ?? -1] ?? '',
  duration,
  start,
});

/**
 * Titles of traces that are open beside each other, in their order: `DELETE /orders/:id · 326 ms`. Those that would be
 * the same also say when they began, and where that is the same too the beginning of their ids.
 * @param timeText a time of day for the user
 */
export function traceTitles(
  traces: readonly TitledTrace[],
  timeText: (start: EpochMicroseconds) => string,
): readonly string[] {
  const steps: readonly ((trace: TitledTrace) => string)[] = [
    ({ duration }) => formatDuration(duration),
    ({ start }) => timeText(start),
    ({ traceId }) => traceId.slice(0, idLength),
    ({ traceId }) => traceId,
  ];
  return steps.reduce<readonly string[]>((titles, step, index) => {
    const shared = new Set(titles.filter((title, at) => titles.indexOf(title) !== at));
    return titles.map((title, at) => {
      const trace = traces[at];
      const isAlone = index > 0 && !shared.has(title);
      return trace === undefined || isAlone ? title : `${title} · ${step(trace)}`;
    });
  }, traces.map(nameOf));
}

const nameOf = ({ operation, traceId }: TitledTrace): string =>
  operation === ''
    ? traceId.slice(0, idLength)
    : visibleText(shortened(operation, longestOperation));
