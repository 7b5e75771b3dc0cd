import { deepEqual, equal } from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import { ExtractThreads } from '../../../../src/engine/code/extractThreads.ts';
import { silentLog } from '../../../support/silentLog.ts';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const texts = Array.from(
  { length: 40 },
  (_, i) =>
    [`/ws/c${i}.ts`, `@Controller('c${i}') export class C${i} { @Get() list() {} }`] as const,
);
const expected = texts.map(([path, text]) => extractFacts(path, text));
const read = (threads: ExtractThreads) =>
  Promise.all(texts.map(([path, text]) => threads.extract(path, text)));

describe('ExtractThreads', function () {
  this.timeout(30_000);

  it('reads the facts that this thread reads', async () => {
    const workerPath = pathOf('../../../../src/engine/code/extractWorker.ts');
    const threads = new ExtractThreads({ workerPath, messages: {} }, silentLog);
    deepEqual(await read(threads), expected);
    threads.dispose();
  });

  it('leaves nothing unread when a thread dies', async () => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (text: string) => errors.push(text) };
    const workerPath = pathOf('./no-such-file.ts');
    const threads = new ExtractThreads({ workerPath, messages: {} }, log);
    deepEqual(await read(threads), expected);
    equal(errors.length > 0, availableParallelism() > 1);
    threads.dispose();
  });
});
