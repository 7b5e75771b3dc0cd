import { message } from '../../base/message.ts';
import type { CodeIndex, MethodFact } from '../../code/model.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { Match } from '../match.ts';
import { followMethod, type Followed } from './followMethod.ts';
import { fileName, methodSymbol } from '../lookups.ts';
import type { FunctionName } from './namedCode.ts';
import { place } from './namedPlace.ts';

/** What a recorded line is known by. */
interface Evidence {
  /** Whether the file is certain. */
  readonly certain: boolean;
  /** Says why it isn't, too. */
  readonly reason: string;
}

/**
 * Recorded lines of files that may be meant, each checked against the function they were in: a file that isn't certain
 * and has neither its function nor its class is not meant.
 */
export function placeLine(
  all: readonly CodeLocation[],
  { certain, reason }: Evidence,
  wanted: FunctionName | undefined,
  index: CodeIndex,
): Match | undefined {
  const checked = all
    .map((location) => ({ location, followed: followMethod(location, wanted, index) }))
    .filter(({ followed }) => certain || followed.kind !== 'foreign');
  const recorded = checked.map(({ location }) => location);
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
    const doubt = functionDoubt(only.followed, wanted);
    if (doubt !== '') return place([only.location], 'likely', `${reason} ${doubt}`, index);
  }
  return place(recorded, certain ? 'exact' : 'likely', reason, index);
}

/** What the function that a line was in says against it; empty: nothing. */
export function functionDoubt({ kind }: Followed, wanted: FunctionName | undefined): string {
  if (kind === 'unsure') {
    return message('The recorded line is no longer inside the recorded function.');
  }
  return kind === 'foreign' && wanted !== undefined
    ? message("Class {0} isn't in the workspace.", wanted.className)
    : '';
}

/** The file changed since the span was recorded: the method's place now. */
function movedMatch(
  method: MethodFact,
  recorded: CodeLocation,
  { certain, reason }: Evidence,
  index: CodeIndex,
): Match | undefined {
  const now = message(
    'The code has changed; {1} is now at {2} (recorded at line {0}).',
    recorded.line,
    methodSymbol(method),
    `${fileName(method.location.path)}:${method.location.line}`,
  );
  const found = place([method.location], certain ? 'strong' : 'likely', `${reason} ${now}`, index);
  return found && { ...found, drifted: true };
}
