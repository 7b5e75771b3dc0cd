import { message } from '../../base/message.ts';
import type { CodeIndex, CodeLocation, MethodFact } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Confidence, Match } from '../match.ts';
import { followMethod } from './followMethod.ts';
import { enclosingMethod, fileName, methodSymbol } from './lookups.ts';
import { readNamedCode, type FunctionName } from './namedCode.ts';
import { isOtherLanguage, matchByCustom, shownFunction, unreadMatch } from './otherLanguage.ts';
import type { PathOptions } from './options.ts';
import { findMappedSource, findWorkspaceFiles } from './workspaceFile.ts';

/**
 * Step 1 of the ladder: `code.*` attributes, stable names before old ones; undefined when the span has
 * none that lead into the workspace. Exact where file and line are known and the line is still inside the
 * function the span names; where the file changed since, the function's place now. As sure as the name
 * otherwise.
 */
export function matchCodeAttributes(
  span: RawSpan,
  index: CodeIndex,
  options: PathOptions,
): Match | undefined {
  const { path, line, column, function: wanted } = readNamedCode(span.attributes);
  if (path === undefined) return matchFunction(wanted, span, index);
  const shown = `${fileName(path)}${line === undefined ? '' : `:${line}`}`;
  if (line !== undefined) {
    const source = findMappedSource(path, line, column, index, options);
    if (source !== undefined) {
      const { location, certain } = source;
      const reason = message('The span names its line, {0}, in the compiled file.', shown);
      return placeLine([location], { certain, reason }, wanted, index);
    }
  }
  const { files, certain, compiled } = findWorkspaceFiles(path, index, options);
  if (files.length === 0) return undefined;
  if (compiled || line === undefined) return matchMethodIn(files, wanted, shown, index);
  const locations = files.map((file) => ({ path: file, line, column }));
  const reason = message('The span names its line: {0}.', shown);
  const match = placeLine(locations, { certain, reason }, wanted, index);
  return match && isOtherLanguage(match.location, index) ? unreadMatch(match, wanted) : match;
}

interface Evidence {
  /** Whether the file is certain. */
  readonly certain: boolean;
  readonly reason: string;
}

/** Recorded lines of files that may be meant, each checked against the function they were in. */
function placeLine(
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

function matchFunction(
  wanted: FunctionName | undefined,
  span: RawSpan,
  index: CodeIndex,
): Match | undefined {
  if (wanted === undefined || wanted.className === '') return undefined;
  const found = placeMethods(
    index.methodsNamed(wanted.className, wanted.name),
    'likely',
    message('The span names its function, {0}, but no file.', shownFunction(wanted)),
    index,
  );
  return found ?? matchByCustom(wanted, span, index);
}

/** Of a file without a line that counts, the function's; where that isn't known the file's first line. */
function matchMethodIn(
  files: readonly string[],
  wanted: FunctionName | undefined,
  shown: string,
  index: CodeIndex,
): Match | undefined {
  const methods = files.flatMap((file) =>
    index
      .methodsOf(file)
      .filter(
        ({ name, className }) =>
          name === wanted?.name && (wanted.className === '' || wanted.className === className),
      ),
  );
  const byName = message(
    'The span names its file and function: {0}.',
    `${shown} ${wanted?.name ?? ''}`,
  );
  return (
    placeMethods(methods, 'strong', byName, index) ??
    place(
      files.map((path) => ({ path, line: 1, column: 1 })),
      'weak',
      message('The span names its file, {0}, but no line of the source.', shown),
      index,
    )
  );
}

function placeMethods(
  methods: readonly MethodFact[],
  confidence: Confidence,
  reason: string,
  index: CodeIndex,
): Match | undefined {
  return place(
    methods.map(({ location }) => location),
    confidence,
    reason,
    index,
  );
}

/** The first location; more than one is `likely` at most. */
function place(
  locations: readonly CodeLocation[],
  confidence: Confidence,
  reason: string,
  index: CodeIndex,
): Match | undefined {
  const [location, ...others] = locations;
  if (location === undefined) return undefined;
  return {
    location,
    symbol: symbolAt(location, index),
    confidence: others.length > 0 && confidence !== 'weak' ? 'likely' : confidence,
    reason:
      others.length > 0
        ? `${reason} ${message('{0} more places fit as well.', others.length)}`
        : reason,
    alternatives: others.map((other) => ({ location: other, symbol: symbolAt(other, index) })),
    handlerId: undefined,
    prismaCallId: undefined,
  };
}

/** `OrdersService.remove`, or `main.ts:12` outside methods. */
export function symbolAt(location: CodeLocation, index: CodeIndex): string {
  const method = enclosingMethod(index, location.path, location.line);
  return method === undefined
    ? `${fileName(location.path)}:${location.line}`
    : methodSymbol(method);
}
