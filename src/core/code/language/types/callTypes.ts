import { calledType, givenType, injectedType, originOf, withOrigin } from './origin.ts';
import { asMember, lastName, type CallExpression, type Expression } from '../expression.ts';
import { bindNames, parameterNames } from '../values/bindNames.ts';
import type { ClassSymbol } from '../program/symbols.ts';
import type { Program } from '../program/program.ts';
import {
  clientType,
  foreignType,
  instanceOf,
  isInformative,
  unknownType,
  type TypeContext,
  type TypeReader,
  type ValueType,
  type PlacedType,
} from './valueTypes.ts';

type MemberAccess = NonNullable<ReturnType<typeof asMember>>;

/** A method or function, and the class of `this` in it. */
export interface CalledMethod {
  readonly path: string;
  readonly index: number;
  readonly self?: ClassSymbol;
}

/** `moduleRef.get(X)`, `app.get(X)`. */
const lookups = new Set(['get', 'resolve', 'create']);
const clientCalls = new Set([
  '$extends',
  '$on',
  '$primary',
  '$replica',
  'withExtensions',
  'forTenant',
]);

/** Methods of `Object` that list what an object holds. */
const listing = new Set(['values', 'entries']);

/** Types of what calls give, and of the arguments of callbacks given to calls. */
export class CallTypes {
  readonly #program: Program;
  readonly #reader: TypeReader;

  constructor(program: Program, reader: TypeReader) {
    this.#program = program;
    this.#reader = reader;
  }

  ofArgument(argument: Extract<Expression, { kind: 'argument' }>, context: TypeContext): ValueType {
    const member = asMember(argument.callee);
    const of = member && this.#reader.of(member.of, context);
    const isFirst = argument.index === 0;
    if (member?.name === '$transaction' && isFirst) {
      return of?.kind === 'foreign' ? foreignType : clientType;
    }
    if (member?.name === '$extends' || member?.name === 'defineExtension') {
      return isFirst ? clientType : unknownType;
    }
    if (of && isFirst) {
      if (member.name === 'then' && isInformative(of)) return of;
      const item = this.#reader.item(of);
      if (item) return item;
    }
    const callback = this.#callbackOf(argument.callee, of, context);
    const type = callback?.type.args?.[argument.index];
    if (callback && type) return this.#reader.ofType(type, callback.context);
    if (member?.name === 'then' && isFirst) return withOrigin(unknownType, originOf(of));
    const callee = member && of && this.#reader.member(of, member.name);
    return callee ? givenType(callee, argument.index) : unknownType;
  }

  /** Type of the first function that a callee takes. */
  #callbackOf(
    callee: Expression,
    of: ValueType | undefined,
    context: TypeContext,
  ): PlacedType | undefined {
    const target = this.callee(callee, context);
    const name = asMember(callee)?.name;
    const declared = target
      ? (this.#program.methodAt(target.path, target.index).parameters ?? []).map(({ type }) => type)
      : of?.kind === 'interface'
        ? of.fact.members?.find((member) => member.name === name)?.type.args
        : undefined;
    const path = target?.path ?? (of?.kind === 'interface' ? of.path : context.path);
    for (const type of declared ?? []) {
      const placed = type && { type, context: { path, self: undefined } };
      const found = placed && this.#reader.functionType(placed);
      if (found) return found;
    }
    return undefined;
  }

  /** The method or function that a callee names. */
  callee(callee: Expression, context: TypeContext): CalledMethod | undefined {
    const member = asMember(callee);
    if (!member) return asCalled(this.#reader.of(callee, context));
    return this.#calledMember(this.#reader.of(member.of, context), member.name);
  }

  #calledMember(of: ValueType, name: string): CalledMethod | undefined {
    const method = this.#reader.method(of, name);
    if (method && 'symbol' in of)
      return { path: method.path, index: method.index, self: of.symbol };
    return asCalled(this.#reader.member(of, name));
  }

  /** Reads the receiver once: calls on calls would double the work with each. */
  ofCall(call: CallExpression, context: TypeContext): ValueType {
    const member = asMember(call.callee);
    if (!member) {
      const callee = this.#reader.of(call.callee, context);
      return this.#ofResult(callee, asCalled(callee), call.args, context);
    }
    const of = this.#reader.of(member.of, context);
    const known = this.#ofKnownCall(of, member, call, context);
    if (known) return known;
    const target = this.#calledMember(of, member.name);
    const callee = target ? unknownType : this.#reader.member(of, member.name);
    return this.#ofResult(callee, target, call.args, context);
  }

  /** Calls whose result their name tells. */
  #ofKnownCall(
    of: ValueType,
    member: MemberAccess,
    { args, types }: CallExpression,
    context: TypeContext,
  ): ValueType | undefined {
    const [first] = args;
    if (of.kind === 'holder') return this.#ofHolder(of.of, member.name, first, context);
    if (member.name === 'filter' && this.#reader.item(of)) return of;
    if (clientCalls.has(member.name) && this.#reader.isClient(of)) return clientType;
    if (lookups.has(member.name)) {
      const asked = types?.[0] && this.#reader.ofType(types[0], context);
      if (asked && isInformative(asked)) return asked;
      const token = first === undefined ? unknownType : this.#reader.of(first, context);
      if (token.kind === 'static') return instanceOf(token);
      // `moduleRef.get<Queue>(getQueueToken('orders'))`.
      if (asked && originOf(asked)) return injectedType(asked, token);
      if (originOf(token) && first !== undefined && isClassName(lastName(first))) return token;
    }
    if (member.of === 'Object' && first !== undefined) {
      const object = this.#reader.of(first, context);
      return listing.has(member.name) ? (this.#reader.values(object) ?? object) : object;
    }
    if (member.name === 'getExtensionContext') return { kind: 'delegate', model: undefined };
    return member.name === 'bind' ? of : undefined;
  }

  /** `clients.get(id)`; of a store with keys the value of one: `cls.get('tx')`. */
  #ofHolder(
    held: ValueType,
    name: string,
    first: Expression | undefined,
    context: TypeContext,
  ): ValueType {
    if (held.kind !== 'interface' || name !== 'get' || first === undefined) return held;
    const value = this.#reader.element(held, first, context);
    return isInformative(value) ? value : held;
  }

  #ofResult(
    callee: ValueType,
    target: CalledMethod | undefined,
    args: readonly Expression[],
    context: TypeContext,
  ): ValueType {
    if (!target) {
      return callee.kind === 'foreign'
        ? calledType(callee, args, context, foreignType)
        : this.#reader.result(callee, context, args);
    }
    const method = this.#program.methodAt(target.path, target.index);
    const bindings = bindNames(parameterNames(method), args, context);
    const inside = { path: target.path, self: target.self, bindings };
    return this.#reader.returned(method, inside);
  }
}

/** `HttpService` of `app.get(HttpService)`: of a package's class only the spelling tells that it is one. */
const isClassName = (name = ''): boolean => /^[A-Z]\w*[a-z]/.test(name);

function asCalled(type: ValueType): CalledMethod | undefined {
  return type.kind === 'function' ? { path: type.path, index: type.index } : undefined;
}
