import { formatCount, formatDuration } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { callTitle } from '../../code/calls/callTitle.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { CallSite, CodeIndex } from '../../code/model.ts';
import { lineName, oneLoop } from '../../explain/loopText.ts';
import type { SequentialRuns } from './sequentialRuns.ts';

/** Calls of a loop that could run at the same time, and don't. */
export interface IndependentAwaits extends SequentialRuns {
  readonly loop: CodeLocation;
}

/** Of fewer requests nothing is said. */
const fewestRequests = 5;
/** On average. */
const leastCalls = 3;
/** µs in one request, on average: what could be saved. */
const leastGain = 20_000;

/**
 * What is known of a call that its loop awaits one by one; undefined: it runs in another way, something speaks against
 * running its calls at the same time, or too little was seen.
 * @param loops that run it: see `CostNode.loops`
 * @param runs what sampled requests say; undefined: they don't run it one after the other
 */
export function independentAwaits(
  call: CallSite,
  loops: readonly CodeLocation[],
  runs: SequentialRuns | undefined,
  index: Pick<CodeIndex, 'hasIndependentTurns'>,
): IndependentAwaits | undefined {
  const loop = oneLoop(loops);
  if (runs === undefined || loop === undefined) return undefined;
  if (!onlyAsks(call) || !index.hasIndependentTurns(loop)) return undefined;
  const { requests, callsPerRequest, together, longest } = runs;
  if (requests < fewestRequests || callsPerRequest < leastCalls) return undefined;
  return together - longest < leastGain ? undefined : { ...runs, loop };
}

/** Changes nothing, and is in no transaction, whose connection does one thing at a time. */
function onlyAsks(call: CallSite): boolean {
  switch (call.library) {
    case 'prisma':
      return (
        /^(?:find|count|aggregate|groupBy|queryRaw)/.test(call.operation) &&
        call.inTransaction !== true &&
        call.through === undefined
      );
    case 'http':
      return call.operation === 'GET' || call.operation === 'HEAD';
    case 'sql':
      return /^\s*select\b/i.test(call.target ?? '');
    case 'cache':
      return /^(?:h|m)?get|^exists/i.test(call.operation ?? '');
    case 'grpc':
      return /^(?:get|find|list|search|count|read)/i.test(call.operation ?? '');
    case 'messages':
    case 'spans':
      return false;
  }
}

/**
 * `rate.findUnique runs 22 times in a request on average, one after the other, 2 s together. …`
 * @param isRepeated a sentence before it says how often the call runs: see `repeatedCallSentence`
 */
export function independentAwaitsSentence(
  call: CallSite,
  { loop, requests, callsPerRequest, together, longest }: IndependentAwaits,
  isRepeated: boolean,
): string {
  const could = message(
    "The iterations of the loop at {0} don't depend on each other: at the same time, their calls may take {1} instead of {2}.",
    lineName(loop),
    formatDuration(longest),
    formatDuration(together),
  );
  if (isRepeated) return could;
  const runs = message(
    '{0} runs {1} times in a request on average, one after the other.',
    callTitle(call),
    formatCount(callsPerRequest),
  );
  return [runs, could, message('Based on {0} requests.', formatCount(requests))].join(' ');
}
