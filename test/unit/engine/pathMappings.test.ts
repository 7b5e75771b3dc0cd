import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spanRow } from '../../../src/core/base/units.ts';
import type { PathMapping } from '../../../src/core/matching/options.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { otlpOf } from '../../support/sendOtlp.ts';
import { silentLog } from '../../support/silentLog.ts';
import { makeSpan } from '../../support/span.ts';

const usersApp = fileURLToPath(new URL('../../fixtures/apps/users', import.meta.url));
const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('paths of another machine, in the engine', () => {
  const { signal } = new AbortController();
  const engine = createEngine({ clock: systemClock, log: silentLog, emit: () => undefined });
  let folder = '';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-paths-'));
    const named = (id: string, file: string) =>
      makeSpan({
        id: `00000000000000a${id}`,
        service: 'elsewhere',
        start: 1_700_000_000_000_000,
        attributes: { 'code.file.path': `/srv/checkout/${file}`, 'code.line.number': 12 },
      });
    const spans = [named('1', 'users.controller.ts'), named('2', 'users.service.ts')];
    await writeFile(join(folder, 'traces.json'), JSON.stringify(otlpOf(spans)));
    await engine.methods.openSource({ kind: 'file', path: join(folder, 'traces.json') }, signal);
  });
  after(async () => {
    engine.dispose();
    await rm(folder, { recursive: true });
  });

  const openWorkspace = (pathMappings: readonly PathMapping[]) =>
    engine.methods.openWorkspace(
      {
        folders: [usersApp],
        cacheFolder: undefined,
        isTrusted: true,
        exclude: [],
        serviceFolders: {},
        pathMappings,
      },
      signal,
    );
  const confidences = async () => {
    await engine.methods.openTrace({ traceId }, signal);
    const found: string[] = [];
    for (const row of [spanRow(0), spanRow(1)]) {
      const { match } = await engine.methods.spanDetail({ traceId, row }, signal);
      found.push(match.confidence);
    }
    return found;
  };

  it('are guessed by their end until the mapping that is suggested is set', async () => {
    await openWorkspace([]);
    assert.deepEqual(await confidences(), ['likely', 'likely']);
    const suggestion = await engine.methods.suggestPathMapping({ declined: [] }, signal);
    const to = join(usersApp, 'src/users');
    assert.deepEqual(suggestion, { from: '/srv/checkout', to, spans: 2 });
    const again = await engine.methods.suggestPathMapping({ declined: ['/srv'] }, signal);
    assert.equal(again, undefined);

    await openWorkspace([{ from: '/srv/checkout', to }]);
    assert.deepEqual(await confidences(), ['exact', 'exact']);
    assert.equal(await engine.methods.suggestPathMapping({ declined: [] }, signal), undefined);
  });
});
