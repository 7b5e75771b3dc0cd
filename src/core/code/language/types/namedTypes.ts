import type { TypeExpression } from '../expression.ts';
import type { ClassSymbol, Symbol } from '../program/symbols.ts';
import type { Program } from '../program/program.ts';
import { bestOrigin, originOf, withOrigin } from './origin.ts';
import { firstInformative } from './severalTypes.ts';
import {
  clientType,
  foreignType,
  isInformative,
  isPrismas,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

type InterfaceType = Extract<ValueType, { kind: 'interface' }>;

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
  of(type: TypeExpression, context: TypeContext): ValueType {
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
      return this.#ofGlobal(type, context);
    }
    switch (symbol.kind) {
      case 'class':
        return this.#ofClass(symbol, type.args ?? [], context);
      case 'external': {
        const own = this.#reader.ofExternal(symbol);
        if (isInformative(own)) return own;
        return this.holder(type.args, own, context, stores.has(root));
      }
      case 'type': {
        const { path, fact } = symbol;
        if (fact.members) return { kind: 'interface', path, fact };
        if (!fact.type) return unknownType;
        return this.#reader.ofType(fact.type, { path, self: undefined });
      }
      case 'value':
        return this.#beside(symbol) ?? unknownType;
      default:
        return unknownType;
    }
  }

  /** The interface that has a constant's name: generated clients are both. */
  #beside({ path, fact }: Extract<Symbol, { kind: 'value' }>): ValueType | undefined {
    const type = this.#program.facts(path)?.types.find(({ name }) => name === fact.name);
    return type?.extends ? { kind: 'interface', path, fact: type } : undefined;
  }

  #ofGlobal(type: TypeExpression, context: TypeContext): ValueType {
    const isCollection = collections.has(type.name);
    const otherwise = isCollection && type.name !== 'Record' ? foreignType : unknownType;
    return this.holder(type.args, otherwise, context, isCollection);
  }

  /** A generic type of elsewhere that is about clients: `Map<string, PrismaClient>`; a collection of anything. */
  holder(
    args: readonly TypeExpression[] = [],
    otherwise: ValueType,
    context: TypeContext,
    holdsAny = false,
  ): ValueType {
    const of = args
      .map((arg) => this.#reader.ofType(arg, context))
      .find(
        (type) =>
          isPrismas(type, this.#reader) ||
          (holdsAny && (isInformative(type) || originOf(type) !== undefined)),
      );
    return of ? { kind: 'holder', of } : otherwise;
  }

  /** Member of an interface, or of one that it extends. */
  member({ path, fact }: InterfaceType, name: string): ValueType {
    const context = { path, self: undefined };
    const found = fact.members?.find((member) => member.name === name);
    if (found) return this.#reader.ofType(found.type, context);
    const bases = (fact.extends ?? []).map((base) => {
      return this.#reader.member(this.#reader.ofType({ name: base }, context), name);
    });
    return firstInformative(bases) ?? withOrigin(unknownType, bestOrigin(bases));
  }

  #ofClass(symbol: ClassSymbol, args: readonly TypeExpression[], context: TypeContext): ValueType {
    const names = this.#program.classAt(symbol.path, symbol.index).typeParameters;
    if (!names || args.length === 0) return { kind: 'instance', symbol };
    const types = new Map<string, ValueType>();
    names.forEach((name, index) => {
      const arg = args[index];
      if (arg) types.set(name, this.#reader.ofType(arg, context));
    });
    return { kind: 'instance', symbol, types };
  }
}
