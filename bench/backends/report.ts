import type { Measured } from './measure.ts';

/** One thing that was done, one way, on one size. */
export interface Line {
  readonly what: string;
  /** Straight from the tables, through Jaeger's JSON API as it is, or as Spanhop uses that. */
  readonly by: 'tables' | 'Jaeger' | 'Spanhop on Jaeger';
  readonly seconds: number;
  readonly memoryMb: number;
  /** Of answers, uncompressed. */
  readonly bytes: number;
  readonly requests: number;
  /** Sent by Cassandra; undefined where Jaeger asked it. */
  readonly rows: number | undefined;
  /** How it compares with what was written. */
  readonly truth: string;
}

/** How the spans were written. */
export interface Writing {
  readonly seconds: number;
  /** False: by a run before. */
  readonly isNow: boolean;
}

/** What was done on that many spans. */
export interface SizeReport {
  readonly spans: number;
  readonly traces: number;
  /** Undefined: what it took isn't known. */
  readonly writing: Writing | undefined;
  /** Of the machine, while it was read. */
  readonly load: number;
  readonly lines: readonly Line[];
}

/** What an answer took besides time. */
export interface Taken {
  readonly bytes: number;
  readonly requests: number;
  readonly rows?: number;
}

export const lineOf = (
  what: string,
  by: Line['by'],
  { seconds, memoryMb }: Measured<unknown>,
  { bytes, requests, rows }: Taken,
  truth: string,
): Line => ({ what, by, seconds, memoryMb, bytes, requests, rows, truth });

/** A heading and a table. */
export function reportText(report: SizeReport): string {
  const { spans, traces, writing, load, lines } = report;
  const inTraces = traces === 1 ? 'one trace' : `${whole(traces)} traces`;
  const heading = `  ${whole(spans)} spans in ${inTraces}${writingText(spans, writing)}, load ${load.toFixed(1)}`;
  const columns = ['', 'by', 'time', 'size', 'requests', 'rows', 'memory', 'against the truth'];
  const cells = [columns, ...lines.map(cellsOf)];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const rows = cells.map((row) =>
    row.map((cell, at) => (isNumber(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))),
  );
  return [heading, ...rows.map((row) => `    ${row.join('  ').trimEnd()}`)].join('\n');
}

function writingText(spans: number, writing: Writing | undefined): string {
  if (!writing) return '';
  const { seconds, isNow } = writing;
  const rate = `${whole(spans / seconds)} a second`;
  return `, written ${isNow ? '' : 'before '}in ${whole(seconds)} s (${rate})`;
}

const isNumber = (column: number): boolean => column >= 2 && column <= 6;

const cellsOf = (line: Line): readonly string[] => [
  line.what,
  line.by,
  `${line.seconds.toFixed(1)} s`,
  `${(line.bytes / 1e6).toFixed(2)} MB`,
  whole(line.requests),
  line.rows === undefined ? '' : whole(line.rows),
  `${whole(line.memoryMb)} MB`,
  line.truth,
];

const whole = (value: number): string => Math.round(value).toLocaleString('en');
