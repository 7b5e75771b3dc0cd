import { barOf, labelPlace, sideOutside, type Bar } from '../bar.ts';
import { coveredByChildren, criticalRuns } from '../barParts.ts';
import { coveredRuns } from '../coverage.ts';
import {
  barHeight,
  barLabelWidth,
  barTop,
  boxes,
  narrowestSplit,
  pathHeight,
  pathTop,
} from '../rowMeasures.ts';
import { element } from './markup.ts';
import type { Picture, PictureLine } from './pictureParts.ts';
import { writeText } from './pictureText.ts';

/** The pattern of bars that failed: see `failedPattern`. */
const failed = 'failed';
const narrowestBar = 3;
const labelSize = 11;
const baseline = 15.5;
const labelMargin = 7;

/** Stripes over a bar that failed, as a definition that the bars refer to. */
export const failedPattern = (color: string): string =>
  element(
    'pattern',
    {
      id: failed,
      width: 6,
      height: 6,
      patternUnits: 'userSpaceOnUse',
      patternTransform: 'rotate(45)',
    },
    element('rect', { width: 2, height: 6, fill: color }),
  );

/** The bar's half of a row, from the timeline's top left. */
export function drawBar(picture: Picture, line: PictureLine, width: number): string {
  const bar = barOf(line.start, line.length, picture.range);
  if (!bar) return drawAway(picture, line, width);
  return [
    element('g', { opacity: dimmed(picture, line) }, drawShape(picture, line, bar, width)),
    drawParts(picture, line, bar, width),
    drawLabel(picture, line, bar, width),
  ].join('');
}

/** How much a bar stands back; undefined: not at all. */
function dimmed({ onlyCritical }: Picture, { classes }: PictureLine): number | undefined {
  if (onlyCritical && !classes.includes('critical')) return 0.25;
  return classes.includes('no-match') ? 0.35 : undefined;
}

function drawShape(picture: Picture, line: PictureLine, bar: Bar, width: number): string {
  const { colors, columns, range } = picture;
  const fill = colors.services[line.color];
  const x = bar.left * width;
  const barWidth = Math.max(narrowestBar, bar.width * width);
  const box = {
    x,
    y: barTop,
    width: barWidth,
    height: barHeight,
    rx: bar.cutLeft || bar.cutRight ? 0 : 3,
  };
  const isFailed = line.classes.includes('error');
  const shape = [
    element('rect', { ...box, fill, 'fill-opacity': line.members ? 0.25 : undefined }),
  ];
  if (line.members) {
    const length = range.end - range.start;
    const cells = Math.max(1, Math.min(200, Math.round(barWidth)));
    const start = range.start + bar.left * length;
    const runs = coveredRuns(columns, line.members, start, bar.width * length, cells);
    const d = boxes(runs, barWidth, barTop, barHeight);
    shape.push(element('path', { d, fill, transform: `translate(${x.toFixed(1)} 0)` }));
  }
  if (isFailed)
    shape.push(element('rect', { ...box, fill: `url(#${failed})`, stroke: colors.error }));
  return shape.join('');
}

/** Own time told from children's, and below the bar the parts of the critical path. */
function drawParts(
  { colors, columns, range }: Picture,
  { onPath, parentRow }: PictureLine,
  bar: Bar,
  width: number,
): string {
  const cells = Math.max(1, Math.round(width));
  const isSplit = parentRow !== undefined && bar.width * width >= narrowestSplit;
  const covered = isSplit ? coveredByChildren(columns, parentRow, range, cells) : [];
  const critical = criticalRuns(columns, onPath, range, cells);
  const path = (d: string, fill: string, opacity?: number) =>
    d === '' ? '' : element('path', { d, fill, 'fill-opacity': opacity });
  return (
    path(boxes(covered, width, barTop, barHeight), colors.background, 0.5) +
    path(boxes(critical, width, pathTop, pathHeight), colors.foreground)
  );
}

function drawLabel(
  { colors, measure }: Picture,
  { time }: PictureLine,
  bar: Bar,
  width: number,
): string {
  const { side, edge } = labelPlace(bar, width, barLabelWidth(time));
  const x = edge * width;
  if (side === 'inside') {
    const style = { size: labelSize - 1, color: colors.foreground };
    const box = { x: x + 3, y: 6, width: measure(time, style) + 8, height: 11, rx: 2 };
    return element('rect', { ...box, fill: colors.background }) + writeText(x + 7, 15, time, style);
  }
  const isBefore = side === 'left';
  const at = isBefore ? x - labelMargin : x + labelMargin;
  return writeText(at, baseline, time, { size: labelSize, color: colors.muted, isBefore });
}

/** In place of a bar that is out of sight. */
function drawAway({ colors, range }: Picture, { start, time }: PictureLine, width: number): string {
  const isAfter = sideOutside(start, range) === 'after';
  const style = { size: labelSize, color: colors.muted, isBefore: isAfter };
  return writeText(isAfter ? width : 0, baseline, isAfter ? `${time} →` : `← ${time}`, style);
}
