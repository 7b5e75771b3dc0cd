import type { EpochMicroseconds } from '../../../src/core/base/units.ts';
import { serviceColorCount } from '../../../src/core/waterfall/serviceColors.ts';
import type { PictureColors } from '../../../src/core/waterfall/picture/pictureParts.ts';
import type { MeasureText } from '../../../src/core/waterfall/picture/pictureText.ts';
import { startText } from '../startText.ts';
import type { PictureStyle } from './pictureOf.ts';

/** The page's width, font and colors as they are now, for a picture that has no style sheet. */
export function pageStyle(start: EpochMicroseconds): PictureStyle {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  return {
    width: document.querySelector('.waterfall')?.clientWidth ?? window.innerWidth,
    colors: pageColors(),
    font: fontFamily,
    fontSize: Number.parseFloat(fontSize) || 13,
    measure: measureIn(fontFamily),
    start: startText(start),
  };
}

function measureIn(font: string): MeasureText {
  const context = document.createElement('canvas').getContext('2d');
  return (text, { size, isBold }) => {
    if (!context) return text.length * size * 0.6;
    context.font = `${isBold === true ? '600 ' : ''}${size}px ${font}`;
    return context.measureText(text).width;
  };
}

/** Other programs know fewer ways to write a color than the browser: each is told as it looks on the page's background. */
function pageColors(): PictureColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const computed = (value: string) => {
    probe.style.color = '';
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const background = computed('var(--background)');
  const seen = (value: string) => {
    if (!context) return computed(value);
    for (const color of [background, computed(value)]) {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  };
  const colors: PictureColors = {
    background: seen('var(--background)'),
    foreground: seen('var(--foreground)'),
    muted: seen('var(--muted)'),
    line: seen('var(--line)'),
    guide: seen('var(--guide)'),
    error: seen('var(--error)'),
    errorText: seen('var(--error-text)'),
    match: seen('var(--match)'),
    matchEdge: seen('var(--match-edge)'),
    link: seen('var(--vscode-textLink-foreground)'),
    badge: seen('var(--vscode-badge-background)'),
    badgeText: seen('var(--vscode-badge-foreground)'),
    services: Array.from({ length: serviceColorCount }, (_, at) => seen(`var(--service-${at})`)),
  };
  probe.remove();
  return colors;
}
