/** Numbers that are the same for the same seed. */
export interface Random {
  /** From 0 up to `below`, a whole number. */
  below(below: number): number;
  /** From 1 to `last`. */
  id(last: number): number;
  chance(share: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32, public domain: small, quick and good enough to choose visits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    id: (last) => below(last) + 1,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)]!,
  };
}
