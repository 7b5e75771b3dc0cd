import type { Expression } from '../expression.ts';
import type { MethodSource } from '../facts.ts';
import type { Bindings, ScopedExpression } from '../program/symbols.ts';

/** Values for the first of the names, as far as there are any. */
export function bindNames(
  names: readonly string[],
  args: readonly Expression[],
  where: Omit<ScopedExpression, 'expression'>,
): Bindings {
  const { path, bindings, self } = where;
  return bindArguments(
    names,
    args.map((expression) => ({ expression, path, bindings, self })),
  );
}

/** The same for arguments that know where they stand; `...name` gets an array of all that are left. */
export function bindArguments(
  names: readonly string[],
  args: readonly ScopedExpression[],
): Bindings {
  return new Map(
    names.flatMap((name, index) => {
      const given = args[index];
      if (!name.startsWith('...')) return given ? [[name, given]] : [];
      const items = args.slice(index).map(({ expression }) => expression);
      return [[name.slice(3), { path: '', ...given, expression: { kind: 'array', items } }]];
    }),
  );
}

/** Names of a method's parameters as `bindArguments` takes them. */
export function parameterNames({ parameters = [] }: MethodSource): readonly string[] {
  return parameters.map(({ name, rest }) => (rest ? `...${name}` : name));
}
