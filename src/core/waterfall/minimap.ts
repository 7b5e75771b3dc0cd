import { errorStatus, type TraceShape } from '../trace/trace.ts';
import { wholeRange } from './timeRange.ts';

/**
 * A small picture of a trace: a lane for each depth (or for several, in a deep trace), `buckets` cells a
 * lane. A cell is 0 where no span runs, else 1 plus the service (index into `services`) of the last span
 * that runs there.
 */
export interface MinimapCells {
  readonly lanes: number;
  readonly buckets: number;
  readonly cells: Uint32Array;
  /** 1 for each bucket in which a span with an error runs. */
  readonly errors: Uint8Array;
}

/** O(size × buckets) at worst; nothing depends on folds or zoom, so it is made once a trace. */
export function minimapCells(shape: TraceShape, maxLanes: number, buckets: number): MinimapCells {
  const { depth } = shape.columns;
  const levels = depth.reduce((most, level) => Math.max(most, level), 0) + 1;
  const lanes = Math.min(maxLanes, levels);
  const cells = new Uint32Array(lanes * buckets);
  const errors = new Uint8Array(buckets);
  const { start, duration, service, status } = shape.columns;
  const scale = buckets / wholeRange(shape.duration).end;
  for (let row = 0; row < shape.size; row++) {
    const from = Math.min(buckets - 1, Math.max(0, Math.floor((start[row] ?? 0) * scale)));
    const end = Math.ceil(((start[row] ?? 0) + (duration[row] ?? 0)) * scale);
    const to = Math.max(from + 1, Math.min(buckets, end));
    const lane = Math.floor(((depth[row] ?? 0) * lanes) / levels) * buckets;
    cells.fill((service[row] ?? 0) + 1, lane + from, lane + to);
    if (status[row] === errorStatus) errors.fill(1, from, to);
  }
  return { lanes, buckets, cells, errors };
}

/** Cells of one lane that lie side by side and show the same service. */
export interface MinimapRun {
  readonly service: number;
  readonly lane: number;
  readonly from: number;
  /** Excluded. */
  readonly to: number;
}

/** The picture as few rectangles: what the page draws. */
export function minimapRuns({ lanes, buckets, cells }: MinimapCells): readonly MinimapRun[] {
  const runs: MinimapRun[] = [];
  for (let lane = 0; lane < lanes; lane++) {
    for (let from = 0; from < buckets;) {
      const cell = cells[lane * buckets + from] ?? 0;
      let to = from + 1;
      while (to < buckets && cells[lane * buckets + to] === cell) to += 1;
      if (cell > 0) runs.push({ service: cell - 1, lane, from, to });
      from = to;
    }
  }
  return runs;
}
