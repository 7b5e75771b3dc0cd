import { formatDuration } from '../../../src/core/base/format.ts';
import { fromMilliseconds } from '../../../src/core/base/units.ts';
import type { FaultRow } from './fault.ts';

const heads = [
  'Fault',
  'Known after',
  'Status bar',
  'What the user reads',
  'Metrics',
  'Recovers after',
  'Left open',
] as const;

const figuresWords: Record<FaultRow['figures'], string> = {
  stay: 'stay, with their age',
  gone: 'go with what they were of',
  fresh: 'go on',
};

/** The rows as a table of Markdown; ports, which are others each time, are `PORT`, folders of the test `…`. */
export const faultTable = (rows: readonly FaultRow[]): string =>
  [heads, heads.map(() => '---'), ...rows.map(cells)]
    .map((row) => `| ${row.map(escaped).join(' | ')} |`)
    .join('\n');

const cells = (row: FaultRow): readonly string[] => [
  row.title,
  time(row.untilKnown),
  row.status,
  row.sentence,
  figuresWords[row.figures],
  time(row.untilRecovered),
  row.leftOver.join(', ') || 'nothing',
];

/** To a tenth of a second: the next run differs. */
const time = (ms: number): string =>
  ms < 100 ? 'at once' : formatDuration(fromMilliseconds(Math.round(ms / 100) * 100));

const escaped = (text: string): string =>
  text
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replace(/\b([Pp]ort) \d+/g, '$1 PORT')
    .replace(/\S*\/store\/traces/g, '…/traces')
    .replaceAll('|', '\\|');

/** Title and sentence of each row of such tables in a document of Markdown. */
export const rowsIn = (markdown: string): readonly { title: string; sentence: string }[] =>
  [...markdown.matchAll(/^\| (?!Fault |-)(.*) \|$/gm)].map(([, row = '']) => {
    const [title = '', , , sentence = ''] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return { title, sentence };
  });
