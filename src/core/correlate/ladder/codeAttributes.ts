import { message } from '../../base/message.ts';
import type { CodeIndex, CodeLocation, MethodFact } from '../../code/model.ts';
import { attributeOf, textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Confidence, Match } from '../match.ts';
import { enclosingMethod, fileName, methodSymbol } from './lookups.ts';
import type { PathOptions } from './options.ts';
import { findMappedSource, findWorkspaceFiles } from './workspaceFile.ts';

/**
 * Step 1 of the ladder: `code.*` attributes, stable names before old ones; undefined when the span has
 * none that lead into the workspace. Exact where file and line are known, as sure as the name otherwise.
 */
export function matchCodeAttributes(
  { attributes }: RawSpan,
  index: CodeIndex,
  options: PathOptions,
): Match | undefined {
  const path = textAttribute(attributes, 'code.file.path', 'code.filepath');
  const names = functionNames(attributes);
  if (path === undefined) return matchFunction(names, index);
  const line = numberOf(attributes, 'code.line.number', 'code.lineno');
  const column = numberOf(attributes, 'code.column.number', 'code.column') ?? 1;
  const shown = `${fileName(path)}${line === undefined ? '' : `:${line}`}`;
  if (line !== undefined) {
    const source = findMappedSource(path, line, column, index, options);
    if (source !== undefined) {
      return place(
        [source.location],
        source.certain ? 'exact' : 'likely',
        message('The span names its line, {0}, in the compiled file.', shown),
        index,
      );
    }
  }
  const found = findWorkspaceFiles(path, index, options);
  if (found.files.length === 0) return undefined;
  if (found.compiled || line === undefined) return matchMethodIn(found.files, names, shown, index);
  const locations = found.files.map((file) => ({ path: file, line, column }));
  const sure = found.certain ? 'exact' : 'likely';
  return place(locations, sure, message('The span names its line: {0}.', shown), index);
}

interface FunctionNames {
  readonly className: string;
  readonly name: string;
}

/** From `code.function.name` (`Class.method`, `Class::method`), or `code.namespace` and `code.function`. */
function functionNames(attributes: RawSpan['attributes']): FunctionNames | undefined {
  const whole = textAttribute(attributes, 'code.function.name', 'code.function');
  if (whole === undefined) return undefined;
  const parts = whole.split(/\.|::|#/);
  const namespace = textAttribute(attributes, 'code.namespace')?.split('.').at(-1);
  return { className: parts.at(-2) ?? namespace ?? '', name: parts.at(-1) ?? whole };
}

function matchFunction(names: FunctionNames | undefined, index: CodeIndex): Match | undefined {
  if (names === undefined || names.className === '') return undefined;
  return placeMethods(
    index.methodsNamed(names.className, names.name),
    'likely',
    message('The span names its function, {0}, but no file.', `${names.className}.${names.name}`),
    index,
  );
}

/** Of a file without a line that counts, the function's; where that isn't known the file's first line. */
function matchMethodIn(
  files: readonly string[],
  names: FunctionNames | undefined,
  shown: string,
  index: CodeIndex,
): Match | undefined {
  const methods = files.flatMap((file) =>
    index
      .methodsOf(file)
      .filter(
        ({ name, className }) =>
          name === names?.name && (names.className === '' || names.className === className),
      ),
  );
  const byName = message(
    'The span names its file and function: {0}.',
    `${shown} ${names?.name ?? ''}`,
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

/** Jaeger and some SDKs keep numbers as text. */
function numberOf(
  attributes: RawSpan['attributes'],
  ...keys: readonly string[]
): number | undefined {
  for (const key of keys) {
    const value = Number(attributeOf(attributes, key) ?? NaN);
    if (Number.isSafeInteger(value) && value > 0) return value;
  }
  return undefined;
}
