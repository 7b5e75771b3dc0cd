import type { ScopedExpression } from '../program/symbols.ts';
import type { ConstantEvaluator } from './constantEvaluator.ts';
import { mostText } from './scalars.ts';

const maxDepth = 12;

/**
 * Whether a value is written down in the code: false for what comes from the environment or a call, or is one of
 * several, of which the running program may have another than the one that is found here.
 */
export const isFixed = (constants: ConstantEvaluator, bound: ScopedExpression): boolean =>
  !fixedShape(constants, bound).includes('*');

/** A text with `*` for each part that isn't written down in the code. */
export function fixedShape(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
  depth = 0,
): string {
  const { effort } = constants.program.queryDatabase;
  if (depth > maxDepth || !effort.enter()) return '*';
  const shape = shapeOf(constants, bound, depth);
  effort.leave();
  return shape.length > mostText ? '*' : shape;
}

function shapeOf(constants: ConstantEvaluator, bound: ScopedExpression, depth: number): string {
  const { expression } = bound;
  const inner = (next: ScopedExpression | undefined) =>
    next === undefined ? '*' : fixedShape(constants, next, depth + 1);
  if (typeof expression === 'string') return inner(named(constants, expression, bound));
  switch (expression.kind) {
    case 'text':
      return expression.text;
    case 'literal':
      return String(expression.value);
    case 'join':
      return expression.parts.map((part) => inner({ ...bound, expression: part })).join('');
    case 'typed':
      return inner({ ...bound, expression: expression.of });
    case 'member':
      return inner(constants.property({ ...bound, expression: expression.of }, expression.name));
    case 'parameter':
      return inner(bound.bindings?.get(expression.name));
    default:
      return '*';
  }
}

/** What a chain of names stands for: a value of a module, or a member of one. */
function named(
  constants: ConstantEvaluator,
  chain: string,
  { path }: ScopedExpression,
): ScopedExpression | undefined {
  const [root = '', ...members] = chain.split('.');
  let symbol = constants.program.resolve(path, root);
  if (symbol?.kind === 'namespace')
    symbol = constants.program.exported(symbol.path, members.shift() ?? '');
  if (symbol?.kind === 'class') return staticMember(constants, symbol, members);
  if (symbol?.kind !== 'value') return undefined;
  let found: ScopedExpression | undefined = { expression: symbol.fact.value, path: symbol.path };
  for (const name of members) found = found && constants.property(found, name);
  return found;
}

function staticMember(
  constants: ConstantEvaluator,
  { path, index }: { readonly path: string; readonly index: number },
  [name, ...rest]: readonly string[],
): ScopedExpression | undefined {
  const { properties } = constants.program.classAt(path, index);
  const value = properties.find((one) => one.static === true && one.name === name)?.value;
  return value === undefined || rest.length > 0 ? undefined : { expression: value, path };
}
