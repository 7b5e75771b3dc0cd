import { attributeOf, textAttribute, type Attributes } from '../../trace/rawSpan.ts';

/** A function as a span or a stack frame names it. */
export interface FunctionName {
  /** What is around it: a class, or in other languages a module or package as well; outermost first. */
  readonly around: readonly string[];
  /** The innermost of these: `OrdersService`; empty when there is none. */
  readonly className: string;
  readonly name: string;
}

/** What `code.*` attributes say; undefined where they say nothing. */
export interface NamedCode {
  readonly path: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  /** From 1; 1 when it isn't told. */
  readonly column: number;
  readonly function: FunctionName | undefined;
}

/** `code.*` attributes, the stable names (semantic conventions 1.33) before the old ones. */
export function readNamedCode(attributes: Attributes): NamedCode {
  const whole = textAttribute(attributes, ...functionKeys);
  const namespace = textAttribute(attributes, 'code.namespace');
  return {
    path: textAttribute(attributes, 'code.file.path', 'code.filepath'),
    line: numberOf(attributes, 'code.line.number', 'code.lineno'),
    column: numberOf(attributes, 'code.column.number', 'code.column') ?? 1,
    function: whole === undefined ? undefined : functionNamed(whole, namespace),
  };
}

/**
 * Whether a function is spelled as JavaScript doesn't: namespaces of PHP, receivers of Go, Elixir's and Erlang's number
 * of arguments. `Orders::list` is PHP's, Rust's or C++'s, unless the SDK is one of JavaScript.
 */
export const isForeignName = (attributes: Attributes, isJavaScript: boolean): boolean =>
  [textAttribute(attributes, ...functionKeys), textAttribute(attributes, 'code.namespace')].some(
    (text = '') => foreign.test(text) || (!isJavaScript && text.includes('::')),
  );

const foreign = /\\|->|\(\*|\/\d+$|<locals>/;
const functionKeys = ['code.function.name', 'code.function'] as const;

const longestName = 500;
const separators = /[./\\#]|::/;

/**
 * The parts of a function's name: `OrdersService.remove`, `new OrdersService`, `async OrdersService.list`,
 * `Shop\Orders::show`, `github.com/shop/orders.(*Server).Price.func1`. Undefined where no name is in it:
 * `<anonymous>`.
 * @param namespace of `code.namespace`, for a name that stands alone.
 */
export function functionNamed(text: string, namespace?: string): FunctionName | undefined {
  if (text.length > longestName) return undefined;
  const bare = text
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/^(?:async|static|get|set) /, '')
    .replace(/\([^()]*\)$/, '');
  const isNew = bare.startsWith('new ');
  const whole = isNew ? `${bare.slice(4)}.constructor` : bare;
  const parts = whole.split(separators).flatMap(namePart);
  // Go numbers the functions inside a function: they are in the one around them.
  while (parts.length > 1 && /^func\d+$|^\d+$/.test(parts.at(-1) ?? '')) parts.pop();
  const name = parts.at(-1);
  if (name === undefined || name.startsWith('<')) return undefined;
  const outer = parts.length > 1 ? parts.slice(0, -1) : (namespace?.split(separators) ?? []);
  const around = outer.filter((part) => part !== '' && !part.startsWith('<'));
  return { around, className: around.at(-1) ?? '', name };
}

/** `(*Server)` is Go's receiver, `{closure}` PHP's, `Main$1` Java's class within another. */
function namePart(part: string): readonly string[] {
  const bare = part.replace(/^\(\*?(.*)\)$/, '$1').replace(/(?<=.)\$.*$/, '');
  return bare === '' || /^\{.*\}$/.test(bare) ? [] : [bare];
}

/** Jaeger and some SDKs keep numbers as text. */
function numberOf(attributes: Attributes, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = Number(attributeOf(attributes, key) ?? NaN);
    if (Number.isSafeInteger(value) && value > 0) return value;
  }
  return undefined;
}
