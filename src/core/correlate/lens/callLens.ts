import { dominantShare } from '../../explain/dominantCost.ts';
import { shownShare } from '../../explain/handlerCosts.ts';
import { callTitle, type NamedCall } from '../../code/calls/callTitle.ts';
import { formatCount, formatDuration } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { microseconds } from '../../base/units.ts';
import type { CallCost } from '../../explain/callCosts.ts';
import { lineName, oneLoop } from '../../explain/loopText.ts';
import type { CallSiteFigures } from '../calls/callSites.ts';
import { costlyPart, withAge, type LensSettings } from './lensText.ts';

/** The line above a call. */
export interface CallLens {
  readonly text: string;
  /** Most of a slow handler's time goes there. */
  readonly isHot: boolean;
  /** It is worth a look where else the time goes. */
  readonly isCostly: boolean;
}

/** Calls of one call site in one request from which a lens points them out, whatever they cost. */
export const repeatsWorthALens = 5;

/**
 * The line above a call that costs something, or that one request makes again and again: `×22 in one request · 2.02 s of
 * 2.4 s`, `430 ms of 600 ms in one request`. Undefined: neither.
 * @param isAlone on its line, so that nobody asks which call is meant
 */
export function callLens(
  call: NamedCall,
  figures: Pick<CallSiteFigures, 'maxPerRequest'>,
  cost: CallCost | undefined,
  settings: LensSettings,
  isAlone: boolean,
): CallLens | undefined {
  const { mode, slow, staleFor } = settings;
  if (mode === 'off' || mode === 'hoverOnly') return undefined;
  const share = cost === undefined ? 0 : costShare(cost);
  const isSlow = cost !== undefined && cost.slow >= slow;
  const isCostly = cost !== undefined && cost.slow >= slow * costlyPart && share >= shownShare;
  if (mode === 'slowOnly' && !(isSlow && isCostly)) return undefined;
  const isRepeated = figures.maxPerRequest >= repeatsWorthALens;
  const isCostOfRepeats = cost !== undefined && cost.callsPerRequest.slow >= repeatsWorthALens;
  if (!isCostly && !isRepeated) return undefined;
  const text =
    isCostly || isCostOfRepeats
      ? callCostText(cost)
      : message('×{0} in one request', formatCount(figures.maxPerRequest));
  return {
    text: withAge(isAlone ? text : `${callTitle(call)}: ${text}`, staleFor),
    isHot: isSlow && share >= dominantShare,
    isCostly,
  };
}

const costShare = ({ slow, timePerRequest }: CallCost): number =>
  slow === 0 ? 0 : timePerRequest.slow / slow;

/** `×22 in one request · 2.02 s of 2.4 s`, `430 ms of 600 ms in one request`. */
function callCostText({ callsPerRequest, timePerRequest, slow }: CallCost): string {
  const [time, whole] = [formatDuration(microseconds(timePerRequest.slow)), formatDuration(slow)];
  return callsPerRequest.slow > 1
    ? message('×{0} in one request · {1} of {2}', formatCount(callsPerRequest.slow), time, whole)
    : message('{0} of {1} in one request', time, whole);
}

/**
 * `A slow request of DELETE /orders/:id (2.4 s) spends 2.02 s in 22 calls here. They are in the loop at orders.service.ts:81.`
 * @param of whose requests
 */
export function costSentence(cost: CallCost, of: string): string {
  const { callsPerRequest, timePerRequest, slow, loops } = cost;
  const [whole, time] = [formatDuration(slow), formatDuration(microseconds(timePerRequest.slow))];
  if (callsPerRequest.slow <= 1)
    return message('A slow request of {0} ({1}) spends {2} here.', of, whole, time);
  const calls = formatCount(callsPerRequest.slow);
  const loop = oneLoop(loops);
  return [
    message('A slow request of {0} ({1}) spends {2} in {3} calls here.', of, whole, time, calls),
    ...(loop ? [message('They are in the loop at {0}.', lineName(loop))] : []),
  ].join(' ');
}
