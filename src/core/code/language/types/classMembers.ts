import { asMember, type Expression } from '../expression.ts';
import type { ClassFact, PropertyFact } from '../facts.ts';
import type { ScopedExpression, ClassSymbol } from '../program/symbols.ts';
import { classKey, type Ancestry, type Classes } from './classes.ts';
import { bestOrigin, injectedType, originOf, withOrigin } from './origin.ts';
import type { ConstantEvaluator } from '../values/constantEvaluator.ts';
import type { Program } from '../program/program.ts';
import type { Injection, Provided } from './injection.ts';
import {
  clientType,
  foreignType,
  instanceOf,
  isInformative,
  unknownType,
  type TypeArguments,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

export interface TypeParts {
  readonly constants: ConstantEvaluator;
  readonly classes: Classes;
  readonly providers: Injection;
  /** Delegate names of all schemas; empty: no schema was found, then any name may be one. */
  readonly models: ReadonlyMap<string, string>;
}

interface PlainMember {
  readonly of: Extract<ValueType, { kind: 'instance' | 'static' }>;
  readonly name: string;
}

const isEmptyObject = (type: ValueType): boolean =>
  type.kind === 'expression' &&
  typeof type.bound.expression === 'object' &&
  type.bound.expression.kind === 'object' &&
  type.bound.expression.entries.length === 0;

/** Members of a client that are clients again: replicas, wrappers of packages. */
const clientMembers = new Set(['client', 'extended', 'tx', 'db', 'prisma', 'instance']);

/** Types of the members of classes and of Prisma's client. */
export class ClassMembers {
  readonly #parts: TypeParts;
  readonly #program: Program;
  readonly #reader: TypeReader;
  /** The same few are asked for again and again. */
  readonly #known: (member: PlainMember) => ValueType;

  constructor(parts: TypeParts, reader: TypeReader) {
    this.#parts = parts;
    this.#program = parts.constants.program;
    this.#reader = reader;
    this.#known = this.#program.queryDatabase.deriveEach(
      ({ of, name }) => this.#findMember(of, name),
      ({ of, name }) => `${of.kind} ${classKey(of.symbol)} ${name}`,
      { ifCircular: unknownType },
    );
  }

  /** Property, getter or method of a class of the workspace, inherited ones and a client's included. */
  ofClass(of: Extract<ValueType, { kind: 'instance' | 'static' }>, name: string): ValueType {
    const isPlain = !of.symbol.bindings && !('types' in of);
    return isPlain ? this.#known({ of, name }) : this.#findMember(of, name);
  }

  #findMember(of: Extract<ValueType, { kind: 'instance' | 'static' }>, name: string): ValueType {
    const ancestry = this.#parts.classes.ancestry(of.symbol);
    let types = of.kind === 'instance' ? of.types : undefined;
    for (const [level, { symbol, fact }] of ancestry.classes.entries()) {
      const context: TypeContext = {
        path: symbol.path,
        self: of.symbol,
        isStatic: of.kind === 'static',
        types,
        bindings: symbol.bindings,
      };
      const property = fact.properties.find((p) => p.name === name);
      if (property) return this.#ofProperty(property, context, ancestry.classes, level);
      const index = fact.methods.find((i) => this.#program.methodAt(symbol.path, i).name === name);
      if (index !== undefined) {
        const method = this.#program.methodAt(symbol.path, index);
        return method.kind === 'getter'
          ? this.#reader.returned(method, context)
          : { kind: 'function', path: symbol.path, index };
      }
      types = this.#typesOfBase(ancestry.classes, level, context);
    }
    if (this.extendsClient(of.symbol)) return this.ofClient(name);
    return ancestry.outside === undefined ? foreignType : unknownType;
  }

  /** Type arguments that a class gives its base. */
  #typesOfBase(
    classes: Ancestry['classes'],
    level: number,
    context: TypeContext,
  ): TypeArguments | undefined {
    const names = classes[level + 1]?.fact.typeParameters;
    const args = classes[level]?.fact.extendsTypes;
    if (!names || !args) return undefined;
    return new Map(
      names.flatMap((name, index) => {
        const arg = args[index];
        return arg ? [[name, this.#reader.ofType(arg, context)]] : [];
      }),
    );
  }

  #ofProperty(
    property: PropertyFact,
    context: TypeContext,
    classes: Ancestry['classes'],
    level: number,
  ): ValueType {
    const type = property.type && this.#reader.ofType(property.type, context);
    if (type && isInformative(type) && type.kind !== 'interface') {
      return this.#provided(property, type, context) ?? type;
    }
    const { token } = property;
    const provided = token === undefined ? unknownType : this.#ofToken(token, context);
    if (isInformative(provided)) return provided;
    const value =
      property.value === undefined ? unknownType : this.#reader.of(property.value, context);
    // Of `cache: { producer?: Producer } = {}` the type says more.
    if (isInformative(value) && !(type && isInformative(type) && isEmptyObject(value)))
      return value;
    const argument = this.#givenBelow(property, classes[level - 1]);
    if (argument) {
      const given = this.#reader.of(argument.expression, { ...context, ...argument });
      if (isInformative(given)) return given;
    }
    const known = withOrigin(type ?? value, bestOrigin([type, value, provided]));
    return this.#injected(property, known, context);
  }

  /** With what a decorator or a token says of which value it is. */
  #injected({ token, injected }: PropertyFact, known: ValueType, context: TypeContext): ValueType {
    const ofToken = typeof token === 'object' && token.kind === 'call' ? token : undefined;
    const by = injected ?? ofToken;
    const type = by ? injectedType(known, this.#reader.of(by, context)) : known;
    const from = originOf(type);
    return token === undefined || !from
      ? type
      : withOrigin(type, { ...from, token: { expression: token, path: context.path } });
  }

  #ofToken(token: Expression, context: TypeContext): ValueType {
    const own = this.#reader.of(token, context);
    if (own.kind === 'static') return { kind: 'instance', symbol: own.symbol };
    const types: ValueType[] = [];
    for (const provider of this.#parts.providers.of({ expression: token, path: context.path })) {
      const type = this.#ofProvider(provider);
      if (isInformative(type)) return type;
      types.push(type);
    }
    return withOrigin(unknownType, bestOrigin([...types, own]));
  }

  #ofProvider({ fact, path }: Provided): ValueType {
    const inside = { path, self: undefined };
    const of = (expression: Expression) => this.#reader.of(expression, inside);
    if (fact.useClass) return instanceOf(of(fact.useClass));
    if (fact.useExisting) return instanceOf(of(fact.useExisting));
    if (fact.useFactory) return this.#reader.result(of(fact.useFactory), inside);
    return fact.useValue ? of(fact.useValue) : unknownType;
  }

  /** What a module provides for an injected class; undefined: the class itself, or modules differ. */
  #provided(
    { token, parameter }: PropertyFact,
    type: ValueType,
    context: TypeContext,
  ): ValueType | undefined {
    if (type.kind !== 'instance' || type.types) return undefined;
    if (token !== undefined) {
      const made = this.#ofToken(token, context);
      if (made.kind === 'instance') return made;
    }
    if (parameter === undefined && token === undefined) return undefined;
    const found = new Map<string, ValueType>();
    for (const provider of this.#parts.providers.ofClass(type.symbol)) {
      const made = this.#ofProvider(provider);
      if (made.kind === 'instance') found.set(classKey(made.symbol), made);
    }
    const [only] = found.values();
    return found.size === 1 ? only : undefined;
  }

  /** What `super` is in a class. */
  ofBase(symbol: ClassSymbol | undefined): ValueType {
    if (!symbol) return unknownType;
    const { classes, outside } = this.#parts.classes.ancestry(symbol);
    const [, base] = classes;
    if (base) return { kind: 'instance', symbol: base.symbol };
    if (this.extendsClient(symbol)) return clientType;
    return outside === undefined || outside === 'unknown'
      ? unknownType
      : withOrigin(unknownType, { module: outside.module, path: outside.name });
  }

  /** True when the class is, in the end, a PrismaClient. */
  extendsClient(symbol: ClassSymbol): boolean {
    const { outside, classes } = this.#parts.classes.ancestry(symbol);
    if (classes.some(({ symbol: owner, fact }) => this.#makesClient(fact, owner.path))) return true;
    if (outside === undefined) return false;
    if (outside !== 'unknown') return this.#reader.ofExternal(outside).kind === 'client';
    const last = classes.at(-1);
    if (!last) return false;
    const base = last.fact.extends;
    const type =
      base === undefined
        ? unknownType
        : this.#reader.of(base, { path: last.symbol.path, self: undefined });
    return type.kind === 'client' || /prisma/i.test(last.fact.name);
  }

  /** `extends` of a value that is typed as a constructor of clients. */
  #makesClient({ extends: base }: ClassFact, path: string): boolean {
    if (base === undefined) return false;
    const type = this.#reader.of(base, { path, self: undefined });
    return (type.kind === 'maker' ? type.of : type).kind === 'client';
  }

  /** A text that the code tells: a constant, or a property that the constructor or a subclass gives. */
  text(expression: Expression, context: TypeContext): string | undefined {
    const { path, bindings, self } = context;
    const value = this.#parts.constants.value({ expression, path, bindings });
    if (typeof value === 'string') return value;
    const member = asMember(expression);
    if (member?.of !== 'this' || !self) return undefined;
    const { classes } = this.#parts.classes.ancestry(self);
    for (const [level, { symbol, fact }] of classes.entries()) {
      const property = fact.properties.find(({ name }) => name === member.name);
      if (!property) continue;
      const given = this.#givenBelow(property, classes[level - 1]);
      const bound = given ?? (property.value && { expression: property.value, path: symbol.path });
      const text = bound && this.#parts.constants.value(bound);
      return typeof text === 'string' ? text : undefined;
    }
    return undefined;
  }

  /** The argument of the subclass's `super(…)` that a parameter property of the base is. */
  #givenBelow(
    property: PropertyFact,
    below: Ancestry['classes'][number] | undefined,
  ): ScopedExpression | undefined {
    const expression = below?.fact.superArguments?.[property.parameter ?? -1];
    return below && expression !== undefined ? { expression, path: below.symbol.path } : undefined;
  }

  ofClient(name: string): ValueType {
    const { models } = this.#parts;
    if (models.size === 0 && !name.startsWith('$')) {
      return clientMembers.has(name) ? clientType : { kind: 'delegate', model: name };
    }
    if (models.has(name)) return { kind: 'delegate', model: name };
    return clientMembers.has(name) ? clientType : unknownType;
  }
}
