import { formatDuration, formatExactDuration, formatPercent } from '../base/format.ts';
import { message } from '../base/message.ts';
import type { Figures } from './figures.ts';

type Durations = Pick<Figures, 'count' | 'total' | 'p50' | 'p95' | 'p99' | 'max'>;

/** `p50 12 ms · p95 340 ms · p99 1.2 s · max 2.45 s`; of one request how long it took, exactly. */
export function quantilesText({ count, total, p50, p95, p99, max }: Durations): string {
  if (count === 1) return message('Duration: {0}', formatExactDuration(total));
  return message(
    'p50 {0} · p95 {1} · p99 {2} · max {3}',
    formatDuration(p50),
    formatDuration(p95),
    formatDuration(p99),
    formatDuration(max),
  );
}

/** `0.4% errors`, as a part of a list; no part where no request failed. */
export const errorParts = ({
  errors,
  count,
}: Pick<Figures, 'errors' | 'count'>): readonly string[] =>
  errors === 0 ? [] : [message('{0} errors', formatPercent(errors / count))];

/** `36.2 s in total`. */
export const totalText = ({ total }: Pick<Figures, 'total'>): string =>
  message('{0} in total', formatDuration(total));
