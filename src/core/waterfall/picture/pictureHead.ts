import { formatCount } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { element } from './markup.ts';
import type { Picture } from './pictureParts.ts';
import { fitted, writeText, type TextStyle } from './pictureText.ts';

/** Px. */
export const headHeight = 76;
export const margin = 14;

const titleSize = 16;
const factSize = 12;
const factGap = 14;
const swatchSide = 8;

/** The trace's name and how long it took, facts, and its services: from the top, `headHeight` px high. */
export function drawHead(picture: Picture): string {
  return drawTitle(picture) + drawFacts(picture) + drawServices(picture);
}

function drawTitle(picture: Picture): string {
  const { colors, measure, width, duration } = picture;
  const style: TextStyle = { size: titleSize, color: colors.foreground, isBold: true };
  const took: TextStyle = { size: titleSize, color: colors.muted };
  const room = width - 2 * margin - measure(duration, took) - factGap;
  const title = fitted(picture.title, room, style, measure);
  return (
    writeText(margin, 24, title, style) +
    writeText(margin + measure(title, style) + factGap, 24, duration, took)
  );
}

function drawFacts({ colors, facts, errors, measure, width }: Picture): string {
  const style: TextStyle = { size: factSize, color: colors.muted };
  const failing: TextStyle = { size: factSize, color: colors.errorText };
  let x = margin;
  const all = [...facts.map((text) => ({ text, style })), { text: errors, style: failing }];
  return all
    .map(({ text, style: own }) => {
      const shown = fitted(text, width - margin - x, own, measure);
      const written = writeText(x, 44, shown, own);
      x += shown === '' ? 0 : measure(shown, own) + factGap;
      return written;
    })
    .join('');
}

/** Those that there is room for, and how many there are besides. */
function drawServices({ colors, services, measure, width }: Picture): string {
  const style: TextStyle = { size: factSize, color: colors.foreground };
  const rest = (count: number) => message('+{0} services', formatCount(count));
  const parts: string[] = [];
  let x = margin;
  for (const [index, { name, color }] of services.entries()) {
    const left = services.length - index;
    const kept = left > 1 ? measure(rest(left), style) + factGap : 0;
    const room = width - margin - kept - x - swatchSide - 5;
    const shown = index === 0 ? fitted(name, room, style, measure) : name;
    if (measure(shown, style) > room) {
      parts.push(writeText(x, 64, rest(left), { ...style, color: colors.muted }));
      break;
    }
    const box = { x, y: 56, width: swatchSide, height: swatchSide, rx: 2 };
    parts.push(element('rect', { ...box, fill: colors.services[color] }));
    x += swatchSide + 5;
    parts.push(writeText(x, 64, shown, style));
    x += measure(shown, style) + factGap;
  }
  return parts.join('');
}
