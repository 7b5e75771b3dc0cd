import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEngine, type EngineClient } from '../src/engine/client.ts';
import type { FileChange } from '../src/engine/methods.ts';
import { eventually } from '../test/support/eventually.ts';
import { silentLog } from '../test/support/silentLog.ts';
import { controllerText, generateWorkspace, prismaServiceText } from './generatedWorkspace.ts';

const edits = 20;
/** What was written in the two seconds before it was read is read again at the next opening. */
const writtenLongAgoMs = 3_000;
const bundle = (name: string) => join(import.meta.dirname, '..', 'dist', name);

/**
 * Opens a workspace cold, warm from the cache, and edits it, in the engine's thread as the editor does: generated
 * workspaces that grow, and the checkout that SPANHOP_BENCH_CHECKOUT names. Prints the time on the wall, the CPU time
 * of all threads, the longest that the calling thread stood still, and the longest that the engine took meanwhile to
 * answer what lenses ask.
 */
export async function benchIndex(): Promise<void> {
  if (!existsSync(bundle('engineWorker.cjs'))) {
    throw new Error('The engine is measured as it ships: run npm run build first.');
  }
  const scratch = await mkdtemp(join(tmpdir(), 'spanhop-bench-'));
  try {
    for (const files of [500, 3_500, 20_000]) {
      const root = join(scratch, `generated-${files}`);
      const bytes = await generateWorkspace(root, files);
      console.log(`${files} files, ${(bytes / 1e6).toFixed(1)} MB`);
      await pause(writtenLongAgoMs);
      await measure(root, scratch, generatedEdits(root));
      await rm(root, { recursive: true });
    }
    const checkout = process.env['SPANHOP_BENCH_CHECKOUT'];
    if (checkout !== undefined) {
      console.log(checkout);
      await measure(checkout, scratch, {});
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Changes by what they are called; each is made again and again, `time` is how often it was. */
type Edits = Readonly<Record<string, (time: number) => FileChange>>;

function generatedEdits(root: string): Edits {
  const path = `${root}/src/c0.controller.ts`;
  return {
    'edit of one controller': (time) => ({
      path,
      text: controllerText(0, `@Get('edit${time}') edit${time}() {}`),
    }),
    'edit of what all services extend from': (time) => ({
      path: `${root}/src/prisma.service.ts`,
      text: prismaServiceText(`edit${time}() {}`),
    }),
    'new file': (time) => ({
      path: `${root}/src/new${time}.controller.ts`,
      text: controllerText(0, '').replace('C0Controller', `New${time}Controller`),
    }),
    'deleted file': (time) => ({ path: `${root}/src/new${time}.controller.ts`, text: null }),
  };
}

async function measure(root: string, scratch: string, changes: Edits): Promise<void> {
  const settings = {
    folders: [root],
    cacheFolder: join(scratch, 'cache', basename(root)),
    isTrusted: true,
    exclude: [],
    serviceFolders: {},
    pathMappings: [],
  };
  for (const title of ['cold', 'warm']) {
    const engine = await startedEngine();
    await timed(title, engine, () => engine.call('openWorkspace', settings));
    if (title === 'cold') await kept(settings.cacheFolder);
    if (title === 'warm') {
      await timed('until a change waits for nothing', engine, () =>
        engine.call('filesChanged', { changes: [] }),
      );
      await measureEdits(engine, changes);
    }
    const { files, handlers, calls } = await engine.call('filesChanged', { changes: [] });
    const megabytes = Math.round(process.memoryUsage().rss / 1e6);
    console.log(
      `  ${files} files, ${handlers} handlers, ${calls} calls; ${megabytes} MB of memory in all`,
    );
    engine.dispose();
  }
}

/** Until what was read and linked is on disk: a change before that would put it off. */
async function kept(cacheFolder: string): Promise<void> {
  await eventually(
    'what was linked, on disk',
    () => Promise.resolve(globSync('*/linked.lists', { cwd: cacheFolder })),
    (found) => found.length > 0,
    60_000,
  );
}

/** Until the engine has answered what the changed file's lenses show. */
async function measureEdits(engine: EngineClient, changes: Edits): Promise<void> {
  for (const [title, changeOf] of Object.entries(changes)) {
    let time = 0;
    const edit = async () => {
      const change = changeOf((time += 1));
      await engine.call('filesChanged', { changes: [change] });
      await engine.call('handlersIn', { path: change.path });
    };
    await timed(title, engine, edit, edits);
  }
}

async function startedEngine(): Promise<EngineClient> {
  const engine = startEngine({
    workerPath: bundle('engineWorker.cjs'),
    extractWorkerPath: bundle('extractWorker.cjs'),
    messages: {},
    log: silentLog,
    onEvent: () => undefined,
  });
  await engine.call('serviceFolders', {});
  return engine;
}

async function timed(
  title: string,
  engine: EngineClient,
  run: () => Promise<unknown>,
  times = 1,
): Promise<void> {
  const watches = [watchThread(), watchAnswers(engine)];
  const cpu = process.cpuUsage();
  const started = performance.now();
  for (let time = 0; time < times; time += 1) await run();
  const wall = (performance.now() - started) / times;
  const { user, system } = process.cpuUsage(cpu);
  const [held = 0, answered = 0] = await Promise.all(watches.map((stop) => stop()));
  const ms = (value: number) => `${value.toFixed(0)} ms`.padStart(9);
  console.log(
    `  ${title.padEnd(38)}${ms(wall)}, CPU${ms((user + system) / 1_000 / times)}, caller held${ms(held)}, engine answers within${ms(answered)}`,
  );
}

/** Watches how long this thread stands still; stopped, gives the longest. */
function watchThread(): () => Promise<number> {
  let held = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    const now = performance.now();
    held = Math.max(held, now - last - 1);
    last = now;
  }, 1);
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    clearInterval(watch);
    return held;
  };
}

/** Asks the engine again and again; stopped, gives the longest that an answer took. */
function watchAnswers(engine: EngineClient): () => Promise<number> {
  const stopped = new AbortController();
  const asking = (async () => {
    let longest = 0;
    while (!stopped.signal.aborted) {
      const asked = performance.now();
      await engine.call('handlersIn', { path: '/none.ts' });
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return longest;
  })();
  return () => {
    stopped.abort();
    return asking;
  };
}
