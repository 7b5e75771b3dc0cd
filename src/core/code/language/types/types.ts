import { lastName, type Expression, type TypeExpression } from '../expression.ts';
import type { MethodSource } from '../facts.ts';
import { CallTypes, type CalledMethod } from './callTypes.ts';
import { ClassMembers, type TypeParts } from './classMembers.ts';
import type { InheritedMethod } from './classes.ts';
import { mayHoldAny, NamedTypes } from './namedTypes.ts';
import { HeldTypes } from './heldTypes.ts';
import { ResultTypes } from './resultTypes.ts';
import { externalType } from './externalType.ts';
import { anyOf, firstInformative } from './severalTypes.ts';
import { bestOrigin, injectedType, madeType, memberType, originOf, withOrigin } from './origin.ts';
import { ParameterTypes } from './parameterTypes.ts';
import type { Program } from '../program/program.ts';
import type { ExternalSymbol, Symbol, ClassSymbol } from '../program/symbols.ts';
import {
  clientType,
  foreignType,
  instanceOf,
  isInformative,
  isPrismas,
  isShape,
  transparentArgument,
  unknownType,
  type HolderType,
  type TypeContext,
  type TypeReader,
  type ValueType,
  type PlacedType,
} from './valueTypes.ts';

/** Types of expressions, as far as names and annotations tell. */
export class Types implements TypeReader {
  readonly #parts: TypeParts;
  readonly #program: Program;
  readonly #members: ClassMembers;
  readonly #calls: CallTypes;
  readonly #parameters: ParameterTypes;
  readonly #named: NamedTypes;
  readonly #held: HeldTypes;
  readonly #results: ResultTypes;

  constructor(parts: TypeParts) {
    this.#parts = parts;
    this.#program = parts.constants.program;
    this.#members = new ClassMembers(parts, this);
    this.#calls = new CallTypes(this.#program, this);
    this.#parameters = new ParameterTypes(this.#program, this);
    this.#named = new NamedTypes(this.#program, this);
    this.#held = new HeldTypes(this.#members, this);
    this.#results = new ResultTypes(this.#program, this);
  }

  of(expression: Expression, context: TypeContext): ValueType {
    return this.#step(() => this.#ofExpression(expression, context));
  }

  /** Nothing is known of what is nested too deeply, or takes too much. */
  #step(work: () => ValueType): ValueType {
    const { effort } = this.#program.queryDatabase;
    if (!effort.enter()) return unknownType;
    const type = work();
    effort.leave();
    return type;
  }

  #ofExpression(expression: Expression, context: TypeContext): ValueType {
    if (typeof expression === 'string') return this.#ofChain(expression, context);
    const follow = (next: Expression) => this.of(next, context);
    switch (expression.kind) {
      case 'member':
        return this.member(follow(expression.of), expression.name);
      case 'element':
        return this.element(follow(expression.of), expression.index, context);
      case 'typed': {
        const type = this.ofType(expression.type, context);
        if (!isInformative(type)) {
          if (expression.disguised && originOf(type)) return type;
          const of = follow(expression.of);
          return withOrigin(of, bestOrigin([type, of]));
        }
        if (type.kind !== 'interface') return type;
        const value = follow(expression.of);
        return isShape(type) && isPrismas(value, this)
          ? value
          : withOrigin(type, bestOrigin([value]));
      }
      case 'guarded':
        return follow(expression.of);
      case 'either': {
        const types = expression.options.map(follow);
        return firstInformative(types) ?? withOrigin(types[0] ?? unknownType, bestOrigin(types));
      }
      case 'parameter': {
        const type = expression.type && this.ofType(expression.type, context);
        if (type && isInformative(type)) return type;
        const given = context.bindings?.get(expression.name);
        if (given || expression.initial !== undefined) {
          const of = given
            ? this.of(given.expression, { ...context, ...given })
            : follow(expression.initial ?? expression);
          return withOrigin(of, bestOrigin([type, of]));
        }
        const { injected } = expression;
        return injectedType(type ?? unknownType, injected && follow(injected));
      }
      case 'argument':
        return this.#calls.ofArgument(expression, context);
      case 'new': {
        const made = instanceOf(follow(expression.callee));
        if (isInformative(made)) return made;
        const name = lastName(expression.callee) ?? '';
        const of = madeType(made, expression.args, context);
        return this.#named.holder(expression.types, of, context, mayHoldAny(name));
      }
      case 'call':
        return this.#calls.ofCall(expression, context);
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
  ofType(type: TypeExpression, context: TypeContext): ValueType {
    return this.#step(() => this.#ofAnnotation(type, context));
  }

  #ofAnnotation(type: TypeExpression, context: TypeContext): ValueType {
    const { name, args = [], members } = type;
    const inner = (next: TypeExpression) => this.ofType(next, context);
    const transparent = transparentArgument(type);
    if (transparent) return inner(transparent);
    if (name === '|' || name === '&') return anyOf(args.map(inner));
    if (members) return { kind: 'interface', path: context.path, fact: { name: '', members } };
    const [first, second] = args;
    if (name === '[]' && first && second) return this.#ofIndexed(first, second.name, context);
    if (name === '=>') {
      const of = type.returns ? inner(type.returns) : unknownType;
      return isInformative(of) ? { kind: 'maker', of } : unknownType;
    }
    if (name === 'ReturnType' && first) return this.result(inner(first), context);
    if (name.startsWith('typeof ')) {
      return this.of(name.slice('typeof '.length), context);
    }
    const given = context.types?.get(name);
    if (given && (isInformative(given) || !type.extends)) return given;
    return type.extends ? inner(type.extends) : this.#named.of(type, context);
  }

  #ofIndexed(object: TypeExpression, index: string, context: TypeContext): ValueType {
    const key = index.slice(1, -1);
    if (object.name === 'Parameters') {
      const found = this.#parameters.of({ type: object, context }, Number(key));
      return found ? this.ofType(found.type, found.context) : unknownType;
    }
    const of = this.ofType(object, context);
    if (index !== '?') return this.member(of, key);
    return this.isClient(of) ? { kind: 'delegate', model: undefined } : unknownType;
  }

  member(of: ValueType, name: string): ValueType {
    return this.#step(() => this.#ofMember(of, name));
  }

  #ofMember(of: ValueType, name: string): ValueType {
    switch (of.kind) {
      case 'client':
        return this.#members.ofClient(name);
      case 'host':
        return name === 'tx' || name === 'client' ? clientType : foreignType;
      case 'instance':
      case 'static':
        return this.#members.ofClass(of, name);
      case 'interface':
        return this.#named.member(of, name);
      case 'several':
        return anyOf(of.types.map((type) => this.member(type, name)));
      case 'namespace': {
        const symbol = this.#program.exported(of.path, name);
        return symbol ? this.#ofSymbol(symbol) : unknownType;
      }
      case 'expression': {
        const entry = this.#parts.constants.property(of.bound, name);
        if (!entry) return unknownType;
        // An object of another file, that a name stood for, has another `this`.
        const self = entry.path === of.bound.path ? of.bound.self : undefined;
        return this.of(entry.expression, { self, ...entry });
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

  /** `of[index]`. */
  element(of: ValueType, index: Expression, context: TypeContext): ValueType {
    return this.#held.element(of, index, context);
  }

  /** What an array, a Map and the like hold; undefined: not one of these. */
  item(of: ValueType): ValueType | undefined {
    return this.#held.item(of);
  }

  /** What an object literal holds, `{ user: prisma.user, post: prisma.post }`; undefined: it isn't one. */
  values(of: ValueType): HolderType | undefined {
    return this.#held.values(of);
  }

  /** What calling a value gives. */
  result(callee: ValueType, context: TypeContext, args: readonly Expression[] = []): ValueType {
    return this.#results.of(callee, context, args);
  }

  /** What a method gives: its annotation, else its returns. */
  returned(method: MethodSource, context: TypeContext): ValueType {
    return this.#results.returned(method, context);
  }

  /** True for a Prisma client, or an instance of a class that extends one. */
  isClient(type: ValueType): boolean {
    return (
      type.kind === 'client' ||
      (type.kind === 'instance' && this.#members.extendsClient(type.symbol))
    );
  }

  functionType(placed: PlacedType): PlacedType | undefined {
    return this.#parameters.function(placed);
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

  #ofChain(chain: string, context: TypeContext): ValueType {
    const [root = '', ...rest] = chain.split('.');
    let type: ValueType;
    if (root === 'this') type = this.#ofThis(context);
    else if (root === 'super') type = this.#members.ofBase(context.self);
    else {
      const symbol = this.#program.resolve(context.path, root);
      // `import * as prisma`: the next name is the package's.
      const name = symbol?.kind === 'external' && symbol.name === '*' ? rest.shift() : undefined;
      const inside = symbol?.kind === 'external' && name !== undefined && { ...symbol, name };
      type = symbol ? this.#ofSymbol(inside || symbol) : unknownType;
    }
    for (const name of rest) type = this.member(type, name);
    return type;
  }

  #ofThis({ self, isStatic, types }: TypeContext): ValueType {
    if (!self) return unknownType;
    if (isStatic) return { kind: 'static', symbol: self };
    return types ? { kind: 'instance', symbol: self, types } : { kind: 'instance', symbol: self };
  }

  #ofSymbol(symbol: Symbol): ValueType {
    switch (symbol.kind) {
      case 'class':
        return { kind: 'static', symbol };
      case 'function':
        return this.#ofWrapped(symbol) ?? symbol;
      case 'namespace':
        return symbol;
      case 'value':
        return this.of(symbol.fact.value, { path: symbol.path, self: undefined });
      case 'external':
        return isNamespace(symbol)
          ? withOrigin(unknownType, { module: symbol.module, path: symbol.name })
          : this.ofExternal(symbol);
      case 'type':
        return unknownType;
    }
  }

  /** `const prisma = once(() => new PrismaClient())`: what the call gives, not the function in it. */
  #ofWrapped({ path, index }: Extract<Symbol, { kind: 'function' }>): ValueType | undefined {
    const { name } = this.#program.methodAt(path, index);
    const fact = this.#program.value(path, name);
    const type = fact && this.of(fact.value, { path, self: undefined });
    return type && isPrismas(type, this) ? type : undefined;
  }
}

const isNamespace = ({ name }: { readonly name: string }) => name === '*' || name === 'Prisma';
