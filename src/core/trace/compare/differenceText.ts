import { formatCount, formatDuration } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { microseconds } from '../../base/units.ts';
import { isBlank, shortened, visibleText } from '../../base/visibleText.ts';
import {
  differenceOf,
  isNotable,
  type ComparedCall,
  type ComparedCounts,
  type Sides,
} from './comparison.ts';
import { largestDifference, type LargestDifference } from './largestDifference.ts';

const longestName = 100;

/** A compared call with its line in words: `pricing.client.ts:31`; empty: not known. */
export interface PlacedCall extends ComparedCall {
  readonly place: string;
}

/**
 * How two traces differ, in a sentence: `870 ms slower: 22 × GET tax-authority instead of 2 (+812 ms) at
 * pricing.client.ts:31`.
 */
export function differenceSentence(calls: readonly PlacedCall[], durations: Sides): string {
  if (!calls.some(isInBoth)) return message('These traces have no call in common.');
  const whole = differenceOf(durations);
  const length = formatDuration(microseconds(Math.abs(whole)));
  const largest = largestDifference(calls, durations);
  const reason = largest && reasonText(calls, largest);
  if (!isNotable(whole, durations))
    return reason === undefined
      ? message('No difference.')
      : message('As long as the other. Largest difference: {0}.', reason);
  if (reason === undefined)
    return whole > 0 ? message('{0} slower.', length) : message('{0} faster.', length);
  if (largest?.kind === 'spread')
    return whole > 0
      ? message('{0} slower, in several places. The most: {1}.', length, reason)
      : message('{0} faster, in several places. The most: {1}.', length, reason);
  return whole > 0
    ? message('{0} slower: {1}.', length, reason)
    : message('{0} faster: {1}.', length, reason);
}

const isInBoth = ({ calls, total }: ComparedCall): boolean =>
  calls[0] + total[0] > 0 && calls[1] + total[1] > 0;

function reasonText(calls: readonly PlacedCall[], largest: LargestDifference): string {
  const call = calls[largest.path.at(-1) ?? -1];
  if (!call) return '';
  const what = changeText(call, largest);
  return call.place === '' ? what : message('{0} at {1}', what, call.place);
}

/** `22 × GET tax-authority instead of 2 (+812 ms)`. */
function changeText(call: PlacedCall, { kind, difference }: LargestDifference): string {
  const name = isBlank(call.name)
    ? message('(no name)')
    : visibleText(shortened(call.name, longestName));
  if (kind === 'errors') return `${name}, ${failedText(call.errors)}`;
  const change = signedDuration(difference);
  if (kind === 'own') return message('{0} itself ({1})', name, change);
  const [before, after] = call.calls;
  const counts = [formatCount(before), formatCount(after)] as const;
  if (before > 0 && after === 0)
    return message('no {0} instead of {1} ({2})', name, counts[0], change);
  if (before === 0 && after > 0)
    return message('{0} × {1} instead of none ({2})', counts[1], name, change);
  if (before !== after)
    return message('{0} × {1} instead of {2} ({3})', counts[1], name, counts[0], change);
  const [was, is] = call.critical;
  return message('{0} took {1} instead of {2} ({3})', name, timeText(is), timeText(was), change);
}

const timeText = (time: number): string => formatDuration(microseconds(time));

/** `2 → 22`, once where both are the same; `1 · 0 → 1 failed` where not as many failed in both. */
export const countsText = ({ calls: [before, after], errors }: ComparedCounts): string =>
  [fromTo(formatCount(before), formatCount(after)), failedText(errors)]
    .filter((text) => text !== '')
    .join(' · ');

/** `1 → 0 failed`; empty where as many failed in both. */
const failedText = (errors: Sides): string =>
  differenceOf(errors) === 0
    ? ''
    : message('{0} failed', fromTo(formatCount(errors[0]), formatCount(errors[1])));

/** `85 ms → 2.27 s`, with a dash for a trace that doesn't have it. */
export function timesText(calls: Sides, times: Sides): string {
  const of = (side: 0 | 1) =>
    calls[side] === 0 && times[side] === 0 ? '–' : timeText(times[side]);
  return fromTo(of(0), of(1));
}

const fromTo = (before: string, after: string): string =>
  before === after ? after : `${before} → ${after}`;

/** `+812 ms`, `-3 ms`, `0 µs`: a difference in µs. */
export function signedDuration(difference: number): string {
  const length = timeText(difference);
  return difference > 0 && !length.startsWith('0 ') ? `+${length}` : length;
}
