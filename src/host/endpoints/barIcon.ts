export type BarTone = 'calm' | 'slow' | 'failing';

const side = 16;
const barTop = 7;
const barHeight = 5;
/** Middle tones: they stand out on light, dark and high contrast backgrounds alike. */
const colors: Readonly<Record<BarTone, string>> = {
  calm: '#3b8eea',
  slow: '#d98c00',
  failing: '#e5484d',
};

/** Above the bar's end: a triangle warns, a cross has failed. */
const marks: Readonly<Record<BarTone, string>> = {
  calm: '',
  slow: `<path d="M12.5 0.2 15.7 5H9.3z" fill="${colors.slow}"/>`,
  failing: `<path d="M10.4 0.8 14.6 5M14.6 0.8 10.4 5" stroke="${colors.failing}" stroke-width="1.6" stroke-linecap="round"/>`,
};

/**
 * A small horizontal bar as an SVG document: its length is `share` (0 to 1) of the icon's width, never
 * less than a dot. Slow and failing rows each have a mark, so that color isn't the only difference.
 */
export function barIcon(share: number, tone: BarTone): string {
  const width = Math.max(2, Math.round(Math.min(1, share) * side * 10) / 10);
  const rect = (w: number, opacity: number) =>
    `<rect x="0" y="${barTop}" width="${w}" height="${barHeight}" rx="1.5" fill="${colors[tone]}" fill-opacity="${opacity}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}">${rect(side, 0.22)}${rect(width, 1)}${marks[tone]}</svg>`;
}
