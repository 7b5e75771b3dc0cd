import { classKey } from './classes.ts';
import { bestOrigin, withOrigin } from './origin.ts';
import { isInformative, unknownType, type ValueType } from './valueTypes.ts';

/**
 * The first that tells anything, a client before others; of several models' delegates one of no known model, of
 * several classes with the others, and with what they are of a package instead.
 */
export function firstInformative(types: readonly ValueType[]): ValueType | undefined {
  const isPrisma = ({ kind }: ValueType) => kind === 'client' || kind === 'delegate';
  const first = types.find(isPrisma) ?? types.find(isInformative);
  if (first?.kind === 'instance') return withOthers(first, types);
  if (first?.kind !== 'delegate') return first;
  const isOther = (type: ValueType) => type.kind === 'delegate' && type.model !== first.model;
  return types.some(isOther) ? { kind: 'delegate', model: undefined } : first;
}

/** A type that has what each of these has; one is enough where it is a client, a model or a class. */
export function anyOf(types: readonly ValueType[]): ValueType {
  const known = types.filter(isInformative);
  const isOpen = known[0]?.kind === 'interface' || known[0]?.kind === 'several';
  if (known.length > 1 && isOpen) return { kind: 'several', types: known };
  return firstInformative(types) ?? withOrigin(types[0] ?? unknownType, bestOrigin(types));
}

type Instance = Extract<ValueType, { kind: 'instance' }>;

function withOthers(first: Instance, types: readonly ValueType[]): Instance {
  const known = new Set([classKey(first.symbol)]);
  const or = types
    .flatMap((type) => (type.kind === 'instance' ? [type.symbol, ...(type.or ?? [])] : []))
    .filter((symbol) => {
      const isNew = !known.has(classKey(symbol));
      known.add(classKey(symbol));
      return isNew;
    });
  const origin = bestOrigin(types);
  return or.length === 0 && !origin
    ? first
    : { ...first, ...(or.length > 0 && { or }), ...(origin && { origin }) };
}
