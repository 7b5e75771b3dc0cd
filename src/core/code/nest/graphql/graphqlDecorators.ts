import type { GraphqlHandler } from '../../model.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { nestDecorators, type NestDecorator } from '../nestDecorators.ts';

/** What a resolver's decorator says of the schema. */
export interface ResolverField {
  readonly operation: GraphqlHandler['operation'];
  /** Undefined: the method's name; empty: one is given that can't be known. */
  readonly name: string | undefined;
}

const operations: Readonly<Record<string, GraphqlHandler['operation']>> = {
  Query: 'query',
  Mutation: 'mutation',
  Subscription: 'subscription',
  ResolveField: 'field',
  ResolveProperty: 'field',
};

const isGraphql = ({ module }: NestDecorator) => /^@nestjs\/graphql(\/|$)/.test(module);

/** `@Query`, `@Mutation`, `@Subscription` and `@ResolveField`, code first and schema first. */
export function readResolverField(
  constants: ConstantEvaluator,
  decorator: NestDecorator,
): ResolverField | undefined {
  if (!isGraphql(decorator) || !Object.hasOwn(operations, decorator.name)) return undefined;
  const operation = operations[decorator.name];
  return operation && { operation, name: nameOf(constants, decorator.args) };
}

/** A text, or `name` of the options, which stand first, second or third. */
function nameOf(
  constants: ConstantEvaluator,
  args: readonly ScopedExpression[],
): string | undefined {
  const [first] = args;
  const text = first && constants.value(first);
  if (typeof text === 'string' && text !== '') return text;
  for (const arg of args) {
    const option = constants.property(arg, 'name');
    if (!option) continue;
    const name = constants.value(option);
    if (name !== null && name !== '') return typeof name === 'string' ? name : '';
  }
  return undefined;
}

/** What `@Resolver` of a class or method says. */
export interface ResolverOptions {
  /** GraphQL type whose fields it resolves; undefined: none is given. */
  readonly parent: string | undefined;
  /** Made to be extended: it resolves nothing itself. */
  readonly isAbstract: boolean;
}

/** `@Resolver`, `@Resolver('Order')`, `@Resolver(() => Order)`, `@Resolver(Order)`; undefined without one. */
export function readResolver(
  constants: ConstantEvaluator,
  decorators: readonly NestDecorator[],
): ResolverOptions | undefined {
  const found = decorators.find((d) => d.name === 'Resolver' && isGraphql(d));
  if (!found) return undefined;
  const parent = found.args[0] && typeName(constants, found.args[0]);
  const isAbstract = found.args.some((arg) => {
    const option = constants.property(arg, 'isAbstract');
    return option !== undefined && constants.value(option) === true;
  });
  return { parent, isAbstract };
}

const typeDecorators = new Set(['ObjectType', 'InterfaceType']);

/** Name of a GraphQL type by its text, its class or a function that returns either. */
function typeName(constants: ConstantEvaluator, of: ScopedExpression): string | undefined {
  const resolved = constants.resolve(of);
  const { symbol } = resolved;
  if (symbol?.kind === 'class') {
    const fact = constants.program.classAt(symbol.path, symbol.index);
    const decorators = nestDecorators(constants, fact.decorators, symbol.path, symbol.bindings);
    const type = decorators.find((d) => typeDecorators.has(d.name));
    return (type && nameOf(constants, type.args)) || fact.name;
  }
  if (symbol) return symbol.kind === 'external' ? symbol.name.split('.').at(-1) : undefined;
  const { expression, path, bindings } = resolved;
  if (typeof expression === 'string') return expression.split('.').at(-1);
  if (expression.kind === 'text') return expression.text;
  if (expression.kind !== 'function') return undefined;
  const [returned] = expression.returns;
  return returned === undefined
    ? undefined
    : typeName(constants, { expression: returned, path, bindings });
}
