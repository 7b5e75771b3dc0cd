import { formatCount, formatDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds } from '../../../src/core/base/units.ts';
import { countMatches } from '../../../src/core/waterfall/matches.ts';
import { isWhole, wholeRange } from '../../../src/core/waterfall/timeRange.ts';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';

interface SeenNoteProps {
  readonly model: WaterfallModel;
  readonly trace: PageTrace;
  /** One entry a span; undefined: all of them. */
  readonly seen: Uint8Array | undefined;
}

/** Of which spans a view is, where it isn't all of them, with the way back to all. */
export function SeenNote({ model, trace, seen }: SeenNoteProps) {
  const { shape } = trace.opened;
  if (!seen) return null;
  const { range } = model;
  const time = (value: number) => formatDuration(microseconds(value));
  const parts = [
    message('{0} of {1} spans', formatCount(countMatches(seen)), formatCount(shape.size)),
    ...(isWhole(range, shape.duration)
      ? []
      : [message('{0} to {1}', time(range.start), time(range.end))]),
  ];
  return (
    <span class="seen-note">
      <span>{parts.join(' · ')}</span>
      <button
        type="button"
        class="link"
        onClick={() =>
          model.change((view) => ({
            ...view,
            range: wholeRange(shape.duration),
            focus: undefined,
            shortest: microseconds(0),
            onlyMatches: false,
          }))
        }
      >
        {message('Show all')}
      </button>
    </span>
  );
}
