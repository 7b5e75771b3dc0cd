import { microseconds, type Microseconds } from '../../base/units.ts';
import { sketchOfAll } from './sketch.ts';
import {
  quantileNames,
  quantileShares,
  type DurationSketch,
  type Durations,
  type GivenQuantiles,
  type QuantileName,
} from './durations.ts';
import { piecesOf } from './pieces.ts';
import { quantileAmong, type DurationRange, type FoundQuantile } from './quantileAmong.ts';

/** Quantiles that aren't within 1 %, and between which durations the true ones lie. */
type Estimates = Readonly<Partial<Record<QuantileName, DurationRange>>>;

/** Of all requests together; undefined: unknown. */
export interface MergedDurations extends Readonly<Record<QuantileName, Microseconds | undefined>> {
  readonly count: number;
  readonly total: Microseconds | undefined;
  readonly max: Microseconds | undefined;
  readonly estimates?: Estimates;
}

/**
 * The durations of several operations together, whatever their shapes. Of sketches exactly what one sketch of all
 * says; otherwise what is certain of each is put together: see docs/decisions/figure-shapes.md.
 */
export function mergeDurations(all: readonly Durations[]): MergedDurations {
  const some = all.filter(({ count }) => count > 0);
  const [first] = some;
  const find = some.every(isSketch)
    ? inSketches(some)
    : first?.shape === 'quantiles' && some.length === 1
      ? inGiven(first)
      : inPieces(some);
  return {
    count: some.reduce((sum, { count }) => sum + count, 0),
    total: known(
      some.map(({ total }) => total),
      (sum, total) => sum + total,
    ),
    max: known(
      some.map(({ max }) => max),
      Math.max,
    ),
    ...quantilesBy(find),
  };
}

type Find = (name: QuantileName) => FoundQuantile | undefined;

const isSketch = (durations: Durations): durations is DurationSketch =>
  durations.shape === 'sketch';

function inSketches(sketches: readonly DurationSketch[]): Find {
  const merged = sketchOfAll(sketches);
  return (name) => {
    const value = merged.quantile(quantileShares[name]);
    return value === undefined ? undefined : { value, range: undefined };
  };
}

function inGiven(given: GivenQuantiles): Find {
  const { within } = given;
  return (name) => {
    const value = given[name];
    if (value === undefined) return undefined;
    return {
      value,
      range: within !== undefined && within <= 0.01 ? undefined : around(value, within),
    };
  };
}

const noRange: DurationRange = { low: undefined, high: undefined };

const around = (value: number, within: number | undefined): DurationRange =>
  within === undefined
    ? noRange
    : { low: microseconds(value * (1 - within)), high: microseconds(value * (1 + within)) };

/** A quantile that one of them doesn't know isn't known of all. */
function inPieces(all: readonly Durations[]): Find {
  const others = all.filter((one) => !isSketch(one));
  const pieces = [sketchOfAll(all.filter(isSketch)), ...others].flatMap(piecesOf);
  const isSure = all.every((one) => one.shape !== 'quantiles' || one.within !== undefined);
  return (name) => {
    if (all.some((one) => one.shape === 'quantiles' && one[name] === undefined)) return undefined;
    const found = quantileAmong(pieces, quantileShares[name]);
    if (isSure || found === undefined) return found;
    const isOpen = found.range !== undefined && found.range.high === undefined;
    return isOpen ? undefined : { value: found.value, range: noRange };
  };
}

function quantilesBy(find: Find): Omit<MergedDurations, 'count' | 'total' | 'max'> {
  const found = quantileNames.map((name) => [name, find(name)] as const);
  const ranges = found.flatMap(([name, quantile]) =>
    quantile?.range === undefined ? [] : [[name, quantile.range] as const],
  );
  const [p50, p95, p99] = found.map(([, quantile]) => quantile?.value);
  return { p50, p95, p99, ...(ranges.length > 0 && { estimates: Object.fromEntries(ranges) }) };
}

/** Of all values together; unknown when one is. */
function known(
  values: readonly (Microseconds | undefined)[],
  combine: (a: number, b: number) => number,
): Microseconds | undefined {
  let result = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    result = combine(result, value);
  }
  return microseconds(result);
}
