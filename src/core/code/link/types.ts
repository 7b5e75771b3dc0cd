import { asMember, type Expression, type TypeExpression } from '../expression.ts';
import type { MethodSource } from '../facts.ts';
import { ClassMembers, type TypeParts } from './classMembers.ts';
import type { ClassSymbol, InheritedMethod } from './classes.ts';
import type { Program, Symbol } from './program.ts';
import {
  clientType,
  externalType,
  foreignType,
  instanceOf,
  isInformative,
  transparentArgument,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
} from './valueTypes.ts';

/** A method or function, and the class of `this` in it. */
interface CalledMethod {
  readonly path: string;
  readonly index: number;
  readonly self?: ClassSymbol;
}

const maxDepth = 20;
/** `moduleRef.get(X)`, `app.get(X)`. */
const lookups = new Set(['get', 'resolve', 'create']);
const clientCalls = new Set(['$extends', '$primary', '$replica', 'withExtensions', 'forTenant']);

/** Types of expressions, as far as names and annotations tell. */
export class Types implements TypeReader {
  readonly #parts: TypeParts;
  readonly #program: Program;
  readonly #members: ClassMembers;
  /** Methods whose returns are being read: one that returns its own result must not be read again. */
  readonly #open = new Set<MethodSource>();

  constructor(parts: TypeParts) {
    this.#parts = parts;
    this.#program = parts.constants.program;
    this.#members = new ClassMembers(parts, this);
  }

  of(expression: Expression, context: TypeContext, depth = 0): ValueType {
    if (depth > maxDepth) return unknownType;
    if (typeof expression === 'string') return this.#ofChain(expression, context, depth);
    const follow = (next: Expression) => this.of(next, context, depth + 1);
    switch (expression.kind) {
      case 'member':
        return this.member(follow(expression.of), expression.name, depth + 1);
      case 'element':
        return this.#ofElement(follow(expression.of), expression.index, context, depth);
      case 'typed': {
        const type = this.ofType(expression.type, context, depth + 1);
        return isInformative(type) ? type : follow(expression.of);
      }
      case 'either': {
        const types = expression.options.map(follow);
        return types.find(isInformative) ?? types[0] ?? unknownType;
      }
      case 'parameter': {
        const type = expression.type && this.ofType(expression.type, context, depth + 1);
        if (type && isInformative(type)) return type;
        const given = context.bindings?.get(expression.name);
        if (given) return this.of(given.expression, { ...context, ...given }, depth + 1);
        return expression.initial === undefined
          ? (type ?? unknownType)
          : follow(expression.initial);
      }
      case 'argument':
        return this.#ofArgument(expression, context, depth);
      case 'new':
        return instanceOf(follow(expression.callee));
      case 'call':
        return this.#ofCall(expression, context, depth);
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
    if (depth > maxDepth) return unknownType;
    const { name, args = [] } = type;
    const inner = (next: TypeExpression) => this.ofType(next, context, depth + 1);
    const transparent = transparentArgument(type);
    if (transparent) return inner(transparent);
    if (name === '|' || name === '&') {
      const types = args.map(inner);
      return types.find(isInformative) ?? types[0] ?? unknownType;
    }
    const [first, second] = args;
    if (name === '[]' && first && second) {
      return this.member(inner(first), second.name.slice(1, -1), depth + 1);
    }
    if (name === 'ReturnType' && first) return this.result(inner(first), context, depth + 1);
    if (name.startsWith('typeof ')) {
      return this.of(name.slice('typeof '.length), context, depth + 1);
    }
    const given = context.types?.get(name);
    if (given) return given;
    return this.#ofTypeName(type, context, depth);
  }

  member(of: ValueType, name: string, depth = 0): ValueType {
    if (depth > maxDepth) return unknownType;
    switch (of.kind) {
      case 'client':
        return this.#members.ofClient(name);
      case 'transactionHost':
        return name === 'tx' ? clientType : foreignType;
      case 'instance':
      case 'static':
        return this.#members.ofClass(of, name, depth);
      case 'interface': {
        const found = of.fact.members?.find((member) => member.name === name);
        const context = { path: of.path, self: undefined };
        return found ? this.ofType(found.type, context, depth + 1) : unknownType;
      }
      case 'namespace': {
        const symbol = this.#program.exported(of.path, name);
        return symbol ? this.#ofSymbol(symbol, depth) : unknownType;
      }
      case 'expression': {
        const entry = this.#parts.constants.property(of.bound, name);
        return entry
          ? this.of(entry.expression, { self: undefined, ...entry }, depth + 1)
          : unknownType;
      }
      case 'function':
        return unknownType;
      default:
        return of.kind === 'unknown' ? unknownType : foreignType;
    }
  }

  /** What calling a value gives. */
  result(callee: ValueType, context: TypeContext, depth = 0): ValueType {
    if (callee.kind === 'function') {
      const method = this.#program.methodAt(callee.path, callee.index);
      return this.returned(method, { path: callee.path, self: undefined }, depth + 1);
    }
    if (callee.kind !== 'expression') return unknownType;
    const { expression, path } = callee.bound;
    if (typeof expression !== 'object' || expression.kind !== 'function') return unknownType;
    const types = expression.returns.map((r) => this.of(r, { ...context, path }, depth + 1));
    return types.find(isInformative) ?? unknownType;
  }

  /** True for a Prisma client, or an instance of a class that extends one. */
  isClient(type: ValueType): boolean {
    return (
      type.kind === 'client' ||
      (type.kind === 'instance' && this.#members.extendsClient(type.symbol))
    );
  }

  /** The method that a member names on a type. */
  method(of: ValueType, name: string): InheritedMethod | undefined {
    if (of.kind !== 'instance' && of.kind !== 'static') return undefined;
    return this.#parts.classes.method(of.symbol, name, of.kind === 'static');
  }

  #ofChain(chain: string, context: TypeContext, depth: number): ValueType {
    const [root = '', ...rest] = chain.split('.');
    let type: ValueType;
    if (root === 'this') type = this.#ofThis(context);
    else if (root === 'super') type = this.#members.ofBase(context.self);
    else {
      const symbol = this.#program.resolve(context.path, root);
      type = symbol ? this.#ofSymbol(symbol, depth) : unknownType;
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
      case 'namespace':
        return symbol;
      case 'value':
        return this.of(symbol.fact.value, { path: symbol.path, self: undefined }, depth + 1);
      case 'external':
        return this.#isNamespace(symbol) ? unknownType : externalType(symbol.module, symbol.name);
      case 'type':
        return unknownType;
    }
  }

  #isNamespace(symbol: { readonly name: string }): boolean {
    return symbol.name === '*' || symbol.name === 'Prisma';
  }

  #ofTypeName(type: TypeExpression, context: TypeContext, depth: number): ValueType {
    const [root = '', ...rest] = type.name.split('.');
    let symbol = this.#program.resolve(context.path, root);
    for (const name of rest) {
      if (symbol?.kind === 'namespace') symbol = this.#program.exported(symbol.path, name);
      else if (symbol?.kind === 'external') {
        symbol = { ...symbol, name: symbol.name === '*' ? name : `${symbol.name}.${name}` };
      }
    }
    if (!symbol) return /PrismaClient$|^PrismaService$/.test(root) ? clientType : unknownType;
    switch (symbol.kind) {
      case 'class':
        return this.#ofClass(symbol, type.args ?? [], context, depth);
      case 'external':
        return externalType(symbol.module, symbol.name);
      case 'type': {
        const { path, fact } = symbol;
        if (!fact.type) return { kind: 'interface', path, fact };
        return this.ofType(fact.type, { path, self: undefined }, depth + 1);
      }
      default:
        return unknownType;
    }
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
      if (arg) types.set(name, this.ofType(arg, context, depth + 1));
    });
    return { kind: 'instance', symbol, types };
  }

  #ofElement(of: ValueType, index: Expression, context: TypeContext, depth: number): ValueType {
    const { path, bindings } = context;
    const key = this.#parts.constants.value({ expression: index, path, bindings });
    if (typeof key === 'string') return this.member(of, key, depth + 1);
    return this.isClient(of) ? { kind: 'delegate', model: undefined } : unknownType;
  }

  #ofArgument(
    argument: Extract<Expression, { kind: 'argument' }>,
    context: TypeContext,
    depth: number,
  ): ValueType {
    const member = asMember(argument.callee);
    if (member?.name === '$transaction' && argument.index === 0) {
      const of = this.of(member.of, context, depth + 1);
      return of.kind === 'foreign' ? foreignType : clientType;
    }
    if (member?.name === '$extends' || member?.name === 'defineExtension') {
      return argument.index === 0 ? clientType : unknownType;
    }
    const target = this.callee(argument.callee, context, depth + 1);
    const owner = target && this.#program.methodAt(target.path, target.index);
    const callback = owner?.parameters?.find((parameter) => parameter.type?.name === '=>');
    const type = callback?.type?.args?.[argument.index];
    return type && target
      ? this.ofType(type, { path: target.path, self: undefined }, depth + 1)
      : unknownType;
  }

  /** The method or function that a callee names. */
  callee(callee: Expression, context: TypeContext, depth = 0): CalledMethod | undefined {
    const member = asMember(callee);
    if (!member) return this.#asCalled(this.of(callee, context, depth + 1));
    return this.#calledMember(this.of(member.of, context, depth + 1), member.name, depth);
  }

  #calledMember(of: ValueType, name: string, depth: number): CalledMethod | undefined {
    const method = this.method(of, name);
    if (method && 'symbol' in of)
      return { path: method.path, index: method.index, self: of.symbol };
    return this.#asCalled(this.member(of, name, depth + 1));
  }

  #asCalled(type: ValueType): CalledMethod | undefined {
    return type.kind === 'function' ? { path: type.path, index: type.index } : undefined;
  }

  /** Reads the receiver once: calls on calls would double the work with each. */
  #ofCall(
    call: Extract<Expression, { kind: 'call' | 'new' }>,
    context: TypeContext,
    depth: number,
  ): ValueType {
    const member = asMember(call.callee);
    if (!member) {
      const callee = this.of(call.callee, context, depth + 1);
      return this.#ofResult(callee, this.#asCalled(callee), call.args, context, depth);
    }
    const of = this.of(member.of, context, depth + 1);
    const known = this.#ofKnownCall(of, member, call.args, context, depth);
    if (known) return known;
    const target = this.#calledMember(of, member.name, depth);
    const callee = target ? unknownType : this.member(of, member.name, depth + 1);
    return this.#ofResult(callee, target, call.args, context, depth);
  }

  /** Calls whose result their name tells. */
  #ofKnownCall(
    of: ValueType,
    member: { readonly of: Expression; readonly name: string },
    args: readonly Expression[],
    context: TypeContext,
    depth: number,
  ): ValueType | undefined {
    const [first] = args;
    if (clientCalls.has(member.name) && this.isClient(of)) return clientType;
    if (first !== undefined && lookups.has(member.name)) {
      const token = this.of(first, context, depth + 1);
      if (token.kind === 'static') return instanceOf(token);
    }
    if (member.of === 'Object' && first !== undefined) return this.of(first, context, depth + 1);
    if (member.name === 'getExtensionContext') return { kind: 'delegate', model: undefined };
    return member.name === 'bind' ? of : undefined;
  }

  #ofResult(
    callee: ValueType,
    target: CalledMethod | undefined,
    args: readonly Expression[],
    context: TypeContext,
    depth: number,
  ): ValueType {
    if (!target) {
      return callee.kind === 'foreign' ? foreignType : this.result(callee, context, depth + 1);
    }
    const method = this.#program.methodAt(target.path, target.index);
    const bindings = new Map(
      (method.parameters ?? []).flatMap(({ name }, index) => {
        const expression = args[index];
        return expression === undefined ? [] : [[name, { expression, path: context.path }]];
      }),
    );
    return this.returned(method, { path: target.path, self: target.self, bindings }, depth + 1);
  }

  /** What a method gives: its annotation, else its returns. */
  returned(method: MethodSource, context: TypeContext, depth = 0): ValueType {
    const type = method.type && this.ofType(method.type, context, depth + 1);
    if (type && isInformative(type)) return type;
    if (this.#open.has(method)) return unknownType;
    this.#open.add(method);
    const types = (method.returns ?? []).map((value) => this.of(value, context, depth + 1));
    this.#open.delete(method);
    return types.find(isInformative) ?? type ?? unknownType;
  }
}
