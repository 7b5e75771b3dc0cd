import type { OtherCallSite } from '../../model.ts';
import { option, textIn, written, type Argument } from '../callArguments.ts';
import type { CallLibrary, CallParts, RecordedCall } from '../callLibrary.ts';
import { clientCall, type ClientCall } from '../clientCall.ts';
import { placeOf } from '../recordedCall.ts';
import { cacheMethods, cacheClient, isCachePackage, type CacheSystem } from './cacheClients.ts';
import {
  commandOf,
  commonCommands,
  everydayCommands,
  isCommand,
  keyPosition,
} from './redisCommands.ts';

/** Commands of Redis, by ioredis and node-redis, and calls of cache-manager and Keyv. */
export const cacheLibrary: CallLibrary = {
  mentions: (text) => /redis|cache-manager|CACHE_MANAGER|['"]keyv['"]/i.test(text),
  members: new Map([...commonCommands, ...cacheMethods]),
  membersOf: (module) => (isCachePackage(module) ? everydayCommands : undefined),
  link: linkCacheCall,
};

function linkCacheCall(parts: CallParts, call: RecordedCall): OtherCallSite | undefined {
  const { name } = call.fact;
  if (!isCommand(name) && !cacheMethods.has(name)) return undefined;
  const of = clientCall(parts, call);
  const client = of && cacheClient(of);
  if (!client) return undefined;
  const { system } = client;
  const key = keyOf(parts, of, system);
  return {
    ...placeOf(parts, call),
    library: 'cache',
    operation: operationOf(parts, of),
    target: key && `${prefixOf(parts, of, system)}${key}`,
    system,
    ...(client.package !== undefined && { client: client.package }),
  };
}

/** The method; of `client.call('JSON.GET', key)` that command. */
function operationOf(parts: CallParts, { called, given }: ClientCall): string {
  if (!isAnyCommand(called)) return called;
  const [first] = listed(parts, given(0));
  return textIn(parts, first) ?? called;
}

const isAnyCommand = (called: string): boolean =>
  called === 'call' || /^send_?command$/i.test(called);

/** The key, `*` for what isn't known of it; of several the first. */
function keyOf(parts: CallParts, { called, given }: ClientCall, system: CacheSystem) {
  if (system === 'Cache') return textIn(parts, listed(parts, given(0))[0]);
  const position = keyPosition(commandOf(called));
  if (position === undefined) return undefined;
  const all = listed(parts, given(0));
  // `sendCommand(['GET', key])`
  if (isAnyCommand(called)) return textIn(parts, all.length > 1 ? all[1] : given(1));
  return textIn(parts, position === 0 ? all[0] : given(position));
}

/** The items of an array that is written out, else the argument. */
function listed(parts: CallParts, argument: Argument): readonly Argument[] {
  const found = written(parts, argument);
  const expression = found?.expression;
  return found && typeof expression === 'object' && expression.kind === 'array'
    ? expression.items.map((item) => ({ ...argument, ...found, expression: item }))
    : [argument];
}

/** What ioredis puts before each key, as far as the code that makes the client tells. */
function prefixOf(
  parts: CallParts,
  { madeWith, receiver }: ClientCall,
  system: CacheSystem,
): string {
  if (system !== 'Redis' || receiver.includes('(')) return '';
  for (const position of [0, 1, 2]) {
    const prefix = textIn(parts, option(parts, madeWith(position), 'keyPrefix'));
    if (prefix !== undefined) return prefix;
  }
  return '';
}
