import type { Expression } from '../language/expression.ts';
import type { ScopedExpression, ClassSymbol } from '../language/program/symbols.ts';
import type { Injection, Provided } from '../language/types/injection.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';

/** `forwardRef` within `forwardRef`. */
const maxDepth = 8;

/** Custom providers by their token. */
export class Providers implements Injection {
  readonly #constants: ConstantEvaluator;
  readonly #byKey: (key: string) => readonly Provided[];

  constructor(constants: ConstantEvaluator) {
    this.#constants = constants;
    const { queryDatabase } = constants.program;
    const table = queryDatabase.derive(() => this.#tabulate(), { same: () => false });
    this.#byKey = queryDatabase.deriveEach(
      (key) => table().get(key) ?? [],
      (key) => key,
    );
  }

  /** Providers of a token; several when modules provide it differently. */
  of(token: ScopedExpression): readonly Provided[] {
    const key = tokenKey(this.#constants, token);
    return key === undefined ? [] : this.#byKey(key);
  }

  /** Providers of a class as its own token: `{ provide: Store, useClass: SqlStore }`. */
  ofClass({ path, index }: ClassSymbol): readonly Provided[] {
    return this.#byKey(`class ${path}#${index}`);
  }

  /** Providers of a package's token, by its constant or the text that it is: `{ provide: APP_GUARD, … }`. */
  ofExternal(module: string, name: string): readonly Provided[] {
    return [...this.#byKey(`${module} ${name}`), ...this.#byKey(`text ${name}`)];
  }

  #tabulate(): ReadonlyMap<string, readonly Provided[]> {
    const byToken = new Map<string, Provided[]>();
    for (const [path, facts] of this.#constants.program.filesWith('providers')) {
      for (const fact of facts.providers) {
        const key = tokenKey(this.#constants, { expression: fact.provide, path });
        if (key === undefined) continue;
        const known = byToken.get(key);
        if (known) known.push({ fact, path });
        else byToken.set(key, [{ fact, path }]);
      }
    }
    return byToken;
  }
}

/** A token's identity: its text, its class, or the constant that holds a symbol; undefined: not known. */
export function tokenKey(
  constants: ConstantEvaluator,
  token: ScopedExpression,
  depth = 0,
): string | undefined {
  const resolved = constants.resolve(token);
  if (resolved.symbol) {
    const { symbol } = resolved;
    if (symbol.kind === 'class') return `class ${symbol.path}#${symbol.index}`;
    return symbol.kind === 'external' ? `${symbol.module} ${symbol.name}` : undefined;
  }
  const { expression, path } = resolved;
  if (typeof expression === 'string') return undefined;
  if (expression.kind === 'text') return `text ${expression.text}`;
  if (expression.kind !== 'call') return undefined;
  const [first] = expression.args;
  const isForward = expression.callee === 'forwardRef';
  if (depth > maxDepth) return undefined;
  return isForward && first !== undefined
    ? tokenKey(constants, { expression: returned(first), path }, depth + 1)
    : `symbol ${path} ${JSON.stringify(expression)}`;
}

function returned(expression: Expression): Expression {
  return typeof expression === 'object' && expression.kind === 'function'
    ? (expression.returns[0] ?? expression)
    : expression;
}
