import { shortened } from '../../base/visibleText.ts';
import { characters, element } from './markup.ts';

/** How a text is written. */
export interface TextStyle {
  /** Px. */
  readonly size: number;
  readonly color: string;
  readonly isBold?: boolean;
  /** Where the text is from `x` on: at its start, else at its end. */
  readonly isBefore?: boolean;
}

/** The width of a text in the picture's font, px. */
export type MeasureText = (text: string, style: Pick<TextStyle, 'size' | 'isBold'>) => number;

/** A line of text; `y` is its baseline. Nothing at all where the text is empty. */
export function writeText(x: number, y: number, text: string, style: TextStyle): string {
  if (text === '') return '';
  const attributes = {
    x,
    y,
    'font-size': style.size,
    fill: style.color,
    'font-weight': style.isBold === true ? 600 : undefined,
    'text-anchor': style.isBefore === true ? 'end' : undefined,
  };
  return element('text', attributes, characters(text));
}

/** As much of a text as fits, with an ellipsis where it is cut; empty where not even that does. */
export function fitted(
  text: string,
  width: number,
  style: Pick<TextStyle, 'size' | 'isBold'>,
  measure: MeasureText,
): string {
  if (measure(text, style) <= width) return text;
  let [fits, tooLong] = [0, text.length];
  while (tooLong - fits > 1) {
    const length = (fits + tooLong) >> 1;
    if (measure(shortened(text, length), style) <= width) fits = length;
    else tooLong = length;
  }
  return fits === 0 ? '' : shortened(text, fits);
}
