import { message } from '../../base/message.ts';
import type { CallSite, CodeIndex } from '../../code/model.ts';
import { lower } from '../confidence.ts';
import { enclosingMethod, fileName } from '../lookups.ts';
import type { Match } from '../match.ts';
import { callMatch } from './callMatch.ts';

/**
 * The match of a call's span whose recorded line has no such call any more: the file changed since, and the
 * call is looked for in the method. Undefined where none of them is there.
 * @param calls in that file, which may have made the span.
 */
export function movedCall(
  named: Match,
  calls: readonly CallSite[],
  index: CodeIndex,
): Match | undefined {
  const { path, line } = named.location;
  const method = enclosingMethod(index, path, line);
  if (method === undefined) return undefined;
  const [call, ...others] = calls.filter(({ methodId }) => methodId === method.id);
  if (call === undefined) return undefined;
  const moved = message(
    'The code has changed; the call is now at {0}.',
    `${fileName(path)}:${call.location.line}`,
  );
  const confidence = lower(named.confidence, others.length > 0 ? 'likely' : 'strong');
  return {
    ...callMatch(call, others, confidence, `${named.reason} ${moved}`),
    drifted: true,
  };
}
