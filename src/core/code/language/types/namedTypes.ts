import type { TypeExpression } from '../expression.ts';
import type { ClassSymbol } from '../program/symbols.ts';
import type { Program } from '../program/program.ts';
import {
  clientType,
  foreignType,
  isInformative,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

/** Types of packages that hold whatever they are given. */
const stores = new Set(['AsyncLocalStorage', 'ClsService', 'LRUCache']);
const collections = new Set(['Array', 'ReadonlyArray', 'Set', 'Map', 'Record']);

/** Whether a type of this name may hold anything. */
export const mayHoldAny = (name: string): boolean => stores.has(name) || collections.has(name);

/** Types that annotations name: classes, interfaces and packages' types, with their arguments. */
export class NamedTypes {
  readonly #program: Program;
  readonly #reader: TypeReader;

  constructor(program: Program, reader: TypeReader) {
    this.#program = program;
    this.#reader = reader;
  }

  /** Type that a name in an annotation stands for. */
  of(type: TypeExpression, context: TypeContext, depth: number): ValueType {
    const [root = '', ...rest] = type.name.split('.');
    let symbol = this.#program.resolve(context.path, root);
    for (const name of rest) {
      if (symbol?.kind === 'namespace') symbol = this.#program.exported(symbol.path, name);
      else if (symbol?.kind === 'external') {
        symbol = { ...symbol, name: symbol.name === '*' ? name : `${symbol.name}.${name}` };
      }
    }
    if (!symbol) {
      if (/PrismaClient$|^PrismaService$/.test(root)) return clientType;
      return this.#ofGlobal(type, context, depth);
    }
    switch (symbol.kind) {
      case 'class':
        return this.#ofClass(symbol, type.args ?? [], context, depth);
      case 'external': {
        const own = this.#reader.ofExternal(symbol);
        if (isInformative(own)) return own;
        return this.holder(type.args, own, context, depth, stores.has(root));
      }
      case 'type': {
        const { path, fact } = symbol;
        if (fact.members) return { kind: 'interface', path, fact };
        if (!fact.type) return unknownType;
        return this.#reader.ofType(fact.type, { path, self: undefined }, depth + 1);
      }
      default:
        return unknownType;
    }
  }

  #ofGlobal(type: TypeExpression, context: TypeContext, depth: number): ValueType {
    const isCollection = collections.has(type.name);
    const otherwise = isCollection && type.name !== 'Record' ? foreignType : unknownType;
    return this.holder(type.args, otherwise, context, depth, isCollection);
  }

  /** A generic type of elsewhere that is about clients: `Map<string, PrismaClient>`; a collection of anything. */
  holder(
    args: readonly TypeExpression[] = [],
    otherwise: ValueType,
    context: TypeContext,
    depth: number,
    holdsAny = false,
  ): ValueType {
    const of = args
      .map((arg) => this.#reader.ofType(arg, context, depth + 1))
      .find(
        (type) =>
          type.kind === 'delegate' ||
          this.#reader.isClient(type) ||
          (holdsAny && isInformative(type)),
      );
    return of ? { kind: 'holder', of } : otherwise;
  }

  #ofClass(
    symbol: ClassSymbol,
    args: readonly TypeExpression[],
    context: TypeContext,
    depth: number,
  ): ValueType {
    const names = this.#program.classAt(symbol.path, symbol.index).typeParameters;
    if (!names || args.length === 0) return { kind: 'instance', symbol };
    const types = new Map<string, ValueType>();
    names.forEach((name, index) => {
      const arg = args[index];
      if (arg) types.set(name, this.#reader.ofType(arg, context, depth + 1));
    });
    return { kind: 'instance', symbol, types };
  }
}
