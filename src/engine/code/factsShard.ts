import type { FileFacts } from '../../core/code/language/facts.ts';
import { readFacts, writeFacts } from '../../core/code/language/factsText.ts';
import { linesOf, sealed, unsealed } from './seal.ts';

/** Facts by content key; null: the content doesn't matter. */
export type ShardFacts = Iterable<readonly [key: string, facts: FileFacts | null]>;

const tab = 0x09;

/** A line for each content, its parts with tabs between them: JSON holds neither. */
export function writeShard(facts: ShardFacts): string {
  const lines = Array.from(facts, ([key, one]) =>
    one ? [key, ...writeFacts(one)].join('\t') : key,
  );
  return [...sealed(lines)].join('');
}

/**
 * Undefined: damaged, or of another version. The parts are cut from the bytes: a piece of a string would keep the
 * whole of it in memory.
 */
export function readShard(bytes: Buffer): ShardFacts | undefined {
  const inside = unsealed(bytes);
  return inside && factsOf(inside);
}

function* factsOf(bytes: Buffer): ShardFacts {
  for (const line of linesOf(bytes)) {
    const [key = '', ...facts] = partsOf(line);
    yield [key, facts.length > 0 ? readFacts(facts) : null];
  }
}

function partsOf(line: Buffer): string[] {
  const parts: string[] = [];
  for (let start = 0; start <= line.length;) {
    const found = line.indexOf(tab, start);
    const end = found < 0 ? line.length : found;
    parts.push(line.toString('utf8', start, end));
    start = end + 1;
  }
  return parts;
}
