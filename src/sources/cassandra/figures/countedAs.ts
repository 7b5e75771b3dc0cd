import { keyText, type OperationKey } from '../../../core/matching/operations/operationKinds.ts';
import type { NamedOperation } from './reading.ts';
import type { SeenSpan } from './spanSample.ts';

/**
 * The row of figures that all spans of a name count in, by those seen of it; undefined: they count in none, or some do
 * and others of the same kind don't (a root that other requests call too), which the index can't tell apart.
 * Where the name is of several kinds, it is that of the spans that answer requests.
 */
export function countedAs(
  { kinds }: NamedOperation,
  seen: readonly SeenSpan[],
): OperationKey | undefined {
  const counted = seen.flatMap(({ key }) => (key ? [key] : []));
  const requests = counted.filter(({ kind }) => kind !== 'other');
  if (counted.length === seen.length) return commonKey(requests.length > 0 ? requests : counted);
  return kinds.length > 1 ? commonKey(requests) : undefined;
}

/** What the keys have in common: what differs isn't known of all of them. */
function commonKey(keys: readonly OperationKey[]): OperationKey | undefined {
  const [newest] = keys;
  if (!newest) return undefined;
  const others = new Map(keys.map((key) => [keyText(key), key]));
  return [...others.values()].reduce(inCommon, newest);
}

function inCommon(key: OperationKey, other: OperationKey): OperationKey {
  if (key.kind !== other.kind) return key;
  const parts = Object.entries(key).map(([name, value]) => {
    const theirs = (other as unknown as Readonly<Record<string, unknown>>)[name];
    const isSame = JSON.stringify(value) === JSON.stringify(theirs);
    return [name, typeof value === 'string' && !isSame ? '' : value] as const;
  });
  return Object.fromEntries(parts) as unknown as OperationKey;
}
