import type { TypeExpression } from '../expression.ts';
import type { Program } from '../program/program.ts';
import type { PlacedType, TypeContext, TypeReader } from './valueTypes.ts';

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
  of({ type, context }: PlacedType, index: number): PlacedType | undefined {
    const [of] = type.args ?? [];
    const found = of && this.function({ type: of, context });
    const parameter = found?.type.args?.[index];
    return found && parameter ? { type: parameter, context: found.context } : undefined;
  }

  /** The function's own type behind names and `Parameters`; undefined for what isn't a function's. */
  function(placed: PlacedType): PlacedType | undefined {
    if (!this.#program.queryDatabase.effort.enter()) return undefined;
    const found = this.#find(placed);
    this.#program.queryDatabase.effort.leave();
    return found;
  }

  #find({ type, context }: PlacedType): PlacedType | undefined {
    const { name, args: [first, second] = [] } = type;
    if (name === '=>') return { type, context };
    if (name === '[]' && first && second) {
      const key = second.name.slice(1, -1);
      if (first.name === 'Parameters') {
        const found = this.of({ type: first, context }, Number(key));
        return found && this.function(found);
      }
      const of = this.#reader.ofType(first, context);
      return this.#ofClient(this.#reader.isClient(of), key, context);
    }
    const value = /^typeof (.+)\.(\$?\w+)$/.exec(name);
    if (value) {
      const of = this.#reader.of(value[1] ?? '', context);
      return this.#ofClient(this.#reader.isClient(of), value[2] ?? '', context);
    }
    const symbol = this.#program.resolve(context.path, name);
    if (symbol?.kind !== 'type' || !symbol.fact.type) return undefined;
    const inside = { path: symbol.path, self: undefined };
    return this.function({ type: symbol.fact.type, context: inside });
  }

  #ofClient(isClient: boolean, name: string, context: TypeContext): PlacedType | undefined {
    return isClient && name === '$transaction' ? { type: transactionMethod, context } : undefined;
  }
}
