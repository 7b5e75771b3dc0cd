import { formatCount, formatDuration } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { microseconds } from '../../base/units.ts';
import { callTitle, type NamedCall } from '../../code/calls/callTitle.ts';
import type { CodeLocation } from '../../code/location.ts';
import { lineName, oneLoop } from '../../explain/loopText.ts';
import type { CallSiteFigures } from './callSites.ts';

/** Of fewer requests nothing is said. */
const fewestRequests = 5;
/** On average; fewer are no pattern. */
const leastCalls = 5;
/** µs in one request, on average: what costs less isn't worth a change. */
const leastTime = 20_000;

/**
 * What is said of a call that requests make again and again (N+1), where enough of them were seen, and it costs time:
 * `order.findMany runs 22 times in a request on average (31 at most), 48 ms together. …`. Undefined: nothing.
 * @param loops that run it: see `CostNode.loops`
 */
export function repeatedCallSentence(
  call: NamedCall,
  { calls, requests, maxPerRequest, total }: CallSiteFigures,
  loops: readonly CodeLocation[],
): string | undefined {
  // A span that is started costs nothing: what runs in it does.
  if (call.library === 'spans') return undefined;
  if (requests < fewestRequests || calls < requests * leastCalls) return undefined;
  if (total < requests * leastTime) return undefined;
  const sentences = [
    message(
      '{0} runs {1} times in a request on average ({2} at most), {3} together.',
      callTitle(call),
      formatCount(calls / requests),
      formatCount(maxPerRequest),
      formatDuration(microseconds(total / requests)),
    ),
    whatRepeats(loops),
    message('Based on {0} requests.', formatCount(requests)),
  ];
  return sentences.join(' ');
}

function whatRepeats(loops: readonly CodeLocation[]): string {
  if (loops.length === 0)
    return message('Its method is called again and again: one call for all may be faster.');
  const loop = oneLoop(loops);
  return loop
    ? message('It is in the loop at {0}: one call for all may be faster.', lineName(loop))
    : message('It is inside a loop: one call for all may be faster.');
}
