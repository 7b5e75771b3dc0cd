import type { Expression } from '../expression.ts';
import { unknownType, type Origin, type TypeContext, type ValueType } from './valueTypes.ts';

/** What code makes of a value by calling and calling: no library needs more. */
const longestPath = 120;

/** Undefined: not of a package, or of none that is known. */
export function originOf(type: ValueType | undefined): Origin | undefined {
  return type && 'origin' in type ? type.origin : undefined;
}

/** Of a package, in addition to what else is known; of an interface of the workspace: what it really is. */
export function withOrigin(type: ValueType, origin: Origin | undefined): ValueType {
  if (!origin || origin.path.length > longestPath) return type;
  if (type.kind === 'interface') return { ...type, value: origin };
  return type.kind === 'foreign' || type.kind === 'unknown' ? { kind: type.kind, origin } : type;
}

/** A member of a package's value; `kind` is what else is known of it. */
export function memberType(of: ValueType, name: string, otherwise: ValueType): ValueType {
  const from = originOf(of);
  if (!from) return otherwise;
  const path = from.path === '*' ? name : `${from.path}.${name}`;
  return withOrigin(otherwise, { ...from, path });
}

/** What calling a package's value gives. */
export function calledType(
  of: ValueType,
  args: readonly Expression[],
  context: TypeContext,
  otherwise: ValueType,
): ValueType {
  const from = originOf(of);
  return from
    ? withOrigin(otherwise, { ...from, path: `${from.path}()`, made: { args, context } })
    : otherwise;
}

/** What a package's function gives to the function that it is given, by the position: `knex.transaction((trx) => …)`. */
export function givenType(callee: ValueType, position: number): ValueType {
  const from = originOf(callee);
  return from
    ? withOrigin(unknownType, { ...from, path: `${from.path}(#${position})` })
    : unknownType;
}

/** What `new` makes of a package's class; of a class that a call made, that call says more. */
export function madeType(
  of: ValueType,
  args: readonly Expression[],
  context: TypeContext,
): ValueType {
  const from = originOf(of);
  if (!from || from.path.endsWith('()')) return of;
  return withOrigin(of, { ...from, made: { args, context } });
}

/** A value with what a decorator puts there: its type tells of which package it is, the decorator which of them. */
export function injectedType(type: ValueType, decorator: ValueType | undefined): ValueType {
  const [from, by] = [originOf(type), originOf(decorator)];
  if (!from) return type.kind === 'interface' ? type : withOrigin(type, by);
  return by?.made && !from.made ? withOrigin(type, { ...from, made: by.made }) : type;
}

/** Of the types of one value the origin that tells most: where it is made, else the first. */
export function bestOrigin(types: readonly (ValueType | undefined)[]): Origin | undefined {
  const origins = types.flatMap((type) => originOf(type) ?? []);
  return origins.find(({ made }) => made) ?? origins[0];
}
