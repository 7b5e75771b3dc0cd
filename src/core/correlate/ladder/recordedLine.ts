import { message } from '../../base/message.ts';
import type { CodeIndex, CodeLocation, MethodFact } from '../../code/model.ts';
import type { Match } from '../match.ts';
import { followMethod } from './followMethod.ts';
import { fileName, methodSymbol } from './lookups.ts';
import type { FunctionName } from './namedCode.ts';
import { place } from './namedPlace.ts';

/** What a recorded line is known by. */
interface Evidence {
  /** Whether the file is certain. */
  readonly certain: boolean;
  readonly reason: string;
}

/** Recorded lines of files that may be meant, each checked against the function they were in. */
export function placeLine(
  recorded: readonly CodeLocation[],
  { certain, reason }: Evidence,
  wanted: FunctionName | undefined,
  index: CodeIndex,
): Match | undefined {
  const checked = recorded.map((location) => ({
    location,
    followed: followMethod(location, wanted, index),
  }));
  const inside = checked.filter(({ followed }) => followed.kind === 'here');
  if (inside.length === 1) {
    const isTold = certain && recorded.length === 1;
    return place(
      inside.map(({ location }) => location),
      isTold ? 'exact' : 'strong',
      reason,
      index,
    );
  }
  const [only] = checked;
  if (only !== undefined && checked.length === 1) {
    if (only.followed.kind === 'moved') {
      return movedMatch(only.followed.method, only.location, { certain, reason }, index);
    }
    if (only.followed.kind === 'unsure') {
      const doubt = message('That line is no longer inside the function the span names.');
      return place([only.location], 'likely', `${reason} ${doubt}`, index);
    }
  }
  return place(recorded, certain ? 'exact' : 'likely', reason, index);
}

/** The file changed since the span was recorded: the method's place now. */
function movedMatch(
  method: MethodFact,
  recorded: CodeLocation,
  { certain, reason }: Evidence,
  index: CodeIndex,
): Match | undefined {
  const now = message(
    'The code changed since: line {0} is not in {1} any more, which is at {2} now.',
    recorded.line,
    methodSymbol(method),
    `${fileName(method.location.path)}:${method.location.line}`,
  );
  const found = place([method.location], certain ? 'strong' : 'likely', `${reason} ${now}`, index);
  return found && { ...found, drifted: true };
}
