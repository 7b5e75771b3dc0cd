import type { Expression } from '../expression.ts';
import type { Origin, TypeContext, ValueType } from './valueTypes.ts';

/** What code makes of a value by calling and calling: no library needs more. */
const longestPath = 120;

/** Undefined: not of a package, or of none that is known. */
export function originOf(type: ValueType | undefined): Origin | undefined {
  return type?.kind === 'foreign' || type?.kind === 'unknown' ? type.origin : undefined;
}

/** Of a package, in addition to what else is known. */
export function withOrigin(type: ValueType, origin: Origin | undefined): ValueType {
  if (!origin || origin.path.length > longestPath) return type;
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

/** What `new` makes of a package's class. */
export function madeType(
  of: ValueType,
  args: readonly Expression[],
  context: TypeContext,
): ValueType {
  const from = originOf(of);
  return from ? ({ ...of, origin: { ...from, made: { args, context } } } as ValueType) : of;
}

/** Of the types of one value the origin that tells most: where it is made, else the first. */
export function bestOrigin(types: readonly (ValueType | undefined)[]): Origin | undefined {
  const origins = types.flatMap((type) => originOf(type) ?? []);
  return origins.find(({ made }) => made) ?? origins[0];
}
