export type BarTone = 'calm' | 'slow' | 'failing';

const side = 16;
const barTop = 6;
const barHeight = 5;
/** Middle tones: they stand out on light, dark and high contrast backgrounds alike. */
const colors: Readonly<Record<BarTone, string>> = {
  calm: '#3b8eea',
  slow: '#d98c00',
  failing: '#e5484d',
};

/**
 * A small horizontal bar as an SVG document: its length is `share` (0 to 1) of the icon's width, never
 * less than a dot. Failing rows also have a notch, so that color isn't the only difference.
 */
export function barIcon(share: number, tone: BarTone): string {
  const width = Math.max(2, Math.round(Math.min(1, share) * side * 10) / 10);
  const rect = (w: number, opacity: number) =>
    `<rect x="0" y="${barTop}" width="${w}" height="${barHeight}" rx="1.5" fill="${colors[tone]}" fill-opacity="${opacity}"/>`;
  const notch =
    tone === 'failing' ? `<circle cx="13.5" cy="3" r="2.5" fill="${colors.failing}"/>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}">${rect(side, 0.22)}${rect(width, 1)}${notch}</svg>`;
}
