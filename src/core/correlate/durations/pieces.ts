import { nearestRank } from '../../base/nearestRank.ts';
import { sketchPieces } from './sketch.ts';
import {
  quantileNames,
  quantileShares,
  type DurationHistogram,
  type DurationPiece,
  type Durations,
  type GivenQuantiles,
} from './durations.ts';

/** What is certain of the durations, whatever their shape: each is in exactly one piece. */
export function piecesOf(durations: Durations): readonly DurationPiece[] {
  switch (durations.shape) {
    case 'sketch':
      return sketchPieces(durations);
    case 'histogram':
      return histogramPieces(durations);
    case 'quantiles':
      return quantilePieces(durations);
  }
}

function histogramPieces({ bounds, counts, max }: DurationHistogram): readonly DurationPiece[] {
  const longest = max ?? Infinity;
  return counts.flatMap((count, at) => {
    const low = bounds[at - 1] ?? 0;
    const high = Math.max(low, Math.min(bounds[at] ?? Infinity, longest));
    return count === 0 ? [] : [{ low, high, count }];
  });
}

/** One duration at each quantile, the others between them. */
function quantilePieces(given: GivenQuantiles): readonly DurationPiece[] {
  const { count, within = 0, max } = given;
  const pieces: DurationPiece[] = [];
  let above = 0;
  let counted = 0;
  const upTo = (rank: number, low: number, high: number) => {
    if (rank < counted) return;
    if (rank > counted)
      pieces.push({ low: above, high: Math.max(above, high), count: rank - counted });
    pieces.push({ low: Math.max(above, low), high: Math.max(above, high), count: 1 });
    above = Math.max(above, low);
    counted = rank + 1;
  };
  for (const name of quantileNames) {
    const value = given[name];
    if (value === undefined) continue;
    upTo(nearestRank(quantileShares[name], count), value * (1 - within), value * (1 + within));
  }
  if (max !== undefined) upTo(count - 1, max, max);
  if (counted < count) pieces.push({ low: above, high: Infinity, count: count - counted });
  return pieces;
}
