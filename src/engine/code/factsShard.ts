import { createHash } from 'node:crypto';
import { factsVersion, type FileFacts } from '../../core/code/facts.ts';
import { readFacts, writeFacts } from '../../core/code/factsText.ts';

/** Facts by content key; null: the content doesn't matter. */
export type ShardFacts = Iterable<readonly [key: string, facts: FileFacts | null]>;

const tab = 0x09;
const newline = 0x0a;

/** A line for each content, its parts with tabs between them: JSON holds neither. */
export function writeShard(facts: ShardFacts): string {
  const lines = Array.from(facts, ([key, one]) =>
    one ? [key, ...writeFacts(one)].join('\t') : key,
  );
  return sealed(lines.join('\n'));
}

/**
 * Undefined: damaged, or of another version. The parts are cut from the bytes: a piece of a string would keep the
 * whole of it in memory.
 */
export function readShard(bytes: Buffer): ShardFacts | undefined {
  const start = bytes.indexOf(newline) + 1;
  const inside = bytes.subarray(start);
  if (bytes.toString('latin1', 0, start) !== `${sealOf(inside)}\n`) return undefined;
  return linesOf(inside).map(([key = '', ...facts]) => [
    key,
    facts.length > 0 ? readFacts(facts) : null,
  ]);
}

function linesOf(bytes: Buffer): string[][] {
  const lines: string[][] = [];
  for (let start = 0; start < bytes.length;) {
    const end = endOf(bytes, newline, start, bytes.length);
    lines.push(partsOf(bytes, start, end));
    start = end + 1;
  }
  return lines;
}

function partsOf(bytes: Buffer, lineStart: number, lineEnd: number): string[] {
  const parts: string[] = [];
  for (let start = lineStart; start <= lineEnd;) {
    const end = endOf(bytes, tab, start, lineEnd);
    parts.push(bytes.toString('utf8', start, end));
    start = end + 1;
  }
  return parts;
}

function endOf(bytes: Buffer, separator: number, start: number, last: number): number {
  const found = bytes.indexOf(separator, start);
  return found < 0 || found > last ? last : found;
}

/** With what tells whether it is whole: lists are parsed only when they are asked for. */
export function sealed(text: string): string {
  return `${sealOf(text)}\n${text}`;
}

const sealOf = (text: string | Buffer) =>
  `${factsVersion} ${createHash('sha1').update(text).digest('hex')}`;
