import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';
import { epochFromMilliseconds, spanRow } from '../../../src/core/base/units.ts';
import { isMatch } from '../../../src/core/matching/match.ts';
import { startEngine, type EngineClient } from '../../../src/engine/client.ts';
import type { IndexSummary } from '../../../src/engine/methods.ts';
import { confidences } from '../../../src/protocol/waterfall.ts';
import { silentLog } from '../../support/silentLog.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const workerPath = pathOf('../../../src/engine/worker.ts');
const extractWorkerPath = pathOf('../../../src/engine/code/extractWorker.ts');
const usersApp = pathOf('../../fixtures/apps/users');
const recordedSpans = pathOf('../../fixtures/otlp/nest-prisma.json');
const controller = join(usersApp, 'src/users/users.controller.ts');
const service = join(usersApp, 'src/users/users.service.ts');
const nPlusOneTrace = 'a7fd2f';

/** Holds the recording of 2026-11-22. */
const window: TimeWindow = {
  start: epochFromMilliseconds(Date.UTC(2026, 10, 1)),
  end: epochFromMilliseconds(Date.UTC(2026, 11, 1)),
};
const workspace = {
  folders: [usersApp],
  cacheFolder: undefined,
  isTrusted: true,
  exclude: [],
  serviceFolders: {},
  pathMappings: [],
};

describe('the engine, in its thread, on recorded spans and their code', function () {
  this.timeout(30_000);
  let engine: EngineClient;
  const indexChanges: IndexSummary[] = [];

  before(async () => {
    engine = startEngine({
      workerPath,
      extractWorkerPath,
      messages: {},
      log: silentLog,
      onEvent: (name, value) => {
        if (name === 'indexChanged') indexChanges.push(value as IndexSummary);
      },
    });
    await engine.call('openSource', { kind: 'file', path: recordedSpans });
    await engine.call('openWorkspace', workspace);
  });

  after(() => {
    engine.dispose();
  });

  async function traceIdStarting(prefix: string): Promise<string> {
    const { traces } = await engine.call('search', {
      service: 'users-api',
      operation: undefined,
      minDuration: undefined,
      errorsOnly: false,
      window,
      limit: 100,
    });
    const found = traces.find(({ traceId }) => traceId.startsWith(prefix));
    assert.ok(found, `no trace ${prefix}`);
    return found.traceId;
  }

  it('tells how often each handler of a file was called, once for each request', async () => {
    await engine.call('endpoints', { window, refresh: false });
    const lines = await engine.call('handlersIn', { path: controller });
    assert.deepEqual(
      lines.map(({ handler, figures }) => [handler.handler, figures?.count, figures?.layer]),
      [
        ['all', 1, 'server'],
        ['findOne', 2, 'server'],
        ['create', 3, 'server'],
      ],
    );
  });

  it('finds the traces of a handler, slowest first', async () => {
    const { rows } = await engine.call('endpoints', { window, refresh: false });
    const create = rows.find(({ handler }) => handler?.handler === 'create');
    assert.ok(create);
    const { traces } = await engine.call('tracesOf', {
      endpointId: create.id,
      window,
      limit: 10,
    });
    assert.equal(traces.length, 3);
    const matched = traces.map((trace) => trace.matched ?? 0);
    assert.deepEqual(
      matched,
      matched.toSorted((a, b) => b - a),
    );
  });

  it('opens a trace with a confidence for each row, and says how often a query was repeated', async () => {
    const opened = await engine.call('openTrace', {
      traceId: await traceIdStarting(nPlusOneTrace),
    });
    assert.equal(opened.confidence.length, opened.shape.size);
    assert.ok([...opened.confidence].some((code) => confidences[code] === 'strong'));
    assert.deepEqual(
      [...new Set(opened.repeats)].toSorted((a, b) => a - b),
      [0, 2],
    );
    const times = opened.repeatTime;
    opened.repeats.forEach((count, row) => assert.equal(times[row]! > 0, count > 0));
    assert.ok(times.every((time) => time <= opened.shape.duration));
  });

  it('reports what became of every span, and finds the row of an example', async () => {
    const params = { window, service: undefined, traces: 100, seconds: 60 };
    const { report, basis } = await engine.call('mappingReport', params);
    assert.deepEqual(
      [basis.traces, basis.complete, basis.countsEveryRequest, report.traces, report.spans],
      [6, true, true, 6, 104],
    );
    const example = report.services[0]?.sorts[0]?.confidences[0]?.example;
    assert.ok(example);
    await engine.call('openTrace', { traceId: example.traceId });
    const row = await engine.call('rowOfSpan', example);
    assert.ok(row !== undefined);
    const { spanId } = await engine.call('spanDetail', { traceId: example.traceId, row });
    assert.equal(spanId, example.spanId);
  });

  it('reports of the newest traces alone where fewer are wanted, of how many, and why', async () => {
    const params = { window, service: undefined, traces: 2, seconds: 60 };
    const { report, basis } = await engine.call('mappingReport', params);
    assert.deepEqual([report.traces, basis.traces, basis.complete], [2, 6, false]);
    assert.match(basis.reason, /latest 2 traces/);
  });

  it('stops reading for a report when nobody waits for it any more', async () => {
    const stop = new AbortController();
    const params = { window, service: undefined, traces: 100, seconds: 60 };
    const asked = engine.call('mappingReport', params, stop.signal);
    stop.abort();
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('gives the details of a span with the line of its Prisma call', async () => {
    const traceId = await traceIdStarting(nPlusOneTrace);
    const { repeats } = await engine.call('openTrace', { traceId });
    const row = spanRow(repeats.indexOf(2));
    const { match } = await engine.call('spanDetail', { traceId, row });
    assert.ok(isMatch(match), match.reason);
    assert.deepEqual([match.location.path, match.location.line], [service, 18]);
  });

  it('selects the spans of the method around a line', async () => {
    const traceId = await traceIdStarting(nPlusOneTrace);
    await engine.call('openTrace', { traceId });
    const { rows, symbol } = await engine.call('rowsAt', { traceId, path: service, line: 17 });
    assert.equal(symbol, 'UsersService.nPlusOne');
    assert.ok(rows.length >= 3);
  });

  it('says what a trace spent at each line', async () => {
    const traceId = await traceIdStarting(nPlusOneTrace);
    const { repeats } = await engine.call('openTrace', { traceId });
    const { whole, lines } = await engine.call('traceTimes', { traceId });
    const looped = lines.find(({ location }) => location.path === service && location.line === 18);
    assert.equal(looped?.calls, 2);
    assert.ok(looped.rows.includes(spanRow(repeats.indexOf(2))));
    assert.ok(looped.self > 0 && looped.self <= looped.total && looped.total < whole);
    assert.ok(lines.some(({ handlerFrom }) => handlerFrom !== undefined));
  });

  it('knows the method around a line, and how many handlers lead to it', async () => {
    const { symbol, handlers } = await engine.call('methodAt', { path: service, line: 17 });
    assert.deepEqual([symbol, handlers], ['UsersService.nPlusOne', 1]);
    const outside = await engine.call('methodAt', { path: service, line: 1 });
    assert.deepEqual(outside, { symbol: '', handlers: 0 });
  });

  it('finds the slowest traces of the handlers that lead to a method', async () => {
    const through = { path: service, line: 17, window, limit: 50 };
    const answer = await engine.call('tracesThrough', through);
    assert.equal(answer.complete, true, answer.reason);
    assert.deepEqual(
      answer.traces.map(({ traceId }) => traceId),
      [await traceIdStarting(nPlusOneTrace)],
    );
    const none = await engine.call('tracesThrough', { ...through, line: 1 });
    assert.deepEqual(none.traces, []);
  });

  it('says of a call in a loop how often a request ran it', async () => {
    await engine.call('endpoints', { window, refresh: false });
    const { sampledTraces } = await engine.call('sampleCallSites', { window, traces: 50 });
    assert.equal(sampledTraces, 6);
    const calls = await engine.call('callSitesIn', { path: service });
    const looped = calls.find(({ call }) => call.location.line === 18);
    assert.ok(looped?.figures);
    assert.equal(looped.figures.maxPerRequest, 2);
    assert.match(looped.figures.statement ?? '', /SELECT .*Post/);
  });

  it('moves a handler with an unsaved edit, and maps the open trace to its new line', async () => {
    const traceId = await traceIdStarting(nPlusOneTrace);
    await engine.call('openTrace', { traceId });
    const text = `// a new first line\n${await readFile(controller, 'utf8')}`;
    await engine.call('filesChanged', { changes: [{ path: controller, text }] });
    assert.equal(indexChanges.length, 2);
    assert.equal(indexChanges[1]?.handlers, 3);
    await engine.call('endpoints', { window, refresh: false });
    const [all] = await engine.call('handlersIn', { path: controller });
    assert.equal(all?.handler.location.line, 10);
    const remapped = await engine.call('remapTrace', { traceId });
    assert.ok(remapped);
    const { rows } = await engine.call('rowsAt', { traceId, path: controller, line: 10 });
    assert.ok(rows.length > 0);
    await engine.call('filesChanged', { changes: [{ path: controller }] });
    const [restored] = await engine.call('handlersIn', { path: controller });
    assert.equal(restored?.handler.location.line, 9);
  });

  it('answers a trace that is no longer kept, and one that never was, each with its reason', async () => {
    const row = spanRow(0);
    await assert.rejects(engine.call('spanDetail', { traceId: 'f'.repeat(32), row }), {
      name: 'SourceError',
      code: 'notFound',
    });
    await assert.rejects(engine.call('openTrace', { traceId: 'f'.repeat(32) }), {
      name: 'SourceError',
      code: 'notFound',
    });
    assert.equal(await engine.call('remapTrace', { traceId: 'f'.repeat(32) }), undefined);
  });

  it('stops waiting at once when the caller aborts', async () => {
    const caller = new AbortController();
    const asked = engine.call('endpoints', { window, refresh: true }, caller.signal);
    caller.abort();
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('gives no figures of a former source once another one was chosen that cannot be opened', async () => {
    await engine.call('endpoints', { window, refresh: false });
    const jaeger = { headers: {}, timeoutMs: 1_000, maxBytes: 1_000_000, sampleSize: 10 };
    await assert.rejects(
      engine.call('openSource', { kind: 'jaeger', url: 'no address', ...jaeger }),
      { code: 'rejected' },
    );
    const lines = await engine.call('handlersIn', { path: controller });
    assert.ok(lines.length > 0 && lines.every(({ figures }) => figures === undefined));
    await assert.rejects(engine.call('endpoints', { window, refresh: false }), {
      code: 'rejected',
    });
  });

  it('gives its handlers without figures when the source cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'spanhop-engine-'));
    try {
      await engine.call('openSource', { kind: 'file', path: join(folder, 'missing.json') });
      await assert.rejects(engine.call('endpoints', { window, refresh: false }), {
        name: 'SourceError',
      });
      const lines = await engine.call('handlersIn', { path: controller });
      assert.deepEqual(
        lines.map(({ figures }) => figures),
        [undefined, undefined, undefined],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
