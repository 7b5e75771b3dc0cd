import type { Heat } from '../../core/correlate/lines/heat.ts';
import { slowColor } from '../endpoints/barIcon.ts';

/** Of a column of the gutter's height; the steps differ in shape, not in colour. */
const heights: Readonly<Record<Heat, number>> = { some: 5, much: 10, most: 16 };
const left = 9;
const width = 4;

/** A column as high as there is heat, as an SVG document; the place up to the top is faint. */
export function heatIcon(heat: Heat): string {
  const height = heights[heat];
  const column = (from: number, opacity: number) =>
    `<rect x="${left}" y="${from}" width="${width}" height="${16 - from}" rx="1" fill="${slowColor}" fill-opacity="${opacity}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${column(0, 0.22)}${column(16 - height, 1)}</svg>`;
}
