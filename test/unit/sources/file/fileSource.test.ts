import assert from 'node:assert/strict';
import { appendFile, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openFileSource } from '../../../../src/sources/file/fileSource.ts';
import { otlpOf } from '../../../support/sendOtlp.ts';
import { describeTraceSource } from '../../../support/sourceContract.ts';
import { makeSpan } from '../../../support/span.ts';

const never = new AbortController().signal;
const fixtures = join(import.meta.dirname, '../../../fixtures');

describeTraceSource('a file of OTLP lines that grows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-file-'));
  const path = join(folder, 'traces.jsonl');
  await writeFile(path, `${JSON.stringify({ resourceSpans: [] })}\n`.repeat(2));
  return {
    source: openFileSource({ path, clock: systemClock }),
    send: (spans) => appendFile(path, `${JSON.stringify(otlpOf(spans))}\n`),
    close: () => rm(folder, { recursive: true }),
  };
});
