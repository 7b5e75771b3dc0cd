import { anyCase } from '../../../base/anyCase.ts';

/** How well a text fits what is typed: 0 by its beginning, 1 by the beginning of one of its parts, 2 within, -1 not. */
function fit(text: string, typed: string): number {
  const lower = anyCase(text);
  const at = lower.indexOf(typed);
  if (at <= 0) return at;
  const parts = [...lower.matchAll(/(?<=[^\p{L}\p{N}])[\p{L}\p{N}]/gu)];
  return parts.some(({ index }) => lower.startsWith(typed, index)) ? 1 : 2;
}

/** Fewer letters are within too many texts. */
const fewest = 3;

/**
 * The items whose text holds what is typed, in any case, best first; those that fit alike stay in their order.
 * @param from `within`: anywhere. `beginning`: where less than three letters are typed, at the beginning of a part.
 */
export function fitting<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  typed: string,
  limits: { readonly most: number; readonly from: 'within' | 'beginning' },
): readonly T[] {
  const worst = limits.from === 'beginning' && typed.length < fewest ? 1 : 2;
  const wanted = anyCase(typed);
  return items
    .map((item) => ({ item, fits: fit(textOf(item), wanted) }))
    .filter(({ fits }) => fits >= 0 && fits <= worst)
    .sort((one, other) => one.fits - other.fits)
    .slice(0, limits.most)
    .map(({ item }) => item);
}
