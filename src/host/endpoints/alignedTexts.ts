/** As wide as a digit, a point and a space in the font around them; and parts of the font's size. */
const figureSpace = '\u2007';
const punctuationSpace = '\u2008';
const noBreakSpace = '\u00a0';
const emSpaces = [
  ['\u2002', 1 / 2],
  ['\u2004', 1 / 3],
  ['\u2005', 1 / 4],
  ['\u2009', 1 / 5],
  ['\u2006', 1 / 6],
] as const;

/** Of units, in parts of the font's size: between those of the editor's fonts on Linux, Windows and macOS. */
const letterWidths: Readonly<Record<string, number>> = {
  m: 0.9,
  µ: 0.57,
  s: 0.5,
  h: 0.57,
  d: 0.57,
  i: 0.24,
  n: 0.57,
};
const otherLetter = 0.55;

/** How wide a text is, by what has a space of its width. */
interface Width {
  readonly digits: number;
  readonly points: number;
  readonly spaces: number;
  readonly letters: number;
}

/**
 * The texts with spaces before them, so that they end at the same place in a proportional font: `9.01 ms`, `326 ms`,
 * `1.24 s`. Exact for digits, points and spaces, within a pixel for units.
 */
export function alignedTexts(texts: readonly string[]): readonly string[] {
  const widths = texts.map(widthOf);
  const most = (part: keyof Width) => Math.max(...widths.map((width) => width[part]));
  const widest = {
    digits: most('digits'),
    points: most('points'),
    spaces: most('spaces'),
    letters: most('letters'),
  };
  return widths.map((width, at) => `${padding(width, widest)}${texts[at] ?? ''}`);
}

function padding(width: Width, widest: Width): string {
  return (
    emPadding(widest.letters - width.letters) +
    noBreakSpace.repeat(widest.spaces - width.spaces) +
    punctuationSpace.repeat(widest.points - width.points) +
    figureSpace.repeat(widest.digits - width.digits)
  );
}

/** Of at most three spaces after the widest ones those that come nearest. */
function emPadding(width: number): string {
  if (width > 1) return `\u2003${emPadding(width - 1)}`;
  let nearest: Padding = { text: '', width: 0 };
  for (const padding of paddings)
    if (Math.abs(padding.width - width) < Math.abs(nearest.width - width)) nearest = padding;
  return nearest.text;
}

interface Padding {
  readonly text: string;
  readonly width: number;
}

const withOneMore = (shorter: readonly Padding[]): readonly Padding[] =>
  shorter.flatMap(({ text, width }) =>
    emSpaces.map(([space, em]) => ({ text: text + space, width: width + em })),
  );

const oneSpace = withOneMore([{ text: '', width: 0 }]);
const twoSpaces = withOneMore(oneSpace);
const paddings = [...oneSpace, ...twoSpaces, ...withOneMore(twoSpaces)];

function widthOf(text: string): Width {
  let [digits, points, spaces, letters] = [0, 0, 0, 0];
  for (const character of text) {
    if (/\d/.test(character)) digits += 1;
    else if (/[.,]/.test(character)) points += 1;
    else if (/\s/.test(character)) spaces += 1;
    else letters += letterWidths[character] ?? otherLetter;
  }
  return { digits, points, spaces, letters };
}
