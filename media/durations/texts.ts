import { formatCount, formatDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import type { DurationBucket, ShownDurations } from '../../src/protocol/durations.ts';

/** What a bar says: `12 traces of 100 ms to 200 ms, 2 with errors`. */
export function spokenBucket({ from, to, traces, failed }: DurationBucket): string {
  const [low, high] = [formatDuration(from), formatDuration(to)];
  const counted =
    traces === 1
      ? message('1 trace of {0} to {1}', low, high)
      : message('{0} traces of {1} to {2}', formatCount(traces), low, high);
  return failed === 0 ? counted : `${counted}, ${message('{0} with errors', formatCount(failed))}`;
}

/** What is drawn: `50 traces`, `Latest 50 traces`, `100 ms to 200 ms · 12 of the latest 50 traces`. */
export function summaryText({ buckets, range, inRange, part }: ShownDurations): string {
  const all = buckets.reduce((sum, { traces }) => sum + traces, 0);
  if (range === undefined) return allText(all, part);
  const low = formatDuration(range.from);
  const high = formatDuration(range.to);
  return `${message('{0} to {1}', low, high)} · ${partText(inRange, all, part)}`;
}

function partText(inRange: number, all: number, part: ShownDurations['part']): string {
  const counts = [formatCount(inRange), formatCount(all)] as const;
  if (part === 'latest') return message('{0} of the latest {1} traces', ...counts);
  if (part === 'slowest') return message('{0} of the slowest {1} traces', ...counts);
  return message('{0} of {1} traces', ...counts);
}

function allText(count: number, part: ShownDurations['part']): string {
  if (part === 'latest') return message('latest {0} traces', formatCount(count));
  if (part === 'slowest') return message('slowest {0} traces', formatCount(count));
  return count === 1 ? message('1 trace') : message('{0} traces', formatCount(count));
}
