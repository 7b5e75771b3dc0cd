import { asMember, type Expression } from '../../language/expression.ts';
import { bindArguments, parameterNames } from '../../language/values/bindNames.ts';
import type { ScopedExpression, ClassSymbol } from '../../language/program/symbols.ts';
import { Classes } from '../../language/types/classes.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';

/** How an application or a container gives a service: `app.get(ApiConfig)`. */
const gets = new Set(['get', 'resolve']);

/** Values of services and other objects of the workspace's classes: their properties, getters and methods. */
export class ServiceMembers {
  readonly #constants: ConstantEvaluator;
  readonly #classes: Classes;

  constructor(constants: ConstantEvaluator) {
    this.#constants = constants;
    this.#classes = new Classes(constants);
  }

  /** What `app.get(ApiConfig).prefix`, `new ApiConfig().prefix` or `this.prefix()` stands for, in its class. */
  of(bound: ScopedExpression): ScopedExpression | undefined {
    const { expression } = bound;
    const isCall = typeof expression === 'object' && expression.kind === 'call';
    const member = asMember(isCall ? expression.callee : expression);
    const owner = member && this.#classOf({ ...bound, expression: member.of });
    if (!member || !owner) return undefined;
    const args = isCall ? this.#constants.arguments(expression.args, bound) : [];
    return this.#member(owner, member.name, isCall ? args : undefined);
  }

  #classOf(bound: ScopedExpression): ClassSymbol | undefined {
    if (bound.expression === 'this') return bound.self;
    const { symbol, ...resolved } = this.#constants.resolve(bound);
    if (symbol || !('expression' in resolved)) return undefined;
    const given = classExpression(resolved.expression);
    if (given === undefined) return undefined;
    const of = this.#constants.resolve({ ...resolved, expression: given });
    return of.symbol?.kind === 'class' ? of.symbol : undefined;
  }

  #member(
    owner: ClassSymbol,
    name: string,
    args: readonly ScopedExpression[] | undefined,
  ): ScopedExpression | undefined {
    for (const { symbol, fact } of this.#classes.ancestry(owner).classes) {
      const { path } = symbol;
      const property = fact.properties.find((known) => known.name === name);
      if (property?.value !== undefined) return { expression: property.value, path, self: owner };
    }
    const found = this.#classes.method(owner, name);
    if (!found || (found.method.kind === 'getter') !== (args === undefined)) return undefined;
    const [expression] = found.method.returns ?? [];
    if (expression === undefined) return undefined;
    const bindings = bindArguments(parameterNames(found.method), args ?? []);
    return { expression, path: found.path, bindings, self: owner };
  }
}

/** The class in `new X()` and `app.get(X)`. */
function classExpression(of: Expression): Expression | undefined {
  if (typeof of === 'string') return undefined;
  if (of.kind === 'new') return of.callee;
  const name = of.kind === 'call' ? asMember(of.callee)?.name : undefined;
  return of.kind === 'call' && gets.has(name ?? '') ? of.args[0] : undefined;
}
