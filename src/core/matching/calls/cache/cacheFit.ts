import { commandOf, keyPosition } from '../../../code/calls/cache/redisCommands.ts';
import type { OtherCallSite } from '../../../code/model.ts';
import { fitsText } from '../fitsText.ts';
import { lettersIn } from '../lettersIn.ts';
import type { RedisCommand } from './redisCommand.ts';

/**
 * How well a call fits a command, best first. `same`: the very key, or a command without one; `pattern`: a key of its kind; `prefixed`: the same
 * behind what the client puts before its keys; `open`: its key isn't known, or the span doesn't record it.
 */
export const cacheFits = ['same', 'pattern', 'prefixed', 'open'] as const;
export type CacheFit = (typeof cacheFits)[number];

/** Commands that a cache's methods send to a Redis store; `later` may follow another one of the same call. */
const commandsOfCaches: Readonly<
  Record<string, { readonly first: readonly string[]; readonly later?: readonly string[] }>
> = {
  get: { first: ['get', 'mget'] },
  set: { first: ['set', 'setex', 'psetex'], later: ['sadd'] },
  del: { first: ['del', 'unlink'], later: ['srem'] },
  delete: { first: ['del', 'unlink'], later: ['srem'] },
  wrap: { first: ['get', 'mget'], later: ['set', 'setex', 'psetex', 'ttl', 'pttl'] },
  mget: { first: ['mget', 'get'] },
  mset: { first: ['mset', 'set', 'setex', 'psetex'] },
  mdel: { first: ['del', 'unlink'] },
  ttl: { first: ['ttl', 'pttl', 'get'] },
  has: { first: ['exists'] },
  keys: { first: ['keys', 'scan'] },
  reset: { first: ['flushdb', 'flushall', 'scan', 'keys'], later: ['del', 'unlink'] },
  clear: { first: ['flushdb', 'flushall', 'scan', 'keys', 'smembers'], later: ['del', 'unlink'] },
};

/** Whether a cache's method may have sent another command before: it doesn't count as another call. */
export const isLaterOfCache = (operation: string, command: string): boolean =>
  commandsOfCaches[operation]?.later?.includes(command) === true;

/** Fewer letters than this in a pattern say nothing of a key. */
const fewestLetters = 3;

/** Undefined: the call doesn't send that. */
export function cacheFit(
  { operation, target, system, client }: OtherCallSite,
  { command, keys, client: sender = client }: RedisCommand,
): CacheFit | undefined {
  if (client !== undefined && client !== sender) return undefined;
  const sends =
    operation === undefined ||
    (system === 'Cache'
      ? commandsOfCaches[operation]?.first.includes(command) || isLaterOfCache(operation, command)
      : commandOf(operation) === command);
  if (!sends) return undefined;
  if (system !== 'Cache' && keyPosition(command) === undefined) return 'same';
  if (target === undefined || keys.length === 0) return 'open';
  if (keys.includes(target)) return 'same';
  if (lettersIn(target) < fewestLetters) return 'open';
  if (keys.some((key) => fitsText(target, key))) return 'pattern';
  return keys.some((key) => fitsText(`*:${target}`, key)) ? 'prefixed' : undefined;
}
