import { message } from '../../../base/message.ts';
import type { CodeIndex, PrismaCallSite } from '../../../code/model.ts';
import type { Match } from '../../match.ts';
import { callMatch } from '../callMatch.ts';
import { lower } from '../../confidence.ts';
import { enclosingMethod, fileName, lookupsOf } from '../../lookups.ts';

/**
 * The match of a Prisma span that names its line, tied to the call there, which its figures and repeats
 * go by. Where the call is no longer on that line it is looked for in the method: the file changed since.
 * @param key of the span's model and operation, from `callKey`
 */
export function attachCallSite(named: Match, key: string, index: CodeIndex): Match {
  const { path, line } = named.location;
  const calls = (lookupsOf(index).prismaCallsByKey.get(key) ?? []).filter(
    ({ location }) => location.path === path,
  );
  const there = calls.find(({ location }) => location.line === line);
  if (there !== undefined) return { ...named, ...placeOf(there) };
  const method = enclosingMethod(index, path, line);
  const inside = calls.filter(({ methodId }) => method !== undefined && methodId === method.id);
  const [call, ...others] = inside;
  if (call === undefined) return named;
  const moved = message(
    'The code has changed; the call is now at {0}.',
    `${fileName(path)}:${call.location.line}`,
  );
  const confidence = lower(named.confidence, others.length > 0 ? 'likely' : 'strong');
  const match = callMatch(call, others, confidence, `${named.reason} ${moved}`);
  return { ...match, drifted: true };
}

function placeOf(call: PrismaCallSite): Pick<Match, 'location' | 'symbol' | 'callId'> {
  const { location, symbol, callId } = callMatch(call, [], 'exact', '');
  return { location, symbol, callId };
}
