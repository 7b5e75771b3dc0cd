import { epochMicroseconds, microseconds } from '../../core/base/units.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import type { SeenTrace } from './slices.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/**
 * Where a trace of an answer is, by the spans that it may have come for. Attributes and errors aren't looked at:
 * some servers leave them aside.
 */
export function seenTrace(spans: readonly RawSpan[], question: TracesQuestion): SeenTrace {
  const { service, operation, minDuration = 0, maxDuration = Infinity, window } = question;
  let [newest, longest] = [-Infinity, 0];
  for (const { resource, name, start, duration } of spans) {
    if (resource.service !== service || (operation !== undefined && name !== operation)) continue;
    if (duration < minDuration || duration > maxDuration) continue;
    longest = Math.max(longest, duration);
    if (start >= window.start && start <= window.end) newest = Math.max(newest, start);
  }
  return {
    newest: newest === -Infinity ? undefined : epochMicroseconds(newest),
    duration: microseconds(longest),
  };
}
