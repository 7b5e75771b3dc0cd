import { message } from '../../base/message.ts';
import { onceEach } from '../../base/onceEach.ts';
import type { CodeIndex, MethodFact } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Match } from '../match.ts';
import { fileName } from '../lookups.ts';
import { isForeignName, readNamedCode, type FunctionName } from './namedCode.ts';
import { place, placeMethods } from './namedPlace.ts';
import { isFoundIn } from './qualifiedName.ts';
import type { PathOptions } from '../options.ts';
import {
  isJavaScript,
  isOfJavaScript,
  isOtherLanguage,
  languageOf,
  matchByCustom,
  shownFunction,
  unreadMatch,
} from './otherLanguage.ts';
import { placeLine } from './recordedLine.ts';
import { classSays, isUnknownClass } from './runtimeClass.ts';
import { plainPath } from '../files/spanPath.ts';
import { isBelow } from '../files/standing.ts';
import { findMappedSource, findWorkspaceFiles, type FoundFiles } from '../files/workspaceFile.ts';

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
  const known = placesOf(options);
  const key = placeKey(span);
  if (!known.has(key)) known.set(key, findPlace(span, index, options));
  return known.get(key);
}

/** Of one mapping: many spans name the same line. */
const placesOf = onceEach<PathOptions, Map<string, Match | undefined>>(() => new Map());

function placeKey({ attributes }: RawSpan): string {
  let text = '';
  for (const { key, value } of attributes) {
    if (key.startsWith('code.')) text += `${key}=${String(value)}\n`;
  }
  return text;
}

function findPlace(span: RawSpan, index: CodeIndex, options: PathOptions): Match | undefined {
  const { path, line, column, function: wanted } = readNamedCode(span.attributes);
  if (path === undefined) return matchFunction(wanted, span, index, options);
  const shown = `${fileName(plainPath(path))}${line === undefined ? '' : `:${line}`}`;
  if (line !== undefined) {
    const source = findMappedSource(path, line, column, index, options);
    if (source !== undefined) {
      const { location, certain, doubt } = source;
      const named = message(
        'Found with a source map from {0}, the line recorded on the span.',
        shown,
      );
      const reason = `${named} ${doubt}`.trim();
      return placeLine([location], { certain, reason }, wanted, index);
    }
  }
  const found = findWorkspaceFiles(path, index, options);
  const { files, certain, doubt, compiled } = found;
  if (files.length === 0) return undefined;
  if (compiled || line === undefined) return matchMethodIn(found, wanted, shown, index);
  const locations = files.map((file) => ({ path: file, line, column }));
  const reason = `${message('Line recorded on the span: {0}.', shown)} ${doubt}`.trim();
  const match = placeLine(locations, { certain, reason }, wanted, index);
  return match && isOtherLanguage(match.location, index) ? unreadMatch(match, wanted) : match;
}

/** A function that is named without a file: a method here, where everything around its class is of here as well. */
function matchFunction(
  wanted: FunctionName | undefined,
  span: RawSpan,
  index: CodeIndex,
  { root }: PathOptions,
): Match | undefined {
  if (wanted === undefined || wanted.className === '') return undefined;
  if (!isOfJavaScript(span)) return matchByCustom(wanted, span, index);
  if (isForeignName(span.attributes, isJavaScript(languageOf(span)))) return undefined;
  const methods = index
    .methodsNamed(wanted.className, wanted.name)
    .filter(({ location }) => isFoundIn(wanted, location.path, index));
  const own = methods.filter(({ location }) => isBelow(location.path, root));
  return placeMethods(
    own.length > 0 ? own : methods,
    'likely',
    message('Function recorded on the span, without a file: {0}.', shownFunction(wanted)),
    index,
  );
}

/** Of a file without a line that counts, the function's; where that isn't known the file's first line. */
function matchMethodIn(
  { files, certain, doubt }: FoundFiles,
  wanted: FunctionName | undefined,
  shown: string,
  index: CodeIndex,
): Match | undefined {
  const methods = files.flatMap((file) => methodsCalled(wanted, file, index));
  const byName = message(
    'File and function recorded on the span: {0}.',
    `${shown} ${wanted?.name ?? ''}`,
  );
  const isMeant = certain || !isUnknownClass(wanted?.className ?? '', index);
  return (
    placeMethods(methods, certain ? 'strong' : 'likely', `${byName} ${doubt}`.trim(), index) ??
    place(
      isMeant ? files.map((path) => ({ path, line: 1, column: 1 })) : [],
      'weak',
      message('Only the file ({0}) is known, not the line.', shown),
      index,
    )
  );
}

/** Methods of a file that a function's name means: of its class, else of the one that its class inherits from. */
function methodsCalled(
  wanted: FunctionName | undefined,
  file: string,
  index: CodeIndex,
): readonly MethodFact[] {
  if (wanted === undefined) return [];
  const named = index.methodsOf(file).filter(({ name }) => name === wanted.name);
  if (wanted.className === '') return named;
  const says = (method: MethodFact) => classSays(wanted.className, method, index);
  const own = named.filter((method) => says(method) === 'own');
  const possible = named.filter((method) => says(method) !== 'other');
  return own.length > 0 ? own : possible;
}
