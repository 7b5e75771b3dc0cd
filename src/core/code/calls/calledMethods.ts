import sameValue from 'fast-deep-equal/es6/index.js';
import { asMember, lastName, rootName, type Expression } from '../language/expression.ts';
import { isPrismaOperation } from './prisma/prismaOperations.ts';
import { classKey, type Classes } from '../language/types/classes.ts';
import type { ClassSymbol } from '../language/program/symbols.ts';
import type { CommandHandlers } from '../nest/messages/commandHandlers.ts';
import type { EventListeners } from '../nest/messages/eventListeners.ts';
import { contextOf } from './recordedCall.ts';
import type { CallFact } from '../language/facts.ts';
import type { Program } from '../language/program/program.ts';
import { originOf } from '../language/types/origin.ts';
import type { Subclasses } from '../language/types/subclasses.ts';
import type { Types } from '../language/types/types.ts';
import type { TypeContext, ValueType } from '../language/types/valueTypes.ts';

interface Parts {
  readonly program: Program;
  readonly classes: Classes;
  readonly subclasses: Subclasses;
  readonly types: Types;
  readonly commands: CommandHandlers;
  readonly events: EventListeners;
}

/** A method or function as it runs. */
export interface MethodRef {
  readonly path: string;
  readonly index: number;
  /** Class of `this`, where it is another than the method's own or matters for what is overridden. */
  readonly self?: ClassSymbol | undefined;
}

/** One that is called, and the line of the loop in the caller that calls it. */
interface CalledMethod extends MethodRef {
  readonly loop?: number | undefined;
}

export interface ExtensionMethod {
  readonly name: string;
  /** Delegate that has it, where that is known. */
  readonly delegate: string | undefined;
  readonly loop?: number | undefined;
}

/** What a method calls. */
export interface Callees {
  readonly methods: readonly CalledMethod[];
  /** Methods that extensions give the client: `prisma.user.byEmail()`. */
  readonly extensions: readonly ExtensionMethod[];
  /** True when something is called that the code doesn't tell. */
  readonly isOpen: boolean;
  /** True when a package is called that may ask others for something. */
  readonly callsPackages: boolean;
}

/** What a method calls, as its code says it. */
export type Callee = Pick<CallFact, 'callee' | 'loop'>;

/** Listeners run below whoever emits, and only the running program knows them. */
const emitters = new Set(['emit', 'emitAsync', 'publish', 'publishAll', 'dispatch']);

/** Packages that nearly every method calls, and that ask nobody for anything. */
const staysInside =
  /^(?:@nestjs\/(?:common|core|config|swagger|jwt|event-emitter)|rxjs|lodash|class-(?:validator|transformer)|zod|joi|date-fns|dayjs|moment|luxon|uuid|nanoid|bcrypt(?:js)?|argon2|pino|winston|nestjs-pino|@opentelemetry\/api|(?:node:)?(?:crypto|util|path|url|fs|os|events|assert|buffer|perf_hooks|async_hooks|timers))(?:\/|$)/;

/** Finds the methods that callees name: through types, subclasses, providers, getters and functions handed on. */
export class CalledMethods {
  readonly #parts: Parts;
  /** Of all classes of the workspace. */
  readonly #methodNames: () => ReadonlySet<string>;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { program } = parts;
    this.#methodNames = program.queryDatabase.derive(() => {
      const methods = [...program.filesWith('methods').values()].flatMap((facts) => facts.methods);
      return new Set(methods.flatMap((one) => (one.class === undefined ? [] : [one.name])));
    });
  }

  /** The methods that callees in a method name. */
  of(callees: readonly Callee[], place: MethodRef): Callees {
    const own = contextOf(this.#parts.program, place.index, place.path);
    const context = place.self ? { ...own, self: place.self } : own;
    const methods: CalledMethod[] = [];
    const extensions: ExtensionMethod[] = [];
    let isOpen = false;
    let callsPackages = false;
    for (const { callee, loop } of callees) {
      const found = this.#resolve(callee, context, place);
      methods.push(...(loop === undefined ? found : found.map((one) => ({ ...one, loop }))));
      if (found.length > 0) continue;
      const extension = this.#ofExtension(callee, context);
      if (extension) extensions.push({ ...extension, loop });
      else {
        isOpen ||= this.#isUnknown(callee, context);
        callsPackages ||= this.#asksPackage(callee, context);
      }
    }
    return { methods, extensions, isOpen, callsPackages };
  }

  #resolve(callee: Expression, context: TypeContext, place: MethodRef): readonly MethodRef[] {
    if (typeof callee === 'object' && callee.kind === 'new') return this.#made(callee, context);
    const member = asMember(callee);
    if (!member) {
      const found = this.#parts.types.callee(callee, context);
      return found ? [this.#ref(found, found.self)] : [];
    }
    if (member.of === 'super') return this.#ofSuper(member.name, context);
    const found = this.#ofMember(member.of, member.name, context, place);
    if (found.length > 0) return found;
    // `this.loader.load(1)`: what the property or getter itself runs.
    const within = asMember(member.of);
    return within ? this.#ofMember(within.of, within.name, context, place) : [];
  }

  #ofMember(
    of: Expression,
    name: string,
    context: TypeContext,
    place: MethodRef,
  ): readonly MethodRef[] {
    const type = this.#parts.types.of(of, context);
    const isOwn = of === 'this';
    const isGiven = rootKind(of) === 'parameter';
    const direct = this.#named(type, name, (isOwn && !place.self) || isGiven);
    if (direct.length > 0 || !context.self || place.self) return direct;
    return unique(
      this.#parts.subclasses
        .of(context.self)
        .flatMap((self) =>
          this.#named(this.#parts.types.ofInherited(of, context, self), name, false),
        ),
    );
  }

  /** @param orBelow whether the value may be of a subclass. */
  #named(of: ValueType, name: string, orBelow: boolean): readonly MethodRef[] {
    if (of.kind === 'instance' && of.or) {
      const each = [of.symbol, ...of.or].map((symbol) => ({ kind: 'instance', symbol }) as const);
      return unique(each.flatMap((one) => this.#named(one, name, orBelow)));
    }
    if (of.kind === 'interface') {
      return this.#below(this.#parts.subclasses.implementing(of.path, of.fact.name), name);
    }
    if (of.kind === 'instance' || of.kind === 'static') {
      const found = this.#parts.types.method(of, name);
      const own = found ? [this.#ref(found, of.symbol)] : this.#setInConstructor(of, name);
      if (own.length > 0 && !orBelow) return own;
      const { path, index } = of.symbol;
      const fact = this.#parts.program.classAt(path, index);
      const below = this.#below(
        [
          ...this.#parts.subclasses.of(of.symbol),
          ...this.#parts.subclasses.implementing(path, fact.name),
        ],
        name,
      );
      return unique([...own, ...below]);
    }
    if (of.kind === 'expression') return this.#inObject(of.bound.path, of.bound.expression, name);
    const type = this.#parts.types.member(of, name);
    return type.kind === 'function' ? [type] : [];
  }

  #below(classes: readonly ClassSymbol[], name: string): readonly MethodRef[] {
    return unique(
      classes.flatMap((symbol) => {
        const found = this.#parts.classes.method(symbol, name);
        return found ? [this.#ref(found, symbol)] : [];
      }),
    );
  }

  /** With the class of `this` where that can make a difference. */
  #ref({ path, index }: MethodRef, self: ClassSymbol | undefined): MethodRef {
    const owner = this.#parts.program.methodAt(path, index).class;
    if (!self || owner === undefined) return { path, index };
    const declared = { kind: 'class', path, index: owner } as const;
    const matters =
      classKey(self) !== classKey(declared) || this.#parts.subclasses.of(declared).length > 0;
    return matters ? { path, index, self } : { path, index };
  }

  #ofSuper(name: string, { self }: TypeContext): readonly MethodRef[] {
    const base = self && this.#parts.classes.ancestry(self).classes[1];
    const found = base && this.#parts.classes.method(base.symbol, name);
    return found ? [this.#ref(found, self)] : [];
  }

  /** `new X()`: its constructor; of a command, query or event also its handlers, to whom it is about to be sent. */
  #made(
    { callee }: Extract<Expression, { kind: 'call' | 'new' }>,
    context: TypeContext,
  ): readonly MethodRef[] {
    const type = this.#parts.types.of(callee, context);
    if (type.kind !== 'static') return [];
    const constructor = this.#parts.classes.method(type.symbol, 'constructor');
    const handlers = this.#parts.commands.of(type.symbol);
    const below = handlers.flatMap(({ symbol, method }) => this.#below([symbol], method));
    return constructor ? [this.#ref(constructor, type.symbol), ...below] : below;
  }

  /** `this.run = () => …` in the constructor. */
  #setInConstructor(of: ValueType, name: string): readonly MethodRef[] {
    if (of.kind !== 'instance') return [];
    for (const { symbol, fact } of this.#parts.classes.ancestry(of.symbol).classes) {
      const property = fact.properties.find((known) => known.name === name);
      if (!property) continue;
      const { value } = property;
      const isFunction = typeof value === 'object' && value.kind === 'function';
      const found = isFunction && this.#parts.classes.method(symbol, 'constructor');
      return found ? [this.#ref(found, symbol)] : [];
    }
    return [];
  }

  /** A function in an object literal of the module: `users.list` of `const users = { list() {} }`. */
  #inObject(path: string, object: Expression, name: string): readonly MethodRef[] {
    if (typeof object !== 'object' || object.kind !== 'object') return [];
    const { methods = [], values = [] } = this.#parts.program.facts(path) ?? {};
    if (methods.every((method) => method.object === undefined)) return [];
    const holder = values.find(({ value }) => sameValue(value, object))?.name;
    if (holder === undefined) return [];
    return methods.flatMap((method, index) =>
      method.object === holder && method.name === name ? [{ path, index }] : [],
    );
  }

  #ofExtension(callee: Expression, context: TypeContext): ExtensionMethod | undefined {
    const member = asMember(callee);
    if (!member || isPrismaOperation(member.name) || member.name.startsWith('$')) return undefined;
    const type = this.#parts.types.of(member.of, context);
    if (type.kind === 'delegate') return { name: member.name, delegate: type.model };
    return type.kind === 'client' ? { name: member.name, delegate: undefined } : undefined;
  }

  /** A call that may lead into the workspace, only the code doesn't tell where. */
  #isUnknown(callee: Expression, context: TypeContext): boolean {
    if (emitters.has(lastName(callee) ?? '')) return this.#parts.events.hasListeners();
    const member = asMember(callee);
    if (!member) return false;
    const { kind } = this.#parts.types.of(member.of, context);
    if (kind !== 'unknown' || isPrismaOperation(member.name)) return false;
    if (rootName(callee) === 'this') return true;
    return this.#isResult(member.of, context) && this.#methodNames().has(member.name);
  }

  #asksPackage(callee: Expression, context: TypeContext): boolean {
    const { types } = this.#parts;
    const origin = originOf(types.of(asMember(callee)?.of ?? callee, context));
    return origin !== undefined && !staysInside.test(origin.module);
  }

  /** What a method of the workspace gives, whose type isn't known: `this.pick(name)`. */
  #isResult(of: Expression, context: TypeContext): boolean {
    if (typeof of !== 'object') return false;
    if (of.kind === 'member') return this.#isResult(of.of, context);
    return of.kind === 'call' && this.#parts.types.callee(of.callee, context) !== undefined;
  }
}

function rootKind(expression: Expression): string {
  if (typeof expression === 'string') return 'name';
  return expression.kind === 'typed' ? rootKind(expression.of) : expression.kind;
}

function unique(methods: readonly MethodRef[]): readonly MethodRef[] {
  const keyOf = ({ self, ...method }: MethodRef) =>
    `${classKey(method)} ${self ? classKey(self) : ''}`;
  return [...new Map(methods.map((method) => [keyOf(method), method])).values()];
}
