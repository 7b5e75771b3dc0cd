import stringWidth from 'string-width';

import { shortened, visibleText } from '../core/base/visibleText.ts';

const longestCell = 500;

/** Text of a span or a file name as a terminal may show it: nothing in it moves the cursor or hides. */
export const cell = (text: string): string => visibleText(shortened(text, longestCell));

/** Cut or filled up to exactly `width` columns of a terminal. */
export function fitted(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cutTo(text, width);
  const space = ' '.repeat(Math.max(0, width - stringWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

export const widthOf = (texts: readonly string[], most: number): number =>
  texts.reduce((width, text) => Math.max(width, Math.min(most, stringWidth(text))), 0);

/** What a terminal shows as one sign may be several characters: a family, a flag, a letter with its accents. */
const graphemes = new Intl.Segmenter();

function cutTo(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of graphemes.segment(text)) {
    used += stringWidth(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut}…`;
}
