import { formatCount } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { axisTicks, type Tick } from '../axisTicks.ts';
import { rowHeight, timelinePadding } from '../rowMeasures.ts';
import { characters, element } from './markup.ts';
import { drawBar, failedPattern } from './pictureBar.ts';
import { drawHead, headHeight, margin } from './pictureHead.ts';
import { drawName } from './pictureName.ts';
import type { Picture, PictureLine } from './pictureParts.ts';
import { writeText } from './pictureText.ts';

/** The most lines that a picture draws: what is longer isn't looked at in one piece. */
export const mostLines = 500;

const axisHeight = 24;
const bottom = 8;

/**
 * The rows of a waterfall as they are seen, as one SVG: shapes and text only, no script, nothing from elsewhere. It is
 * well-formed XML whatever the spans say.
 */
export function drawPicture(picture: Picture): string {
  const { width, namesWidth, colors } = picture;
  const timeline = width - namesWidth - 2 * timelinePadding;
  const ticks = axisTicks(picture.range, timeline);
  const notes = [aboveText(picture.above), belowText(picture.below)];
  const [first, last] = notes.map((note) => (note === '' ? 0 : rowHeight));
  const top = headHeight + axisHeight + (first ?? 0);
  const end = top + picture.lines.length * rowHeight;
  const height = end + (last ?? 0) + bottom;
  const left = namesWidth + timelinePadding;
  const note = { size: 12, color: colors.muted };
  const content = [
    element('title', {}, characters(picture.title)),
    element('defs', {}, failedPattern(colors.error) + clip('names', namesWidth, rowHeight)),
    element('rect', { width, height, fill: colors.background }),
    drawHead(picture),
    drawAxis(picture, ticks, left, timeline, height - bottom),
    writeText(margin, headHeight + axisHeight + 16, notes[0] ?? '', note),
    ...picture.lines.map((line, index) =>
      element(
        'g',
        { transform: `translate(0 ${top + index * rowHeight})` },
        drawLine(picture, line, left, timeline),
      ),
    ),
    writeText(margin, end + 16, notes[1] ?? '', note),
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': picture.font,
  };
  return `${element('svg', attributes, content.filter((part) => part !== '').join('\n'))}\n`;
}

const aboveText = (count: number): string =>
  count === 0 ? '' : message('… {0} rows above', formatCount(count));

const belowText = (count: number): string =>
  count === 0 ? '' : message('… {0} more rows', formatCount(count));

const clip = (id: string, width: number, height: number): string =>
  element('clipPath', { id }, element('rect', { width, height }));

/** Times above the rows, and the lines behind the bars down to `bottomEdge`. */
function drawAxis(
  { colors, width }: Picture,
  ticks: readonly Tick[],
  left: number,
  timeline: number,
  bottomEdge: number,
): string {
  const top = headHeight;
  const style = { size: 11, color: colors.muted };
  const lines = ticks.map(({ at }) => `M${(left + at * timeline).toFixed(1)} ${top}V${bottomEdge}`);
  const edge = `M0 ${top + axisHeight - 0.5}H${width}`;
  const labels = ticks.map(({ at, label, side }) => {
    const isBefore = side === 'before';
    const x = left + at * timeline + (isBefore ? -4 : 4);
    return side === 'none' ? '' : writeText(x, top + 16, label, { ...style, isBefore });
  });
  return [
    element('path', { d: `${lines.join('')}${edge}`, stroke: colors.line, fill: 'none' }),
    writeText(margin, top + 16, message('Span'), style),
    ...labels,
  ].join('');
}

function drawLine(picture: Picture, line: PictureLine, left: number, timeline: number): string {
  const { width, colors } = picture;
  const row = { width, height: rowHeight };
  const isMatch = line.classes.includes('match');
  return [
    isMatch ? element('rect', { ...row, fill: colors.match }) : '',
    isMatch ? element('rect', { ...row, width: 3, fill: colors.matchEdge }) : '',
    line.classes.includes('joined-root')
      ? element('rect', { width, height: 2, fill: colors.link })
      : '',
    element('g', { 'clip-path': 'url(#names)' }, drawName(picture, line)),
    element('g', { transform: `translate(${left} 0)` }, drawBar(picture, line, timeline)),
  ].join('');
}
