import { spansText } from '../../core/base/countText.ts';
import { formatCount, formatDuration, formatExactDuration } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { formatAge } from '../../core/base/timeText.ts';
import type { EpochMicroseconds } from '../../core/base/units.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { TraceSummary } from '../../core/ports.ts';

const longestName = 120;

/** A trace's name: its root operation, or the time of the span that was asked for. */
export function traceTitle(summary: TraceSummary, by: 'root' | 'matched'): string {
  if (by === 'matched') return formatDuration(summary.matched ?? summary.duration);
  const name = visibleText(shortened(summary.rootOperation, longestName));
  return name === '' ? summary.traceId.slice(0, 8) : name;
}

/** Duration, then name: a narrow view cuts the end off. */
export const traceLabel = (summary: TraceSummary): string =>
  `${formatDuration(summary.duration)}\u2002${traceTitle(summary, 'root')}`;

/** `214 spans · 2 with errors · 3 min ago`. */
export function traceDescription(summary: TraceSummary, now: EpochMicroseconds): string {
  const { spanCount, errorCount, start } = summary;
  return [
    spansText(spanCount),
    ...(errorCount > 0 ? [message('{0} with errors', formatCount(errorCount))] : []),
    message('{0} ago', formatAge(start, now)),
  ].join(' · ');
}

/** An entry of a list of traces to choose from. */
export interface TraceChoice {
  readonly summary: TraceSummary;
  readonly label: string;
  readonly description: string;
  /** The trace's name; undefined: all have the same. */
  readonly detail: string | undefined;
}

/**
 * What tells traces of one endpoint apart: `326 ms`, `214 spans · 2 with errors · 3 min ago · 4bf92f35`.
 * @param isNamed each with its name, also where all have the same
 */
export function traceChoices(
  traces: readonly TraceSummary[],
  now: EpochMicroseconds,
  isNamed = false,
): readonly TraceChoice[] {
  const names = traces.map((summary) => traceTitle(summary, 'root'));
  const areAlike = new Set(traces.map(({ rootOperation }) => rootOperation)).size < 2;
  return traces.map((summary, at) => ({
    summary,
    label: traceTitle(summary, 'matched'),
    description: `${traceDescription(summary, now)} · ${summary.traceId.slice(0, 8)}`,
    detail: areAlike && !isNamed ? undefined : names[at],
  }));
}

/** What a screen reader says of a trace. */
export function spokenTrace(summary: TraceSummary, now: EpochMicroseconds): string {
  const name = `${traceTitle(summary, 'root')}, ${visibleText(shortened(summary.rootService, longestName))}`;
  return [name, formatDuration(summary.duration), traceDescription(summary, now)].join(', ');
}

/** The lines of a trace's tooltip; plain text. */
export function traceDetails(summary: TraceSummary): readonly string[] {
  const time = new Date(summary.start / 1_000);
  return [
    traceTitle(summary, 'root'),
    message(
      'Services: {0}',
      summary.services.map((name) => visibleText(shortened(name, longestName))).join(', '),
    ),
    message('Duration: {0}', formatExactDuration(summary.duration)),
    message('Started: {0}', Number.isNaN(time.getTime()) ? '?' : time.toISOString()),
    message('Trace ID: {0}', summary.traceId),
  ];
}
