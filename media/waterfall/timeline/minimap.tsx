import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds } from '../../../src/core/base/units.ts';
import { isWhole, panned, wholeRange, zoomed } from '../../../src/core/waterfall/timeRange.ts';
import { tickLabel, tickStep } from '../../../src/core/waterfall/ticks.ts';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';
import { zoomTo } from './showTime.ts';
import { wheelFactor, wheelShare } from './wheel.ts';
import { minimapBuckets, minimapPaths, noMinimap } from './minimapPaths.ts';
import { beginDrag, dragRange, isDragged, type Drag } from './drag.ts';

/** The whole trace in small: drag to zoom, drag an edge or the grip to change, double click for all, wheel to zoom at the pointer. */
export function Minimap({ model, trace }: { model: WaterfallModel; trace: PageTrace }) {
  const paths = useMinimapPaths(trace);
  const [drag, setDrag] = useState<Drag>();
  const box = useRef<HTMLDivElement>(null);
  const { duration } = trace.opened.shape;
  const whole = wholeRange(duration).end;
  const range = drag?.kind === 'select' ? drag.range : model.range;
  const zoomedIn = !isWhole(range, duration) || drag !== undefined;
  const share = (event: MouseEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    return bounds ? (event.clientX - bounds.left) / bounds.width : 0;
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    box.current?.setPointerCapture(event.pointerId);
    const edge = event.target instanceof Element ? event.target.getAttribute('data-edge') : null;
    const at = share(event) * whole;
    setDrag(beginDrag(edge, at, model.range));
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!drag) return;
    const next = dragRange(drag, share(event) * whole, duration);
    setDrag(next);
    if (next.kind !== 'select') model.setRange(next.range, 'range');
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!drag) return;
    const at = share(event) * whole;
    setDrag(undefined);
    if (isDragged(drag, at, duration)) zoomTo(model, dragRange(drag, at, duration).range);
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const moved = event.ctrlKey || event.metaKey ? 0 : wheelShare(event);
    const next =
      moved === 0
        ? zoomed(model.range, wheelFactor(event), anchorAt(share(event) * whole), duration)
        : panned(model.range, moved, duration);
    model.setRange(next, 'range');
  };

  /** Of the range on screen: where a time lies in it, at its nearest end when it lies outside. */
  const anchorAt = (time: number) => {
    const { start, end } = model.range;
    return Math.max(0, Math.min(1, (time - start) / (end - start)));
  };
  /** As precise as tells the two edges apart. */
  const edge = (at: number) => tickLabel(at, tickStep((range.end - range.start) / 100), whole);
  const left = `${(range.start / whole) * 100}%`;
  const right = `${(1 - range.end / whole) * 100}%`;
  return (
    <div
      class="minimap"
      ref={box}
      role="img"
      aria-label={message(
        'Entire trace, {0}; visible: {1} to {2}',
        formatDuration(duration),
        edge(range.start),
        edge(range.end),
      )}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(undefined)}
      onWheel={onWheel}
      onDblClick={() => model.setRange(wholeRange(duration))}
    >
      <svg
        class="minimap-spans"
        viewBox={`0 0 ${minimapBuckets} ${paths.lanes}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {[...paths.colors].map(([color, path]) => (
          <path key={color} class={`service-${color}`} d={path} />
        ))}
      </svg>
      <svg
        class="minimap-errors"
        viewBox={`0 0 ${minimapBuckets} 1`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={paths.errors} />
      </svg>
      {zoomedIn && (
        <>
          <div class="minimap-outside" style={{ left: 0, width: left }} />
          <div class="minimap-outside" style={{ right: 0, width: right }} />
          <div class="minimap-range" style={{ left, right }}>
            <div class="minimap-grip" data-edge="pan" />
            <div class="minimap-edge" data-edge="start" />
            <div class="minimap-edge" data-edge="end" />
          </div>
        </>
      )}
      {drag && (
        <div class="minimap-length" style={{ left }}>
          {formatDuration(microseconds(range.end - range.start))}
        </div>
      )}
    </div>
  );
}

/** A frame after the rows of a trace: they are what one waits for. Those of the trace before until then. */
function useMinimapPaths(trace: PageTrace) {
  const [paths, setPaths] = useState(noMinimap);
  useEffect(() => setPaths(minimapPaths(trace)), [trace]);
  return paths;
}
