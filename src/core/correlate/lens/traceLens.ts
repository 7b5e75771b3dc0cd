import { formatCount, formatDuration, formatPercent } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { shownShare } from '../../explain/handlerCosts.ts';
import type { LineTime, TraceTimes } from '../lines/timesByLine.ts';
import { repeatsWorthALens } from './callLens.ts';
import type { LensSettings } from './lensText.ts';

/**
 * What the trace on the screen spent at a line: `this trace: 22 calls, 2.02 s`, of one call `this trace: 430 ms`, off the
 * critical path `this trace: 3 calls`. Undefined: by the mode, or because it is a call that is neither costly nor repeated.
 */
export function traceLens(
  { calls, total, handlerFrom }: LineTime,
  { whole }: Pick<TraceTimes, 'whole'>,
  { mode, slow }: LensSettings,
): string | undefined {
  if (mode === 'off' || mode === 'hoverOnly') return undefined;
  if (mode === 'slowOnly' && total < slow) return undefined;
  const isCostly = total > 0 && total >= whole * shownShare;
  if (handlerFrom === undefined && !isCostly && calls < repeatsWorthALens) return undefined;
  const time = formatDuration(total);
  if (calls > 1)
    return total > 0
      ? message('this trace: {0} calls, {1}', formatCount(calls), time)
      : message('this trace: {0} calls', formatCount(calls));
  return total > 0 ? message('this trace: {0}', time) : message('this trace: 1 call');
}

/**
 * The same in full sentences: `22 calls in this trace: 2.02 s on the critical path (84% of 2.4 s).` and `Self time: 40 ms
 * (1.7%).`
 */
export function traceSentences(
  { calls, total, self }: Pick<LineTime, 'calls' | 'total' | 'self'>,
  { whole }: Pick<TraceTimes, 'whole'>,
): readonly string[] {
  const many = formatCount(calls);
  if (total <= 0)
    return [
      calls > 1
        ? message('{0} calls in this trace, not on the critical path.', many)
        : message('1 call in this trace, not on the critical path.'),
    ];
  const [time, share, all] = [
    formatDuration(total),
    formatPercent(total / whole),
    formatDuration(whole),
  ];
  return [
    calls > 1
      ? message(
          '{0} calls in this trace: {1} on the critical path ({2} of {3}).',
          many,
          time,
          share,
          all,
        )
      : message('1 call in this trace: {0} on the critical path ({1} of {2}).', time, share, all),
    message('Self time: {0} ({1}).', formatDuration(self), formatPercent(self / whole)),
  ];
}
