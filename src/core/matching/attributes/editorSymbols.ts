import { message } from '../../base/message.ts';
import type { WorkspacePath } from '../../code/location.ts';
import { functionNamed, type FunctionName, type NamedCode } from './namedCode.ts';
import { shownFunction } from './otherLanguage.ts';
import { isMatch, type Match, type SpanMatch } from '../match.ts';

/** A function or method as an extension for its language tells the editor; lines count from 1. */
export interface EditorSymbol {
  /** In the spelling of that extension: `Price`, `(*Server).Price`, `serve(String) : Order`. */
  readonly name: string;
  /** Of the symbol around it; empty when there is none. */
  readonly container: string;
  readonly path: WorkspacePath;
  /** Of the name. */
  readonly line: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

const maxAlternatives = 5;

/**
 * A match in a language that the index doesn't read, compared with the symbols of its file: exact where
 * the line is inside the function that the span names, the function's place where the line isn't.
 */
export function confirmInFile(
  match: Match,
  named: NamedCode,
  symbols: readonly EditorSymbol[],
): Match {
  if (named.function === undefined || symbols.length === 0) return match;
  const functions = symbolsOf(named.function, symbols);
  const { line } = match.location;
  const around = functions.find((symbol) => isAt(line, symbol, symbols));
  const name = shownFunction(named.function);
  if (named.line !== undefined && around !== undefined) {
    const inside = message('Line recorded on the span, inside {0}.', name);
    const confidence = match.alternatives.length > 0 ? match.confidence : 'exact';
    return { ...match, symbol: name, confidence, reason: inside };
  }
  const [only, ...others] = functions;
  if (only === undefined) {
    const none = message("{0} isn't in the file.", name);
    return { ...match, confidence: 'weak', reason: `${match.reason} ${none}` };
  }
  if (others.length > 0) return match;
  const location = { path: only.path, line: only.line, column: 1 };
  if (named.line === undefined) {
    const found = message('Found {0} in the file with that name.', name);
    return { ...match, location, symbol: name, confidence: 'likely', reason: found };
  }
  const moved = message(
    'The code has changed; {1} is now at {2} (recorded at line {0}).',
    named.line,
    name,
    `${only.path.slice(only.path.lastIndexOf('/') + 1)}:${only.line}`,
  );
  return { ...match, location, symbol: name, confidence: 'strong', reason: moved, drifted: true };
}

/** A span that names a function and no file of the workspace, by the symbols of the whole workspace. */
export function findInWorkspace(
  match: SpanMatch,
  wanted: FunctionName,
  symbols: readonly EditorSymbol[],
): SpanMatch {
  const functions = symbolsOf(wanted, symbols);
  const [first, ...others] = functions;
  if (first === undefined || (isMatch(match) && match.confidence !== 'weak')) return match;
  const symbol = shownFunction(wanted);
  const isOnly = others.length === 0;
  const at = ({ path, line }: EditorSymbol) => ({ path, line, column: 1 });
  return {
    location: at(first),
    symbol,
    confidence: isOnly && wanted.className !== '' ? 'likely' : 'weak',
    reason: isOnly
      ? message('The only function named {0}.', symbol)
      : message('One of {1} functions named {0}.', symbol, functions.length),
    alternatives: others
      .slice(0, maxAlternatives)
      .map((other) => ({ location: at(other), symbol: spelled(other) })),
    handlerId: undefined,
    callId: undefined,
  };
}

/** Decorators and annotations stand above a function, and some extensions don't count them to it. */
const decoratorLines = 5;

function isAt(line: number, symbol: EditorSymbol, symbols: readonly EditorSymbol[]): boolean {
  const { firstLine, lastLine } = symbol;
  if (firstLine <= line && line <= lastLine) return true;
  const isJustAbove = firstLine - decoratorLines <= line && line < firstLine;
  return isJustAbove && !symbols.some((other) => other.firstLine <= line && line <= other.lastLine);
}

/** Functions of that name, those of the class or module before others. */
function symbolsOf(
  wanted: FunctionName,
  symbols: readonly EditorSymbol[],
): readonly EditorSymbol[] {
  const named = symbols.filter(({ name }) => partsOf(name)?.name === wanted.name);
  const own = named.filter((symbol) => wanted.className !== '' && isAround(symbol, wanted));
  return own.length > 0 ? own : named;
}

function isAround({ name, container }: EditorSymbol, { className }: FunctionName): boolean {
  const around = [...(partsOf(name)?.around ?? []), ...container.split(/[^\p{L}\p{N}_$]+/u)];
  return around.includes(className);
}

/** Without the parameters and types that some extensions put behind a name. */
const partsOf = (name: string): FunctionName | undefined =>
  functionNamed(name.replace(/(?<=[\p{L}\p{N}_$])\(.*$/u, '').replace(/ :.*$/, ''));

const spelled = ({ name, container }: EditorSymbol): string =>
  container === '' ? name : `${container}.${name}`;
