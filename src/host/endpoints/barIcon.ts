import type { CostKind } from '../../core/explain/costKind.ts';
import type { KindShares } from '../../core/explain/requestKinds.ts';

export type BarTone = 'calm' | 'slow' | 'failing';

const side = 16;
const barTop = 7;
const barHeight = 5;
/** What takes long, wherever it is shown. */
export const slowColor = '#d98c00';
/** Middle tones: they stand out on light, dark and high contrast backgrounds alike. */
const colors: Readonly<Record<BarTone, string>> = {
  calm: '#3b8eea',
  slow: slowColor,
  failing: '#e5484d',
};

/**
 * Searched for by the distance between any two of them (CIELAB, 29 at least), as seen with all and with each kind of
 * colour blindness, at 2.3:1 at least on a light and on a dark view.
 */
export const kindColors: Readonly<Record<CostKind, string>> = {
  database: '#2d51ff',
  http: '#b52a91',
  cache: '#0fb3eb',
  messages: '#027d32',
  waiting: '#cda606',
  code: '#9dafa3',
};

/** The same in each bar, so that the same place means the same: what is waited for, then the code. */
const kindOrder = ['database', 'http', 'cache', 'messages', 'waiting', 'code'] as const;

/** Above the bar's end: a triangle warns, a cross has failed. */
const marks: Readonly<Record<BarTone, string>> = {
  calm: '',
  slow: `<path d="M12.5 0.2 15.7 5H9.3z" fill="${colors.slow}"/>`,
  failing: `<path d="M10.4 0.8 14.6 5M14.6 0.8 10.4 5" stroke="${colors.failing}" stroke-width="1.6" stroke-linecap="round"/>`,
};

/**
 * A small horizontal bar as an SVG document: its length is `share` (0 to 1) of the icon's width, never
 * less than a dot. Slow and failing rows each have a mark, so that color isn't the only difference.
 * @param kinds what it is split by; undefined: it is of one color, which says the tone as well
 */
export function barIcon(share: number, tone: BarTone, kinds?: KindShares): string {
  const width = Math.max(2, tenths(Math.min(1, share) * side));
  const track = rect(side, colors[tone], 0.22);
  const bar = kinds === undefined ? rect(width, colors[tone], 1) : splitBar(width, kinds);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}">${track}${bar}${marks[tone]}</svg>`;
}

function splitBar(width: number, { kinds }: KindShares): string {
  let from = 0;
  const parts = kindOrder.flatMap((kind) => {
    const share = kinds.find((one) => one.kind === kind)?.share ?? 0;
    const part = `<path d="M${tenths(from)} ${barTop}h${tenths(share * width)}v${barHeight}H${tenths(from)}z" fill="${kindColors[kind]}"/>`;
    from += share * width;
    return share > 0 ? [part] : [];
  });
  return `<clipPath id="bar">${rect(width, '#000', 1)}</clipPath><g clip-path="url(#bar)">${parts.join('')}</g>`;
}

const tenths = (value: number) => Math.round(value * 10) / 10;

const rect = (width: number, color: string, opacity: number) =>
  `<rect x="0" y="${barTop}" width="${width}" height="${barHeight}" rx="1.5" fill="${color}" fill-opacity="${opacity}"/>`;
