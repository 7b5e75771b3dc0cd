import { lastName, type Expression, type TypeExpression } from '../expression.ts';
import type { MethodSource } from '../facts.ts';
import { bindNames } from '../values/bindNames.ts';
import { CallTypes, type CalledMethod } from './callTypes.ts';
import { ClassMembers, type TypeParts } from './classMembers.ts';
import type { InheritedMethod } from './classes.ts';
import { mayHoldAny, NamedTypes } from './namedTypes.ts';
import { externalType } from './externalType.ts';
import { anyOf, firstInformative } from './severalTypes.ts';
import { bestOrigin, calledType, madeType, memberType, withOrigin } from './origin.ts';
import { ParameterTypes } from './parameterTypes.ts';
import type { Program } from '../program/program.ts';
import type { ExternalSymbol, Symbol, ClassSymbol } from '../program/symbols.ts';
import {
  clientType,
  foreignType,
  instanceOf,
  isAnyModel,
  isInformative,
  isShape,
  transparentArgument,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
  type PlacedType,
} from './valueTypes.ts';

const maxDepth = 20;
/** `0`, of `const [first] = …`. */
const isPosition = (index: Expression): boolean =>
  typeof index === 'object' && index.kind === 'literal' && typeof index.value === 'number';

/** Types of expressions, as far as names and annotations tell. */
export class Types implements TypeReader {
  readonly #parts: TypeParts;
  readonly #program: Program;
  readonly #members: ClassMembers;
  readonly #calls: CallTypes;
  readonly #parameters: ParameterTypes;
  readonly #named: NamedTypes;
  /** Methods whose returns are being read: one that returns its own result must not be read again. */
  readonly #open = new Set<MethodSource>();

  constructor(parts: TypeParts) {
    this.#parts = parts;
    this.#program = parts.constants.program;
    this.#members = new ClassMembers(parts, this);
    this.#calls = new CallTypes(this.#program, this);
    this.#parameters = new ParameterTypes(this.#program, this);
    this.#named = new NamedTypes(this.#program, this);
  }

  of(expression: Expression, context: TypeContext, depth = 0): ValueType {
    return this.#step(depth, () => this.#ofExpression(expression, context, depth));
  }

  /** Nothing is known of what is nested too deeply, or takes too much. */
  #step(depth: number, work: () => ValueType): ValueType {
    const { effort } = this.#program.queryDatabase;
    if (depth > maxDepth || !effort.enter()) return unknownType;
    const type = work();
    effort.leave();
    return type;
  }

  #ofExpression(expression: Expression, context: TypeContext, depth: number): ValueType {
    if (typeof expression === 'string') return this.#ofChain(expression, context, depth);
    const follow = (next: Expression) => this.of(next, context, depth + 1);
    switch (expression.kind) {
      case 'member':
        return this.member(follow(expression.of), expression.name, depth + 1);
      case 'element':
        return this.element(follow(expression.of), expression.index, context, depth);
      case 'typed': {
        const type = this.ofType(expression.type, context, depth + 1);
        if (!isInformative(type)) {
          const of = follow(expression.of);
          return withOrigin(of, bestOrigin([type, of]));
        }
        const value = isShape(type) ? follow(expression.of) : type;
        return this.#isPrisma(value) ? value : type;
      }
      case 'guarded':
        return follow(expression.of);
      case 'either': {
        const types = expression.options.map(follow);
        return firstInformative(types) ?? withOrigin(types[0] ?? unknownType, bestOrigin(types));
      }
      case 'parameter': {
        const type = expression.type && this.ofType(expression.type, context, depth + 1);
        if (type && isInformative(type)) return type;
        const given = context.bindings?.get(expression.name);
        if (given || expression.initial !== undefined) {
          const of = given
            ? this.of(given.expression, { ...context, ...given }, depth + 1)
            : follow(expression.initial ?? expression);
          return withOrigin(of, bestOrigin([type, of]));
        }
        return type ?? unknownType;
      }
      case 'argument':
        return this.#calls.ofArgument(expression, context, depth);
      case 'new': {
        const made = instanceOf(follow(expression.callee));
        if (isInformative(made)) return made;
        const name = lastName(expression.callee) ?? '';
        const of = madeType(made, expression.args, context);
        return this.#named.holder(expression.types, of, context, depth, mayHoldAny(name));
      }
      case 'call':
        return this.#calls.ofCall(expression, context, depth);
      case 'class':
        return { kind: 'static', symbol: { ...expression, path: context.path } };
      case 'object':
      case 'function':
      case 'array':
        return { kind: 'expression', bound: { expression, ...context } };
      default:
        return unknownType;
    }
  }

  /** Type of an expression of a base class, where `this` is an instance of `self`. */
  ofInherited(expression: Expression, context: TypeContext, self: ClassSymbol): ValueType {
    return this.of(expression, { ...context, self });
  }

  /** Type of an annotation. */
  ofType(type: TypeExpression, context: TypeContext, depth = 0): ValueType {
    return this.#step(depth, () => this.#ofAnnotation(type, context, depth));
  }

  #ofAnnotation(type: TypeExpression, context: TypeContext, depth: number): ValueType {
    const { name, args = [], members } = type;
    const inner = (next: TypeExpression) => this.ofType(next, context, depth + 1);
    const transparent = transparentArgument(type);
    if (transparent) return inner(transparent);
    if (name === '|' || name === '&') return anyOf(args.map(inner));
    if (members) return { kind: 'interface', path: context.path, fact: { name: '', members } };
    const [first, second] = args;
    if (name === '[]' && first && second)
      return this.#ofIndexed(first, second.name, context, depth);
    if (name === '=>') {
      const of = type.returns ? inner(type.returns) : unknownType;
      return isInformative(of) ? { kind: 'maker', of } : unknownType;
    }
    if (name === 'ReturnType' && first) return this.result(inner(first), context, depth + 1);
    if (name.startsWith('typeof ')) {
      return this.of(name.slice('typeof '.length), context, depth + 1);
    }
    const given = context.types?.get(name);
    if (given && (isInformative(given) || !type.extends)) return given;
    return type.extends ? inner(type.extends) : this.#named.of(type, context, depth);
  }

  #ofIndexed(
    object: TypeExpression,
    index: string,
    context: TypeContext,
    depth: number,
  ): ValueType {
    const key = index.slice(1, -1);
    if (object.name === 'Parameters') {
      const found = this.#parameters.of({ type: object, context }, Number(key), depth + 1);
      return found ? this.ofType(found.type, found.context, depth + 1) : unknownType;
    }
    const of = this.ofType(object, context, depth + 1);
    if (index !== '?') return this.member(of, key, depth + 1);
    return this.isClient(of) ? { kind: 'delegate', model: undefined } : unknownType;
  }

  member(of: ValueType, name: string, depth = 0): ValueType {
    return this.#step(depth, () => this.#ofMember(of, name, depth));
  }

  #ofMember(of: ValueType, name: string, depth: number): ValueType {
    switch (of.kind) {
      case 'client':
        return this.#members.ofClient(name);
      case 'host':
        return name === 'tx' || name === 'client' ? clientType : foreignType;
      case 'instance':
      case 'static':
        return this.#members.ofClass(of, name, depth);
      case 'interface':
        return this.#ofInterface(of, name, depth);
      case 'several':
        return anyOf(of.types.map((type) => this.member(type, name, depth + 1)));
      case 'namespace': {
        const symbol = this.#program.exported(of.path, name);
        return symbol ? this.#ofSymbol(symbol, depth) : unknownType;
      }
      case 'expression': {
        const entry = this.#parts.constants.property(of.bound, name);
        if (!entry) return unknownType;
        // An object of another file, that a name stood for, has another `this`.
        const self = entry.path === of.bound.path ? of.bound.self : undefined;
        return this.of(entry.expression, { self, ...entry }, depth + 1);
      }
      case 'holder':
        return of.of;
      case 'function':
      case 'maker':
        return unknownType;
      default:
        // `request.prisma`: given to another library's object, and typed in a declaration that isn't read.
        return memberType(
          of,
          name,
          of.kind === 'unknown' || /prisma/i.test(name) ? unknownType : foreignType,
        );
    }
  }

  #ofInterface(
    { path, fact }: Extract<ValueType, { kind: 'interface' }>,
    name: string,
    depth: number,
  ): ValueType {
    const context = { path, self: undefined };
    const found = fact.members?.find((member) => member.name === name);
    if (found) return this.ofType(found.type, context, depth + 1);
    const bases = (fact.extends ?? []).map((base) => {
      return this.member(this.ofType({ name: base }, context, depth + 1), name, depth + 1);
    });
    return firstInformative(bases) ?? unknownType;
  }

  /** What calling a value gives. */
  result(
    callee: ValueType,
    context: TypeContext,
    depth = 0,
    args: readonly Expression[] = [],
  ): ValueType {
    if (callee.kind === 'function') {
      const { path } = callee;
      const method = this.#program.methodAt(path, callee.index);
      const owner = method.class;
      const self =
        owner === undefined ? undefined : ({ kind: 'class', path, index: owner } as const);
      return this.returned(method, { path, self, isStatic: method.static }, depth + 1);
    }
    if (callee.kind === 'maker') return callee.of;
    if (callee.kind !== 'expression') return calledType(callee, args, context, unknownType);
    const { expression } = callee.bound;
    if (typeof expression !== 'object' || expression.kind !== 'function') return unknownType;
    const bindings = bindNames(expression.parameters, args, context);
    const inside = { ...context, ...callee.bound, bindings };
    const types = expression.returns.map((r) => this.of(r, inside, depth + 1));
    return firstInformative(types) ?? withOrigin(unknownType, bestOrigin(types));
  }

  /** True for a Prisma client, or an instance of a class that extends one. */
  isClient(type: ValueType): boolean {
    return (
      type.kind === 'client' ||
      (type.kind === 'instance' && this.#members.extendsClient(type.symbol))
    );
  }

  functionType(placed: PlacedType, depth: number): PlacedType | undefined {
    return this.#parameters.function(placed, depth);
  }

  /** An instance of a class that no file of the workspace declares. */
  ofExternal({ module, name }: ExternalSymbol): ValueType {
    return externalType(module, name, this.#program.isInstalled(module));
  }

  /** The method that a member names on a type. */
  method(of: ValueType, name: string): InheritedMethod | undefined {
    if (of.kind !== 'instance' && of.kind !== 'static') return undefined;
    return this.#parts.classes.method(of.symbol, name, of.kind === 'static');
  }

  /** The method or function that a callee names. */
  callee(callee: Expression, context: TypeContext): CalledMethod | undefined {
    return this.#calls.callee(callee, context);
  }

  #ofChain(chain: string, context: TypeContext, depth: number): ValueType {
    const [root = '', ...rest] = chain.split('.');
    let type: ValueType;
    if (root === 'this') type = this.#ofThis(context);
    else if (root === 'super') type = this.#members.ofBase(context.self);
    else {
      const symbol = this.#program.resolve(context.path, root);
      // `import * as prisma`: the next name is the package's.
      const name = symbol?.kind === 'external' && symbol.name === '*' ? rest.shift() : undefined;
      const inside = symbol?.kind === 'external' && name !== undefined && { ...symbol, name };
      type = symbol ? this.#ofSymbol(inside || symbol, depth) : unknownType;
    }
    for (const name of rest) type = this.member(type, name, depth + 1);
    return type;
  }

  #ofThis({ self, isStatic, types }: TypeContext): ValueType {
    if (!self) return unknownType;
    if (isStatic) return { kind: 'static', symbol: self };
    return types ? { kind: 'instance', symbol: self, types } : { kind: 'instance', symbol: self };
  }

  #ofSymbol(symbol: Symbol, depth: number): ValueType {
    switch (symbol.kind) {
      case 'class':
        return { kind: 'static', symbol };
      case 'function':
        return this.#ofWrapped(symbol, depth) ?? symbol;
      case 'namespace':
        return symbol;
      case 'value':
        return this.of(symbol.fact.value, { path: symbol.path, self: undefined }, depth + 1);
      case 'external':
        return isNamespace(symbol)
          ? withOrigin(unknownType, { module: symbol.module, path: symbol.name })
          : this.ofExternal(symbol);
      case 'type':
        return unknownType;
    }
  }

  /** `const prisma = once(() => new PrismaClient())`: what the call gives, not the function in it. */
  #ofWrapped(
    { path, index }: Extract<Symbol, { kind: 'function' }>,
    depth: number,
  ): ValueType | undefined {
    const { name } = this.#program.methodAt(path, index);
    const fact = this.#program.value(path, name);
    const type = fact && this.of(fact.value, { path, self: undefined }, depth + 1);
    return type && this.#isPrisma(type) ? type : undefined;
  }

  /** `of[index]`. */
  element(of: ValueType, index: Expression, context: TypeContext, depth: number): ValueType {
    const item = this.item(of, depth);
    if (item) return item;
    const key = this.#members.text(index, context);
    if (key !== undefined) return this.member(of, key, depth + 1);
    // `for (const [key, client] of clients)`: a Map's entry stands for its value.
    if (isPosition(index) && this.#isPrisma(of)) return of;
    if (this.isClient(of)) return { kind: 'delegate', model: undefined };
    return this.values(of, depth)?.of.kind === 'delegate'
      ? { kind: 'delegate', model: undefined }
      : unknownType;
  }

  /** What an array, a Map and the like hold; undefined: not one of these. */
  item(of: ValueType, depth: number): ValueType | undefined {
    if (of.kind === 'holder') return of.of;
    if (of.kind !== 'expression') return undefined;
    const { expression } = of.bound;
    if (typeof expression !== 'object' || expression.kind !== 'array') return undefined;
    const inside = { self: undefined, ...of.bound };
    const types = expression.items.map((item) => {
      const isSpread = typeof item === 'object' && item.kind === 'spread';
      const type = this.of(isSpread ? item.of : item, inside, depth + 1);
      return isSpread ? (this.item(type, depth + 1) ?? type) : type;
    });
    return firstInformative(types) ?? unknownType;
  }

  /** What an object literal holds, `{ user: prisma.user, post: prisma.post }`; undefined: it isn't one. */
  values(of: ValueType, depth: number): Extract<ValueType, { kind: 'holder' }> | undefined {
    if (of.kind !== 'expression') return undefined;
    const { expression } = of.bound;
    if (typeof expression !== 'object' || expression.kind !== 'object') return undefined;
    const inside = { self: undefined, ...of.bound };
    const types = expression.entries.map(([, value]) => this.of(value, inside, depth + 1));
    return { kind: 'holder', of: firstInformative(types) ?? unknownType };
  }

  /** What a method gives: its annotation, else its returns. */
  returned(method: MethodSource, context: TypeContext, depth = 0): ValueType {
    const type = method.type && this.ofType(method.type, context, depth + 1);
    const isVague = !type || !isInformative(type) || isShape(type) || isAnyModel(type);
    if (!isVague) return type;
    const { queryDatabase } = this.#program;
    if (this.#open.has(method)) {
      queryDatabase.circle();
      return unknownType;
    }
    this.#open.add(method);
    const types = (method.returns ?? []).map((value) => this.of(value, context, depth + 1));
    this.#open.delete(method);
    const value = firstInformative(types);
    const isKnown = type && isInformative(type);
    return (
      (isKnown && !(value && this.#isPrisma(value)) ? type : value) ??
      withOrigin(type ?? unknownType, bestOrigin(types))
    );
  }

  #isPrisma(type: ValueType): boolean {
    return type.kind === 'delegate' || this.isClient(type);
  }
}

const isNamespace = ({ name }: { readonly name: string }) => name === '*' || name === 'Prisma';
