import type { TypeExpression } from '../expression.ts';
import type { Program } from '../program/program.ts';
import type { PlacedType, TypeContext, TypeReader } from './valueTypes.ts';

const maxDepth = 20;

/** `(run: (client: PrismaClient) => …) => …`, the part of it that matters. */
const transactionMethod: TypeExpression = {
  name: '=>',
  args: [{ name: '=>', args: [{ name: 'PrismaClient' }] }],
};

/** Follows `Parameters<F>[0]` to what a function takes: the usual way to name the client of a transaction. */
export class ParameterTypes {
  readonly #program: Program;
  readonly #reader: TypeReader;

  constructor(program: Program, reader: TypeReader) {
    this.#program = program;
    this.#reader = reader;
  }

  /** One of `Parameters<F>`; undefined where F isn't known. */
  of({ type, context }: PlacedType, index: number, depth: number): PlacedType | undefined {
    const [of] = type.args ?? [];
    const found = of && this.function({ type: of, context }, depth + 1);
    const parameter = found?.type.args?.[index];
    return found && parameter ? { type: parameter, context: found.context } : undefined;
  }

  /** The function's own type behind names and `Parameters`; undefined for what isn't a function's. */
  function({ type, context }: PlacedType, depth: number): PlacedType | undefined {
    if (depth > maxDepth) return undefined;
    const { name, args: [first, second] = [] } = type;
    if (name === '=>') return { type, context };
    if (name === '[]' && first && second) {
      const key = second.name.slice(1, -1);
      if (first.name === 'Parameters') {
        const found = this.of({ type: first, context }, Number(key), depth + 1);
        return found && this.function(found, depth + 1);
      }
      const of = this.#reader.ofType(first, context, depth + 1);
      return this.#ofClient(this.#reader.isClient(of), key, context);
    }
    const value = /^typeof (.+)\.(\$?\w+)$/.exec(name);
    if (value) {
      const of = this.#reader.of(value[1] ?? '', context, depth + 1);
      return this.#ofClient(this.#reader.isClient(of), value[2] ?? '', context);
    }
    const symbol = this.#program.resolve(context.path, name);
    if (symbol?.kind !== 'type' || !symbol.fact.type) return undefined;
    const inside = { path: symbol.path, self: undefined };
    return this.function({ type: symbol.fact.type, context: inside }, depth + 1);
  }

  #ofClient(isClient: boolean, name: string, context: TypeContext): PlacedType | undefined {
    return isClient && name === '$transaction' ? { type: transactionMethod, context } : undefined;
  }
}
