import { asMember, type Expression } from '../../language/expression.ts';
import type { FileFacts } from '../../language/facts.ts';
import type { WorkspacePath } from '../../location.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';

/** Packages that environment variables are declared with. */
const schemaPackages = /^(joi|@hapi\/joi|zod|yup|envalid|znv|@t3-oss\/env-core)$/;
const variableName = /^[A-Z][A-Z\d]*(_[A-Z\d]+)*$/;
const maxDepth = 12;

/**
 * Defaults that the workspace declares for environment variables: `API_PREFIX: Joi.string().default('api')`, of
 * zod, yup and the like, `str({ default: 'api' })`, and properties of a class, `API_PREFIX = 'api'`. By name.
 */
export function environmentDefaults(constants: ConstantEvaluator): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [path, facts] of constants.program.files) {
    for (const { properties } of facts.classes) {
      for (const { name, value, static: isStatic } of properties) {
        if (isStatic || value === undefined || !variableName.test(name)) continue;
        const text = constants.value({ expression: value, path });
        if (typeof text === 'string' && !found.has(name)) found.set(name, text);
      }
    }
    if (!facts.imports.some(({ from }) => schemaPackages.test(from))) continue;
    for (const expression of declarationsOf(facts)) {
      collect(constants, expression, path, found, 0);
    }
  }
  return found;
}

function* declarationsOf({ values, classes, methods }: FileFacts): Iterable<Expression> {
  for (const { value } of values) yield value;
  for (const { decorators } of classes) for (const { args = [] } of decorators) yield* args;
  for (const { returns = [] } of methods) yield* returns;
}

function collect(
  constants: ConstantEvaluator,
  expression: Expression,
  path: WorkspacePath,
  found: Map<string, string>,
  depth: number,
): void {
  if (typeof expression === 'string' || depth > maxDepth) return;
  const inner = (next: Expression) => collect(constants, next, path, found, depth + 1);
  switch (expression.kind) {
    case 'call':
    case 'new':
      expression.args.forEach(inner);
      inner(expression.callee);
      return;
    case 'member':
    case 'guarded':
      inner(expression.of);
      return;
    case 'array':
      expression.items.forEach(inner);
      return;
    case 'object':
      for (const [key, value] of expression.entries) {
        const text = variableName.test(key) ? defaultOf(constants, value, path) : undefined;
        if (text === undefined) inner(value);
        else if (!found.has(key)) found.set(key, text);
      }
  }
}

/** Of `….default('api')…` or `str({ default: 'api' })`. */
function defaultOf(
  constants: ConstantEvaluator,
  expression: Expression,
  path: WorkspacePath,
): string | undefined {
  let call = expression;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    if (typeof call === 'string' || call.kind !== 'call') return undefined;
    const member = asMember(call.callee);
    const [first] = call.args;
    if (first !== undefined) {
      const argument = { expression: first, path };
      const given = member?.name === 'default' ? argument : constants.property(argument, 'default');
      const text = given && constants.value(given);
      if (typeof text === 'string') return text;
    }
    if (!member) return undefined;
    call = member.of;
  }
  return undefined;
}
