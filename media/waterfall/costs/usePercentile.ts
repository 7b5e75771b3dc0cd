import { useEffect, useState } from 'preact/hooks';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { ShownPercentile } from '../../../src/protocol/traceCosts.ts';
import type { Host } from '../host.ts';
import type { PageTrace } from '../openTrace.ts';

/** A held arrow key passes many spans; what the eye is on comes first. */
const settleMs = 120;

/**
 * How long a span took among others of its operation; undefined: not known, or on its way. A later span, or a trace
 * read again, takes the question back.
 */
export function usePercentile(
  host: Host,
  trace: PageTrace,
  row: SpanRow | undefined,
  wanted: boolean,
): ShownPercentile | undefined {
  const [answer, setAnswer] = useState<{ row: SpanRow; percentile: ShownPercentile | undefined }>();
  useEffect(() => {
    if (row === undefined || !wanted) return undefined;
    const asking = new AbortController();
    const timer = window.setTimeout(() => {
      host.call('spanPercentile', { row }, asking.signal).then(
        ({ percentile }) => setAnswer({ row, percentile }),
        () => undefined, // the trace is shown without it
      );
    }, settleMs);
    return () => {
      window.clearTimeout(timer);
      asking.abort();
    };
  }, [host, trace, row, wanted]);
  return answer?.row === row ? answer?.percentile : undefined;
}
