import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { microseconds } from '../../core/base/units.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { confidenceWord } from '../../core/correlate/lens/basisText.ts';
import type { CostNode, PerRequest } from '../../core/explain/explanation.ts';
import { kindText, perRequestText } from '../../core/explain/explainText.ts';
import { loopText } from '../../core/explain/loopText.ts';
import { shownPath } from '../paths.ts';

const longest = 200;
/** Text of a span on one line, bounded. */
export const shown = (text: string): string => visibleText(shortened(text, longest));

/** `22 × GET tax/rates/*`. */
export const placeName = ({ callsPerRequest, symbol }: CostNode): string =>
  `${timesText(callsPerRequest)}${shown(symbol)}`;

/** `22 × `, before the name, as in lenses; nothing of what every request does once. */
const timesText = (perRequest: PerRequest): string =>
  isOnce(perRequest) ? '' : `${formatCount(perRequest.slow)} × `;

const isOnce = ({ slow, usual = slow }: PerRequest): boolean => slow === 1 && usual === 1;

/** `usually 4`, `in a loop`. */
export function oftenText({ callsPerRequest, loops }: CostNode): readonly string[] {
  const { slow, usual } = callsPerRequest;
  return [
    ...(usual === undefined || usual === slow ? [] : [message('usually {0}', formatCount(usual))]),
    ...(loops.length > 0 ? [message('in a loop')] : []),
  ];
}

/** All about a place, a line each. */
export function placeDetails(cost: CostNode, folders: readonly WorkspacePath[]): readonly string[] {
  const { symbol, service, share, ownShare, kind, callsPerRequest, p50, p95, loops } = cost;
  const calls = [perRequestText(callsPerRequest), loopText(loops) ?? []].flat().join(', ');
  return [
    shown(symbol),
    ...(service === '' ? [] : [message('Service: {0}', shown(service))]),
    message('Time: {0}, with everything that it calls', formatPercent(share)),
    ...(ownShare === 0
      ? []
      : [message('Own time: {0}, mostly {1}', formatPercent(ownShare), kindText(kind))]),
    message('Calls per request: {0}', calls),
    message('Time per request: {0}', timeText(cost.timePerRequest)),
    message('One call: p50 {0}, p95 {1}', formatDuration(p50), formatDuration(p95)),
    ...placeReason(cost, folders),
  ];
}

const timeText = ({ slow, usual }: PerRequest): string =>
  usual === undefined
    ? formatDuration(microseconds(slow))
    : message(
        '{0}, usually {1}',
        formatDuration(microseconds(slow)),
        formatDuration(microseconds(usual)),
      );

/** The line and how sure it is, or why there is none. */
function placeReason(
  { location, confidence, reason }: CostNode,
  folders: readonly WorkspacePath[],
): readonly string[] {
  const why = reason === '' ? [] : [shown(reason)];
  if (location === undefined) return why;
  const place = shown(`${shownPath(location.path, folders)}:${location.line}`);
  return [`${place} (${confidenceWord(confidence)})`, ...why];
}
