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
  let line: string[] = [];
  let start = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    const byte = bytes[at] ?? newline;
    if (byte !== tab && byte !== newline) continue;
    line.push(bytes.toString('utf8', start, at));
    start = at + 1;
    if (byte === tab) continue;
    lines.push(line);
    line = [];
  }
  return lines;
}

/** With what tells whether it is whole: lists are parsed only when they are asked for. */
export function sealed(text: string): string {
  return `${sealOf(text)}\n${text}`;
}

const sealOf = (text: string | Buffer) =>
  `${factsVersion} ${createHash('sha1').update(text).digest('hex')}`;
