import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rangeOf, type RangeRun } from '../../src/core/base/durationRange.ts';
import { formatDuration } from '../../src/core/base/format.ts';
import { message } from '../../src/core/base/message.ts';
import type { ShownDurations } from '../../src/protocol/durations.ts';
import { axisLabels } from './axisLabels.ts';
import { spokenBucket } from './texts.ts';
import { useWidth } from '../useWidth.ts';

/** The least of a bar that can be seen, share of the height. */
const lowest = 0.04;

export interface BarsProps {
  readonly shown: ShownDurations;
  /** Lists traces of these durations only; undefined: of any. */
  readonly choose: (range: ShownDurations['range']) => void;
}

/**
 * A bar for each bucket: drag over bars to choose them, or move with the arrows, with Shift to choose on the way; a click, Enter
 * or Space choose one, and again any.
 */
export function Bars({ shown, choose }: BarsProps) {
  const { buckets, chosen } = shown;
  const box = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<RangeRun>();
  const [focused, setFocused] = useState(0);
  /** Where choosing with Shift began: what is chosen comes back later than the next key. */
  const anchor = useRef<number | undefined>(undefined);
  const width = useWidth(box);
  const edges = buckets.map(({ from }) => from).join();
  const isChosen = shown.range !== undefined;
  useLayoutEffect(() => {
    if (!isChosen) anchor.current = undefined;
  }, [isChosen]);
  // Other buckets: places among those before say nothing of them.
  useLayoutEffect(() => {
    anchor.current = undefined;
    setDragged(undefined);
  }, [edges]);
  const highest = Math.max(1, ...buckets.map(({ traces }) => traces));
  const marked = dragged ? sorted(dragged) : chosen;
  const at = Math.min(focused, buckets.length - 1);

  const chooseRun = (run: RangeRun) => {
    const range = rangeOf(buckets, run);
    if (range) choose(range);
  };
  const toggle = (index: number) => {
    anchor.current = undefined;
    if (chosen?.first === index && chosen.last === index) choose(undefined);
    else chooseRun({ first: index, last: index });
  };
  const bucketAt = (event: MouseEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    const share = bounds ? (event.clientX - bounds.left) / bounds.width : 0;
    return Math.max(0, Math.min(buckets.length - 1, Math.floor(share * buckets.length)));
  };
  const moveTo = (index: number) => {
    setFocused(index);
    box.current?.querySelectorAll<HTMLElement>('.bar')[index]?.focus();
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    box.current?.setPointerCapture(event.pointerId);
    anchor.current = undefined;
    setDragged({ first: bucketAt(event), last: bucketAt(event) });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (dragged) setDragged({ ...dragged, last: bucketAt(event) });
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!dragged) return;
    const run = { ...dragged, last: bucketAt(event) };
    setDragged(undefined);
    moveTo(run.last);
    if (run.first === run.last) toggle(run.first);
    else chooseRun(run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const end = buckets.length - 1;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: end }[key];
    if (next !== undefined) {
      const to = Math.max(0, Math.min(end, next));
      if (!shiftKey) anchor.current = undefined;
      else chooseRun({ first: (anchor.current ??= farEnd(chosen, at)), last: to });
      moveTo(to);
    } else if (key === 'Escape' && dragged) setDragged(undefined);
    else if (key === 'Escape' && shown.range) {
      anchor.current = undefined;
      choose(undefined);
    } else if (key === 'Enter' || key === ' ') toggle(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="chart" role="group" aria-label={message('Traces by duration')}>
      <div
        class={marked ? 'bars narrowed' : 'bars'}
        ref={box}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => setDragged(undefined)}
        onKeyDown={onKeyDown}
      >
        {buckets.map((bucket, index) => {
          const isMarked = marked && index >= marked.first && index <= marked.last;
          const { traces, failed } = bucket;
          const share = traces === 0 ? 0 : Math.max(lowest, traces / highest);
          const label = spokenBucket(bucket);
          return (
            <button
              key={bucket.from}
              type="button"
              class={isMarked ? 'bar chosen' : 'bar'}
              tabIndex={index === at ? 0 : -1}
              aria-label={label}
              aria-pressed={isMarked ?? false}
              title={label}
              onFocus={() => setFocused(index)}
              onClick={(event: MouseEvent) => {
                if (event.detail === 0) toggle(index); // of a screen reader: no pointer was pressed
              }}
            >
              <span class="traces" style={{ height: `${share * 100}%` }}>
                {failed > 0 && (
                  <span class="failed" style={{ height: `${(failed / traces) * 100}%` }} />
                )}
              </span>
            </button>
          );
        })}
      </div>
      <div class="axis" aria-hidden="true">
        {axisLabels([...buckets.map(({ from }) => from), buckets.at(-1)?.to ?? 0], width).map(
          ({ at: share, time, side }) => (
            <span key={time} class={`tick ${side}`} style={{ left: `${share * 100}%` }}>
              {formatDuration(time)}
            </span>
          ),
        )}
      </div>
    </div>
  );
}

const sorted = ({ first, last }: RangeRun): RangeRun => ({
  first: Math.min(first, last),
  last: Math.max(first, last),
});

/** Where choosing with Shift began: the end of what is chosen that the focus isn't at. */
function farEnd(chosen: RangeRun | undefined, at: number): number {
  if (!chosen || at < chosen.first || at > chosen.last) return at;
  return at === chosen.last ? chosen.first : chosen.last;
}
