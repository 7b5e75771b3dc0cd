/** Powers of ten that a bar's length covers. */
const decades = 3;

/**
 * How long a bar is, as a share of the longest (0 to 1): a third less is ten times less, so that what takes a hundredth
 * of the most is still told from what takes a thousandth. Zero has no bar.
 */
export function barShare(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.min(1, Math.max(0, 1 + Math.log10(value / most) / decades));
}
