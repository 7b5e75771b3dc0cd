import { createHash } from 'node:crypto';
import { factsVersion } from '../../core/code/language/facts.ts';

/** Lines with one more that tells whether they are whole: what they hold is parsed only when it is asked for. */
export function* sealed(lines: Iterable<string>): Generator<string> {
  const digest = createHash('sha1');
  for (const line of lines) {
    digest.update(line).update('\n');
    yield `${line}\n`;
  }
  yield sealOf(digest.digest('hex'));
}

/** What lies above the seal, with its last line break; undefined: damaged, or of another version of the facts. */
export function unsealed(bytes: Buffer): Buffer | undefined {
  const end = bytes.lastIndexOf('\n') + 1;
  const inside = bytes.subarray(0, end);
  const digest = createHash('sha1').update(inside).digest('hex');
  return bytes.toString('latin1', end) === sealOf(digest) ? inside : undefined;
}

/** The lines of what was sealed. */
export function* linesOf(inside: Buffer): Generator<Buffer> {
  for (let start = 0; start < inside.length;) {
    const end = inside.indexOf('\n', start);
    yield inside.subarray(start, end);
    start = end + 1;
  }
}

const sealOf = (digest: string) => `${factsVersion} ${digest}`;
