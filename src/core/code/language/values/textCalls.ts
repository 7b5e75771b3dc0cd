import { asMember, type Expression } from '../expression.ts';
import type { ScopedExpression } from '../program/symbols.ts';
import type { Constant, Evaluator } from './evaluator.ts';
import { joinTexts, mostText } from './scalars.ts';

type Call = Extract<Expression, { kind: 'call' | 'new' }>;

/** What functions of packages, and methods of texts and lists, make of constants: paths are made with them. */
export function callOnConstants(
  constants: Evaluator,
  call: Call,
  at: ScopedExpression,
  inner: (expression: Expression) => Constant,
): Constant {
  return packageCall(constants, call, at, inner) ?? textCall(constants, call, at, inner);
}

/** Functions of packages that names are made with: `camelCase`, `lowerFirst`, `upperFirst`. */
function packageCall(
  constants: Evaluator,
  { callee, args: [first] }: Call,
  at: ScopedExpression,
  inner: (expression: Expression) => Constant,
): string | undefined {
  if (first === undefined) return undefined;
  const { symbol } = constants.resolve({ ...at, expression: callee });
  const text = symbol?.kind === 'external' ? inner(first) : undefined;
  return symbol?.kind === 'external' && typeof text === 'string' && text.length <= mostText
    ? spelled(symbol.name.split('.').at(-1) ?? '', text)
    : undefined;
}

/** The few methods of strings that paths are made with. */
function textCall(
  constants: Evaluator,
  call: Call,
  at: ScopedExpression,
  inner: (expression: Expression) => Constant,
): Constant {
  const member = asMember(call.callee);
  if (!member) return undefined;
  const of = inner(member.of);
  const args = call.args.map(inner);
  if (Array.isArray(of) && member.name === 'join') {
    const [separator = ','] = args;
    const isText = of.every((item) => typeof item === 'string');
    return isText && typeof separator === 'string' ? joinTexts(of, separator) : undefined;
  }
  if (typeof of !== 'string' || of.length > mostText) return undefined;
  const [first, second] = args;
  switch (member.name) {
    case 'toLowerCase':
      return of.toLowerCase();
    case 'toUpperCase':
      return of.toUpperCase();
    case 'toString':
      return of;
    case 'trim':
      return of.trim();
    case 'startsWith':
    case 'endsWith':
    case 'includes':
      return typeof first === 'string' ? of[member.name](first) : undefined;
    case 'concat':
      return args.every((arg) => typeof arg === 'string') ? joinTexts([of, ...args]) : undefined;
    case 'substring':
    case 'slice':
      if (typeof first !== 'number') return first === undefined ? of : undefined;
      return typeof second === 'number' ? of.slice(first, second) : of.slice(first);
    case 'replace':
    case 'replaceAll':
      return replaced(constants, call, at, {
        of,
        first,
        second,
        all: member.name === 'replaceAll',
      });
    default:
      return undefined;
  }
}

interface Replacement {
  readonly of: string;
  readonly first: Constant;
  readonly second: Constant;
  readonly all: boolean;
}

function replaced(
  constants: Evaluator,
  { args: [search] }: Call,
  at: ScopedExpression,
  { of, first, second, all }: Replacement,
): string | undefined {
  if (typeof second !== 'string' || (of.length + 1) * second.length > mostText * 100)
    return undefined;
  if (typeof first === 'string')
    return all ? of.replaceAll(first, () => second) : of.replace(first, () => second);
  if (search === undefined || of.length > mostSearched) return undefined;
  const pattern = patternOf(constants, { ...at, expression: search });
  return pattern && of.replace(pattern, () => second);
}

/** Longer texts and patterns are no paths; without groups, and with few repetitions, none takes long. */
const mostSearched = 200;

/** A regular expression that is safe to run on the workspace's texts. */
function patternOf(constants: Evaluator, bound: ScopedExpression): RegExp | undefined {
  const { symbol, ...resolved } = constants.resolve(bound);
  const expression = symbol ? undefined : (resolved as ScopedExpression).expression;
  if (typeof expression !== 'object' || expression.kind !== 'pattern') return undefined;
  const { source, flags } = expression;
  const repetitions = source.match(/[*+{]/g)?.length ?? 0;
  if (source.length > mostSearched || repetitions > 2 || /\((?!\?:)|\)[*+{]|\\\d/.test(source))
    return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** What a function of lodash, change-case and the like makes of a text; undefined for other names. */
function spelled(name: string, text: string): string | undefined {
  const lower = (of: string) => of.slice(0, 1).toLowerCase() + of.slice(1);
  const upper = (of: string) => of.slice(0, 1).toUpperCase() + of.slice(1);
  const words = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const joined = () => words.map((word) => upper(word.toLowerCase())).join('');
  switch (name) {
    case 'lowerFirst':
      return lower(text);
    case 'upperFirst':
      return upper(text);
    case 'camelCase':
      return lower(joined());
    case 'pascalCase':
      return joined();
    case 'kebabCase':
    case 'paramCase':
    case 'dasherize':
      return words.map((word) => word.toLowerCase()).join('-');
    case 'snakeCase':
      return words.map((word) => word.toLowerCase()).join('_');
    default:
      return undefined;
  }
}
