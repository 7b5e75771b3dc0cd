import type { ShownFrame } from '../../../src/protocol/waterfall.ts';

/** Frames that are shown together, and the position of the first. */
export interface FrameRun {
  readonly first: number;
  readonly frames: readonly ShownFrame[];
}

/** Each frame of the workspace by itself; neighbours that are not of it as one run. */
export function frameRuns(frames: readonly ShownFrame[]): readonly FrameRun[] {
  const runs: { first: number; frames: ShownFrame[] }[] = [];
  for (const [position, frame] of frames.entries()) {
    const last = runs.at(-1);
    const joins = !frame.location && last?.frames[0] && !last.frames[0].location;
    if (joins) last.frames.push(frame);
    else runs.push({ first: position, frames: [frame] });
  }
  return runs;
}
