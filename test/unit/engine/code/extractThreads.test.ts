import { deepEqual, equal } from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import { writeFacts } from '../../../../src/core/code/language/factsText.ts';
import { ExtractThreads, type SourceAnswer } from '../../../../src/engine/code/extractThreads.ts';
import type { SourceRequest } from '../../../../src/engine/code/readSource.ts';
import { silentLog } from '../../../support/silentLog.ts';

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const workerPath = pathOf('../../../../src/engine/code/extractWorker.ts');
const requests: readonly SourceRequest[] = Array.from({ length: 20 }, (_, i) => ({
  path: `/ws/c${i}.ts`,
  text: `@Controller('c${i}') export class C${i} { @Get() list() {} }`,
  matters: true,
}));
const noThreads = availableParallelism() < 2;

describe('ExtractThreads', function () {
  this.timeout(30_000);

  /** What comes back for the requests, by path; `here`: what must be read without threads. */
  async function readAll(path: string, wanted: readonly SourceRequest[], log = silentLog) {
    const answers = new Map<string, SourceAnswer>();
    const here = new Set<string>();
    const leftOut = new Map<string, string>();
    const reader = {
      take: (request: SourceRequest, answer: SourceAnswer) => answers.set(request.path, answer),
      read: (request: SourceRequest) => here.add(request.path),
      leaveOut: (request: SourceRequest, reason: string) => leftOut.set(request.path, reason),
    };
    const patience = { everyMs: 100, looksAtFile: 30, looksElsewhere: 200 };
    const options = { workerPath: path, messages: {}, patience, maxHeapMegabytes: 100 };
    const threads = new ExtractThreads(options, log, reader);
    for (const request of wanted) if (!threads.offer(request)) reader.read(request);
    await threads.finish();
    threads.dispose();
    return { answers, here, leftOut };
  }

  it('reads the facts that this thread reads', async function () {
    if (noThreads) this.skip();
    const { answers } = await readAll(workerPath, requests);
    for (const { path, text } of requests) {
      const answer = answers.get(path);
      const facts = answer?.kind === 'facts' ? answer.facts : undefined;
      deepEqual(facts, writeFacts(extractFacts(path, text ?? '')));
    }
  });

  it('says of files that don’t matter or aren’t there that they have no facts', async function () {
    if (noThreads) this.skip();
    const { answers } = await readAll(workerPath, [
      { path: '/ws/page.ts', text: 'export class Page {}', matters: false },
      { path: pathOf('./no-such-file.ts'), text: undefined, matters: false },
    ]);
    const [page, gone] = [...answers.values()];
    deepEqual(page?.kind === 'facts' && [page.state, page.facts], [undefined, undefined]);
    deepEqual(gone, { kind: 'gone' });
  });

  it('takes only as much as keeps its threads busy, but any large file', async function () {
    if (noThreads) this.skip();
    const reader = { take: () => undefined, read: () => undefined, leaveOut: () => undefined };
    const threads = new ExtractThreads({ workerPath, messages: {} }, silentLog, reader);
    const taken = Array.from({ length: 10 }, () => requests).flat();
    equal(
      taken.every((request) => threads.offer(request)),
      false,
    );
    equal(threads.offer({ path: '/ws/large.ts', text: '', matters: true }, true), true);
    await threads.finish();
    threads.dispose();
  });

  it('ends a thread that is stuck at a file, leaves that file out and reads the others', async function () {
    if (noThreads) this.skip();
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (text: string) => warnings.push(text) };
    for (const text of ['hang', 'flood']) {
      const stuck = { path: `/ws/${text}.ts`, text, matters: true };
      const wanted = [...requests.slice(0, 3), stuck, ...requests.slice(3)];
      const found = await readAll(pathOf('../../../support/stuckExtraction.ts'), wanted, log);
      deepEqual([...found.leftOut.keys()], [stuck.path]);
      equal(found.answers.size + found.here.size, requests.length);
      equal(found.here.has(stuck.path), false);
    }
    deepEqual(
      warnings.map((text) => text.replace(/ Spanhop tries.*/, '')),
      [
        '/ws/hang.ts: Not indexed: reading the file took longer than 3 s.',
        '/ws/flood.ts: Not indexed: reading the file took too much memory.',
      ],
    );
  });

  it('leaves nothing unread when a thread dies', async () => {
    const errors: string[] = [];
    const log = { ...silentLog, error: (text: string) => errors.push(text) };
    const { answers, here } = await readAll(pathOf('./no-such-file.ts'), requests, log);
    equal(answers.size, 0);
    equal(here.size, requests.length);
    equal(errors.length > 0, !noThreads);
  });
});
