import type { CodeIndex, PrismaCallSite } from '../../../code/model.ts';
import type { Match } from '../../match.ts';
import { callMatch } from '../callMatch.ts';
import { lookupsOf } from '../../lookups.ts';
import { movedCall } from '../movedCall.ts';

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
  return movedCall(named, calls, index) ?? named;
}

function placeOf(call: PrismaCallSite): Pick<Match, 'location' | 'symbol' | 'callId'> {
  const { location, symbol, callId } = callMatch(call, [], 'exact', '');
  return { location, symbol, callId };
}
