import type { Confidence } from './match.ts';

const ascending: readonly Confidence[] = ['weak', 'likely', 'strong', 'exact'];

/** The less sure of two. */
export const lower = (a: Confidence, b: Confidence): Confidence =>
  ascending.indexOf(a) < ascending.indexOf(b) ? a : b;
