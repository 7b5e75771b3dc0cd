import type { CodeIndex } from '../../../code/model.ts';
import type { RawSpan } from '../../../trace/rawSpan.ts';
import type { Match } from '../../match.ts';
import { callMatch } from '../callMatch.ts';
import { clientRequestOf } from './clientRequest.ts';

/** The match of an HTTP client's span that names its line, with the call there; of any other span the match as it is. */
export function attachHttpCall(named: Match, span: RawSpan, index: CodeIndex): Match {
  if (clientRequestOf(span) === undefined) return named;
  const { path, line } = named.location;
  const call = index.calls.find(
    ({ library, location }) =>
      library === 'http' && location.path === path && location.line === line,
  );
  if (!call) return named;
  const { location, symbol, callId } = callMatch(call, [], named.confidence, named.reason);
  return { ...named, location, symbol, callId };
}
