import { formatCount } from '../../base/format.ts';
import { indentOf, isCompressed, levelWidth } from '../indent.ts';
import { barTop, indentLimit, namePadding, rowHeight } from '../rowMeasures.ts';
import { element } from './markup.ts';
import type { Picture, PictureLine } from './pictureParts.ts';
import { fitted, writeText, type TextStyle } from './pictureText.ts';

/** Of a row, px. */
const baseline = 16.5;
const gap = 5;
const titleGap = 6;
const marginRight = 10;
const twistieWidth = 16;
const swatch = { width: 4, height: 14 };
const errorSide = 14;
/** Left of a name, so that it is never cut away by what stands before it. */
const shortestName = 24;

/** The names' half of a row, from its top left: guides, fold, color, failure, what runs and where. */
export function drawName(picture: Picture, line: PictureLine): string {
  const { colors, namesWidth } = picture;
  const limit = indentLimit(namesWidth);
  const indent = indentOf(line.level, limit);
  const isFailed = line.classes.includes('error');
  let x = indent + namePadding;
  const parts = [drawGuides(indent, colors.guide)];
  if (line.isParent) parts.push(drawTwistie(x, line.isFolded, colors.muted));
  x += twistieWidth + gap;
  parts.push(
    element('rect', { x, y: barTop, ...swatch, rx: 1, fill: colors.services[line.color] }),
  );
  x += swatch.width + gap;
  if (isFailed) {
    parts.push(drawFailure(x, colors.error));
    x += errorSide + gap;
  }
  const depth = isCompressed(line.level, limit) ? formatCount(line.level) : '';
  parts.push(drawTexts(picture, line, depth, x));
  return parts.join('');
}

/** What is written of a line, left to right, as far as there is room. */
function drawTexts(picture: Picture, line: PictureLine, depth: string, from: number): string {
  const { colors, fontSize, measure, namesWidth } = picture;
  const end = namesWidth - marginRight;
  const small: TextStyle = { size: 11, color: colors.muted };
  const isMuted = line.classes.includes('no-match');
  const isFailed = line.classes.includes('error');
  const nameColor = isMuted ? colors.muted : isFailed ? colors.errorText : colors.foreground;
  const name: TextStyle = { size: fontSize, color: nameColor };
  const parts: string[] = [];
  let x = from;
  const write = (text: string, style: TextStyle) => {
    parts.push(writeText(x, baseline, text, style));
    x += measure(text, style) + titleGap;
  };
  if (depth !== '') write(depth, small);
  if (line.count !== '') write(line.count, { ...name, color: colors.foreground, isBold: true });
  const badges = [line.repeats, line.origin].filter((text) => text !== '');
  const badgesWidth = badges.reduce((sum, text) => sum + badgeWidth(text, picture) + titleGap, 0);
  const room = Math.max(shortestName, end - x - badgesWidth);
  write(fitted(line.operation, room, name, measure), name);
  for (const badge of badges) {
    parts.push(drawBadge(x, badge, line.isCostly && badge === line.repeats, picture));
    x += badgeWidth(badge, picture) + titleGap;
  }
  const service: TextStyle = { size: 12, color: colors.muted };
  const hasService = line.service !== '' && x + measure(line.service, service) <= end;
  if (hasService) write(line.service, service);
  if (line.place !== '' && x + titleGap + measure(line.place, small) <= end)
    parts.push(writeText(end, baseline, line.place, { ...small, isBefore: true }));
  return parts.join('');
}

const badgeStyle = { size: 11 };
const badgePadding = 5;

const badgeWidth = (text: string, { measure }: Picture): number =>
  measure(text, badgeStyle) + 2 * badgePadding;

/** Where it tells of what costs much it stands out. */
function drawBadge(x: number, text: string, isCostly: boolean, picture: Picture): string {
  const { colors } = picture;
  const width = badgeWidth(text, picture);
  const box = { x, y: 4, width, height: 16, rx: 3, fill: colors.badge };
  const color = isCostly ? colors.badgeText : colors.muted;
  const written = writeText(x + badgePadding, baseline - 0.5, text, { ...badgeStyle, color });
  return isCostly ? element('rect', box) + written : written;
}

/** A line down for each level. */
function drawGuides(indent: number, color: string): string {
  let d = '';
  for (let x = twistieWidth + 0.5; x < twistieWidth + indent; x += levelWidth)
    d += `M${x} 0V${rowHeight}`;
  return d === '' ? '' : element('path', { d, stroke: color, fill: 'none' });
}

const drawTwistie = (x: number, isFolded: boolean, color: string): string =>
  element('path', {
    d: isFolded ? 'M6 8l4 4-4 4' : 'M4 10l4 4 4-4',
    transform: `translate(${x} 0)`,
    fill: 'none',
    stroke: color,
    'stroke-width': 1.2,
  });

const drawFailure = (x: number, color: string): string =>
  element('path', {
    d: 'M7 6.500a5.500 5.500 0 1 1 0 11a5.500 5.500 0 1 1 0-11zM5 10l4 4M9 10l-4 4',
    transform: `translate(${x} 0)`,
    fill: 'none',
    stroke: color,
    'stroke-width': 1.4,
  });
