import type { Expression, TypeExpression } from '../expression.ts';
import type { MethodSource, TypeFact } from '../facts.ts';
import type { WorkspacePath } from '../../location.ts';
import type { InheritedMethod } from './classes.ts';
import type {
  ExternalSymbol,
  Bindings,
  ScopedExpression,
  ClassSymbol,
} from '../program/symbols.ts';

/** What is known of a value without a type checker. */
export type ValueType =
  | {
      readonly kind: 'instance';
      readonly symbol: ClassSymbol;
      readonly types?: TypeArguments;
      /** Other classes that it may be of: `SqlStore | FileStore`. */
      readonly or?: readonly ClassSymbol[];
      /** Of a package instead, in another branch: `isTest ? new FakeRedis() : new Redis()`. */
      readonly origin?: Origin;
    }
  /** The class itself. */
  | { readonly kind: 'static'; readonly symbol: ClassSymbol }
  /** A Prisma client, extended or within a transaction. */
  | { readonly kind: 'client' }
  /** `prisma.user`; `model` is `user`, undefined when it is computed. */
  | { readonly kind: 'delegate'; readonly model: string | undefined }
  /** nestjs-cls and nestjs-prisma's CustomPrismaService: their `tx` or `client` is a client. */
  | { readonly kind: 'host' }
  /** An array, a Map, an AsyncLocalStorage…: its elements, and what its methods give. */
  | { readonly kind: 'holder'; readonly of: ValueType }
  /** A function or a constructor that only its type tells of: what it makes. */
  | { readonly kind: 'maker'; readonly of: ValueType }
  /** Of a union or an intersection: what more than one of them tells. */
  | { readonly kind: 'several'; readonly types: readonly ValueType[] }
  | {
      readonly kind: 'interface';
      readonly path: WorkspacePath;
      readonly fact: TypeFact;
      /** What it really is, where a package gave it: `getService<Orders>('Orders')`. */
      readonly value?: Origin;
    }
  | { readonly kind: 'function'; readonly path: WorkspacePath; readonly index: number }
  | { readonly kind: 'namespace'; readonly path: WorkspacePath }
  /** An object literal or a function expression. */
  | { readonly kind: 'expression'; readonly bound: ScopedExpression }
  /** Of a package that isn't Prisma: never a client, never of the workspace. */
  | { readonly kind: 'foreign'; readonly origin?: Origin }
  | { readonly kind: 'unknown'; readonly origin?: Origin };

/** How code comes to a value of a package: what it imports, and what it makes of that. */
export interface Origin {
  readonly module: string;
  /** The exported name, then members, `()` for calls and `(#0)` for what they give to a function: `default.create()`, `HttpService.axiosRef`. */
  readonly path: string;
  /** Of the last call or `new` on the way. */
  readonly made?: { readonly args: readonly Expression[]; readonly context: TypeContext };
  /** What it is injected by: of `@Inject('ORDERS')`. */
  readonly token?: ScopedExpression;
}

/** An array, a Map, an object… by what it holds. */
export type HolderType = Extract<ValueType, { kind: 'holder' }>;

/** Arguments of a generic class by the names of its parameters. */
export type TypeArguments = ReadonlyMap<string, ValueType>;

/** Where an expression stands. */
export interface TypeContext {
  readonly path: WorkspacePath;
  /** Class of `this`. */
  readonly self: ClassSymbol | undefined;
  readonly isStatic?: boolean | undefined;
  readonly types?: TypeArguments | undefined;
  readonly bindings?: Bindings | undefined;
}

/** A type and where it stands. */
export interface PlacedType {
  readonly type: TypeExpression;
  readonly context: TypeContext;
}

/** Reads types of expressions; the effort of a question ends cyclic code. */
export interface TypeReader {
  of(expression: Expression, context: TypeContext): ValueType;
  ofType(type: TypeExpression, context: TypeContext): ValueType;
  member(of: ValueType, name: string): ValueType;
  element(of: ValueType, index: Expression, context: TypeContext): ValueType;
  item(of: ValueType): ValueType | undefined;
  values(of: ValueType): ValueType | undefined;
  method(of: ValueType, name: string): InheritedMethod | undefined;
  isClient(type: ValueType): boolean;
  ofExternal(symbol: ExternalSymbol): ValueType;
  /** A function's type behind a name; undefined for another. */
  functionType(placed: PlacedType): PlacedType | undefined;
  result(callee: ValueType, context: TypeContext, args?: readonly Expression[]): ValueType;
  returned(method: MethodSource, context: TypeContext): ValueType;
}

export const unknownType: ValueType = { kind: 'unknown' };
export const foreignType: ValueType = { kind: 'foreign' };
export const clientType: ValueType = { kind: 'client' };

export function isInformative(type: ValueType): boolean {
  return type.kind !== 'unknown' && type.kind !== 'foreign';
}

/** What `new` makes of a type. */
export function instanceOf(type: ValueType): ValueType {
  if (type.kind === 'maker') return type.of;
  return type.kind === 'static' ? { kind: 'instance', symbol: type.symbol } : type;
}

/** `{ findMany(): … }` written out where it is used: it says less than the value. */
export function isShape(type: ValueType): boolean {
  return type.kind === 'interface' && type.fact.name === '';
}

/** True for a client or one of its models. */
export function isPrismas(type: ValueType, reader: Pick<TypeReader, 'isClient'>): boolean {
  return type.kind === 'delegate' || reader.isClient(type);
}

export function isAnyModel(type: ValueType): boolean {
  return type.kind === 'delegate' && type.model === undefined;
}

/** Generic types that stand for their first argument. */
const transparentTypes = new Set([
  'Promise',
  'Awaited',
  'Omit',
  'Pick',
  'Partial',
  'Required',
  'Readonly',
  'NonNullable',
  'InstanceType',
  'Type',
  'WrapperType',
  'Relation',
]);

export function transparentArgument(type: TypeExpression): TypeExpression | undefined {
  return transparentTypes.has(type.name) ? type.args?.[0] : undefined;
}

/** Name of a model's delegate: `OrderItem` is `prisma.orderItem`. */
export function decapitalise(model: string): string {
  return model.slice(0, 1).toLowerCase() + model.slice(1);
}
