import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const updating = process.env['UPDATE_GOLDEN'] === '1';

/**
 * Compares text with the golden file next to a test. A missing file fails: `npm run update:golden`
 * writes it, to be read before it is committed.
 */
export function assertGolden(file: URL, actual: string): void {
  const text = actual.endsWith('\n') ? actual : `${actual}\n`;
  if (updating) writeFileSync(file, text);
  const wanted = 'npm run update:golden writes it';
  assert.ok(existsSync(file), `${file.pathname} is missing: ${wanted}`);
  assert.equal(text, readFileSync(file, 'utf8'), `${file.pathname} differs: ${wanted}`);
}
