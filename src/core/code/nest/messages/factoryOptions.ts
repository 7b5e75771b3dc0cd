import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { Evaluation } from './registeredName.ts';

/**
 * The options that a dynamic module gets: the argument itself, what its `useFactory` may return, or what one of these
 * methods of its `useClass` or `useExisting` does.
 */
export function factoryOptions(
  { constants }: Evaluation,
  argument: ScopedExpression | undefined,
  ...methods: readonly string[]
): readonly ScopedExpression[] {
  if (argument === undefined) return [];
  const factory = constants.property(argument, 'useFactory');
  if (factory) return constants.returnedBy(constants.resolve(factory), []);
  const given =
    constants.property(argument, 'useClass') ?? constants.property(argument, 'useExisting');
  if (!given) return [argument];
  const { symbol } = constants.resolve(given);
  if (symbol?.kind !== 'class') return [];
  const { path } = symbol;
  return constants.program.classAt(path, symbol.index).methods.flatMap((index) => {
    const { name, returns = [] } = constants.program.methodAt(path, index);
    return methods.includes(name)
      ? returns.map((expression) => ({ expression, path, self: symbol }))
      : [];
  });
}
