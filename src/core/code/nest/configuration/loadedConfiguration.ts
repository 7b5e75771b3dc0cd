import { asMember } from '../../language/expression.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';

/** What the functions return that modules load: `ConfigModule.forRoot({ load: [configuration] })`. */
export function* loadedConfiguration(constants: ConstantEvaluator): Iterable<ScopedExpression> {
  for (const [path, { imports, classes }] of constants.program.files) {
    if (!imports.some(({ from }) => from === '@nestjs/config')) continue;
    for (const { decorators } of classes) {
      for (const { args = [] } of decorators) {
        for (const expression of args) yield* loadedBy(constants, { expression, path });
      }
    }
  }
}

function* loadedBy(
  constants: ConstantEvaluator,
  options: ScopedExpression,
): Iterable<ScopedExpression> {
  const imports = constants.property(options, 'imports');
  for (const { expression, ...at } of imports ? constants.items(imports) : []) {
    if (typeof expression !== 'object' || expression.kind !== 'call') continue;
    const [given] = expression.args;
    if (given === undefined || asMember(expression.callee)?.name !== 'forRoot') continue;
    const load = constants.property({ ...at, expression: given }, 'load');
    for (const factory of load ? constants.items(load) : []) {
      yield* constants.returnedBy(constants.resolve(factory), []);
    }
  }
}
