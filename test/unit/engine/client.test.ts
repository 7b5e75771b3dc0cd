import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { startEngine, type EngineClient } from '../../../src/engine/client.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const settings = {
  folders: ['/ws/a.ts'],
  cacheFolder: undefined,
  isTrusted: true,
  exclude: [],
  serviceFolders: {},
  pathMappings: [],
};

describe('the engine’s thread', function () {
  this.timeout(60_000);
  let engine: EngineClient;
  let starts: number;
  let logged: string[];

  beforeEach(() => {
    starts = 0;
    logged = [];
    const log = (text: string) => logged.push(text);
    engine = startEngine({
      workerPath: pathOf('../../support/stuckEngine.ts'),
      extractWorkerPath: '',
      messages: {},
      log: { info: log, warn: log, error: log },
      onEvent: (name) => {
        if (name === 'log') starts += 1;
      },
      patience: { everyMs: 100, looksAtFile: 30, looksElsewhere: 100 },
      maxHeapMegabytes: 60,
    });
  });

  afterEach(() => {
    engine.dispose();
  });

  const open = (text: string, path = '/ws/b.ts') =>
    engine.call('openWorkspace', { ...settings, unsaved: [{ path, text }] });
  const change = (path: string, text: string) =>
    engine.call('filesChanged', { changes: [{ path, text }] });
  const readFiles = () => engine.call('services', {});

  for (const [text, why] of [
    ['hang', /^\/ws\/b\.ts: Not indexed: reading the file took longer than 3 s\./],
    ['flood', /^\/ws\/b\.ts: Not indexed: reading the file took too much memory\./],
  ] as const) {
    it(`is replaced by one that leaves out the file it doesn’t get over (${text}), and says which`, async () => {
      equal((await open(text)).problems, 1);
      deepEqual(await readFiles(), ['/ws/a.ts']);
      equal(starts, 2);
      match(logged.filter((line) => line.includes('Not indexed')).join('\n'), why);
    });
  }

  it('reads the file again once it changes, and answers what was asked meanwhile', async () => {
    await open('fine');
    const [changed, asked] = await Promise.all([change('/ws/b.ts', 'hang'), readFiles()]);
    equal(changed.files, 1);
    deepEqual(asked, ['/ws/a.ts']);
    await change('/ws/b.ts', 'fine again');
    deepEqual(await readFiles(), ['/ws/a.ts', '/ws/b.ts']);
    equal(starts, 2);
  });

  it('gives the next one the editors’ texts as they are by now', async () => {
    await open('fine');
    await change('/ws/c.ts', 'typed');
    await engine.call('filesChanged', { changes: [{ path: '/ws/b.ts' }] });
    await change('/ws/d.ts', 'hang');
    deepEqual(await readFiles(), ['/ws/a.ts', '/ws/c.ts']);
  });

  it('leaves out one file after another', async () => {
    const unsaved = ['b', 'c', 'd'].map((name) => ({ path: `/ws/${name}.ts`, text: 'hang' }));
    const { files, problems } = await engine.call('openWorkspace', { ...settings, unsaved });
    deepEqual([files, problems, starts], [1, 3, 4]);
  });

  it('fails what it is stuck at elsewhere, and is there again for the next call', async () => {
    await open('fine');
    await rejects(engine.call('operations', { service: '' }));
    deepEqual(await readFiles(), ['/ws/a.ts', '/ws/b.ts']);
  });

  it('is not started for ever', async () => {
    await open('fine');
    const stopped = async () => {
      for (let time = 0; time < 20; time += 1) {
        await change('/ws/x.ts', 'die').catch((error: unknown) => {
          if (String(error).includes('too often')) throw error;
        });
      }
    };
    await rejects(stopped, /stopped too often/);
    equal(starts < 10, true);
  });
});
