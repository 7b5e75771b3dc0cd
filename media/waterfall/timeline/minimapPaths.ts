import { minimapCells, minimapRuns } from '../../../src/core/waterfall/minimap.ts';
import type { PageTrace } from '../openTrace.ts';

const maxLanes = 40;
/** Few lanes don't fill the height: a bar of a shallow trace stays a bar. */
const minLanes = 6;
export const minimapBuckets = 400;

/** The minimap as one SVG path a color, and one for the times at which something fails. */
export interface MinimapPaths {
  readonly colors: ReadonlyMap<number, string>;
  readonly errors: string;
  readonly lanes: number;
}

export const noMinimap: MinimapPaths = { colors: new Map(), errors: '', lanes: minLanes };

export function minimapPaths(trace: PageTrace): MinimapPaths {
  const map = minimapCells(trace.opened.shape, maxLanes, minimapBuckets);
  const parts = new Map<number, string[]>();
  const gap = map.lanes > 16 ? 0 : 0.12;
  for (const { service, lane, from, to } of minimapRuns(map)) {
    const color = trace.colors[service] ?? 0;
    const path = parts.get(color) ?? [];
    path.push(`M${from} ${lane + gap}h${to - from}v${1 - 2 * gap}h${from - to}z`);
    parts.set(color, path);
  }
  return {
    colors: new Map([...parts].map(([color, path]) => [color, path.join('')])),
    errors: runsOf(map.errors)
      .map(([from, to]) => `M${from} 0h${to - from}v1h${from - to}z`)
      .join(''),
    lanes: Math.max(minLanes, map.lanes),
  };
}

function runsOf(marks: Uint8Array): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let from = marks.indexOf(1); from >= 0;) {
    const end = marks.indexOf(0, from);
    const to = end < 0 ? marks.length : end;
    runs.push([from, to]);
    from = marks.indexOf(1, to);
  }
  return runs;
}
