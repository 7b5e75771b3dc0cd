import { message } from '../../../base/message.ts';
import type { OtherCallSite } from '../../../code/model.ts';
import { callOf } from '../../match.ts';
import type { CallFit, CallSpans } from '../callSpans.ts';
import { titledReasons } from '../titledReasons.ts';
import { cacheFit, cacheFits, isLaterOfCache } from './cacheFit.ts';
import { redisCommandOf, type RedisCommand } from './redisCommand.ts';

/** Spans of Redis clients: the call sends their command for their key, itself or through a cache. */
export const cacheSpans: CallSpans<RedisCommand> = {
  library: 'cache',
  through: 'messages',
  asked: redisCommandOf,
  // A queue's or a database's call above has made it.
  isPart: (_, row, found, { trace }) =>
    callOf(found[trace.columns.parent[row] ?? -1]) !== undefined,
  keyOf: ({ client, command, keys }) => [client, command, ...keys].join('\n'),
  fit,
  isFurther,
  aloneInService: 'likely',
  reasons: titledReasons,
};

function fit(call: OtherCallSite, asked: RedisCommand): CallFit | undefined {
  if (call.library === 'messages') return messageFit(call, asked);
  const kind = cacheFit(call, asked);
  if (kind === undefined) return undefined;
  const tells = kind === 'same' || kind === 'pattern';
  const isSure = tells || (kind === 'prefixed' && call.system === 'Cache');
  return {
    rank: cacheFits.indexOf(kind),
    doubt: isSure ? undefined : doubtOf(call, asked),
    tells,
    isOpen: call.operation === undefined,
  };
}

/** A cache writes what it didn't find, and a message that waits for its reply listens first. */
function isFurther({ library, system, operation }: OtherCallSite, { command }: RedisCommand) {
  if (library === 'messages') return command === 'subscribe';
  return system === 'Cache' && isLaterOfCache(operation ?? '', command);
}

/** Queues of BullMQ and Bull are in Redis (`bull:mail:wait`), and NestJS's Redis transport publishes. */
function messageFit({ system, target, operation }: OtherCallSite, asked: RedisCommand) {
  const { command, keys } = asked;
  if (system !== undefined && /^bull/i.test(system)) {
    const isScript = target !== undefined && /^(?:eval|evalsha)$/.test(command);
    return isScript && keys.some((key) => key.split(':').includes(target))
      ? messageRank
      : undefined;
  }
  const isProxy = system === undefined || system === 'Redis';
  if (!isProxy || !/^(?:emit|send)$/.test(operation ?? '')) return undefined;
  // An answer is published to where its request's sender subscribes.
  const isListening = command === 'subscribe';
  if (!isListening && command !== 'publish') return undefined;
  if (target === undefined) return isListening ? undefined : openRank();
  const named = isListening ? `${target}.reply` : target;
  return keys.includes(named) ? messageRank : undefined;
}

const messageRank = { rank: 0, doubt: undefined, tells: false, isOpen: false };
const openRank = () => ({
  rank: cacheFits.length,
  doubt: message('The destination of this call is set at run time.'),
  tells: false,
  isOpen: true,
});

const doubtOf = ({ target }: OtherCallSite, { keys }: RedisCommand): string =>
  target !== undefined && keys.length === 0
    ? message("The span doesn't record its key.")
    : message('The key of this call is set at run time.');
