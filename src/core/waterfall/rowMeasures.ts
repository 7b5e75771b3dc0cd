import type { CoveredRun } from './timeCells.ts';

/** Of a row, px: the style sheet's `.row`, `.bar` and the line of the critical path below the bar. */
export const rowHeight = 24;
export const barTop = 5;
export const barHeight = 13;
export const pathTop = 19;
export const pathHeight = 3;
/** Px of a bar in which own time and that of children are told apart. */
export const narrowestSplit = 24;
/** Left of the first level, px. */
export const namePadding = 8;
/** Air at each side of the bars, px; the style sheet's `--timeline-padding`. */
export const timelinePadding = 12;

const characterWidth = 7;

/** Room that a bar's label takes, px: nothing is measured for a row. */
export const barLabelWidth = (label: string): number => label.length * characterWidth + 14;

/** How far levels are set in at most, px, where names are so wide. */
export const indentLimit = (namesWidth: number): number => Math.max(28, namesWidth * 0.4);

/** As a path's `d`: each run of so wide a timeline, so many px high, `top` px from the row's top. */
export const boxes = (
  runs: readonly CoveredRun[],
  width: number,
  top: number,
  height: number,
): string =>
  runs
    .map(({ from, to }) => {
      const [left, right] = [(from * width).toFixed(1), (to * width).toFixed(1)];
      return `M${left} ${top}H${right}v${height}H${left}z`;
    })
    .join('');
