import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { wholeMinutes, type TimeWindow } from '../../../../src/core/base/timeWindow.ts';
import type { EngineClient, EngineClientOptions } from '../../../../src/engine/client.ts';
import type { EngineMethods } from '../../../../src/engine/methods.ts';
import type { SourceSettings } from '../../../../src/sources/registry.ts';
import { EngineSession } from '../../../../src/host/engine/engineSession.ts';
import type { ReceiverState } from '../../../../src/engine/receiver.ts';
import { LocalReceiver } from '../../../../src/host/engine/localReceiver.ts';
import { FigureFeed } from '../../../../src/host/figures/figureFeed.ts';
import { MappingReportLoader } from '../../../../src/host/mapping/mappingReportLoader.ts';
import { anyTrace, TraceSearch } from '../../../../src/host/traces/traceSearch.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Answers = Partial<
  Record<keyof EngineMethods, (signal?: AbortSignal, params?: unknown) => unknown>
>;

const lastHour = { ...anyTrace, order: 'newest', windowMinutes: 60 } as const;

/** An engine that answers what it is told to, and writes down what it was asked. */
function fakeSession(
  answers: Answers = {},
  readSource: () => Promise<SourceSettings> = () =>
    Promise.resolve({ kind: 'local', databasePath: 'traces.db' }),
) {
  const asked: string[] = [];
  let onEvent: EngineClientOptions['onEvent'] | undefined;
  const known: Answers = {
    openSource: () => ({ label: 'fake', capabilities: { limitations: [] } }),
    openWorkspace: () => ({ files: 1, handlers: 0, calls: 0, problems: 0, durationMs: 1 }),
    endpoints: () => figures([]),
    sampleCallSites: () => ({ sampledTraces: 0 }),
    search: () => ({ traces: [], complete: true, reason: '' }),
    ...answers,
  };
  const client: EngineClient = {
    call: async (method, params, signal) => {
      asked.push(method);
      return (await known[method]?.(signal, params)) as never;
    },
    dispose: () => undefined,
  };
  const session = new EngineSession({
    log: silent,
    start: (listener) => {
      onEvent = listener;
      return client;
    },
    readSource,
    readWorkspace: () =>
      Promise.resolve({
        folders: [],
        cacheFolder: undefined,
        isTrusted: true,
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      }),
  });
  return { session, asked, emit: () => onEvent };
}
/** An answer of a source that is neither slow nor busy. */
const figures = (rows: readonly string[]) => ({
  rows,
  complete: true,
  reason: '',
  overloaded: false,
  readMs: 10,
  restMs: 0,
});
const aborting = (signal?: AbortSignal) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      reject(Object.assign(new Error('Cancelled.'), { name: 'AbortError' }));
    });
  });
const window = { start: 0, end: 1 } as never;

describe('the engine of a window', () => {
  it('starts with the first question, source and code first, once', async () => {
    const { session, asked } = fakeSession();
    assert.ok(!session.started);
    await Promise.all([
      session.call('endpoints', { window, refresh: true }),
      session.call('endpoints', { window, refresh: true }),
    ]);
    assert.deepEqual(asked, ['openSource', 'openWorkspace', 'endpoints', 'endpoints']);
  });

  it('answers from what is known of the code even when the source cannot be opened', async () => {
    const { session } = fakeSession({
      openSource: () => {
        throw new Error('no address');
      },
      handlersIn: () => [],
    });
    assert.deepEqual(await session.call('handlersIn', { path: '/a.ts' }), []);
    await assert.rejects(session.call('services', {}), { message: 'no address' });
  });

  it('tries a source again that could not be opened', async () => {
    let tries = 0;
    const { session } = fakeSession({
      openSource: () => {
        tries += 1;
        if (tries === 1) throw new Error('not yet');
        return { label: 'fake', capabilities: { limitations: [] } };
      },
      services: () => ['shop-api'],
    });
    await assert.rejects(session.call('services', {}));
    assert.deepEqual(await session.call('services', {}), ['shop-api']);
  });

  it('reads the source that was chosen last, however long the settings of another one take', async () => {
    const slow = Promise.withResolvers<SourceSettings>();
    const local: SourceSettings = { kind: 'local', databasePath: 'traces.db' };
    const reads = [Promise.resolve(local), slow.promise, Promise.resolve(local)];
    const opened: unknown[] = [];
    const { session } = fakeSession(
      {
        openSource: (_signal, params) => {
          opened.push((params as SourceSettings).kind);
          return { label: 'fake', capabilities: { limitations: [] } };
        },
      },
      () => reads.shift() ?? Promise.resolve(local),
    );
    await session.source();
    const overtaken = session.sourceSettingsChanged();
    await session.sourceSettingsChanged();
    slow.resolve({ ...local, kind: 'file', path: 'late.json' });
    await overtaken;
    assert.deepEqual(opened, ['local', 'local']);
    assert.equal((await session.source()).kind, 'local');
  });

  it('opens nothing because a setting changed that nobody has used yet', async () => {
    const { session, asked } = fakeSession();
    await session.sourceSettingsChanged();
    await session.workspaceChanged();
    assert.deepEqual(asked, []);
  });
});

describe('the figures of a window', () => {
  const feedOf = (answers?: Answers) => {
    const fake = fakeSession(answers);
    return {
      ...fake,
      feed: new FigureFeed({ engine: fake.session, windowMinutes: () => 60, log: silent }),
    };
  };

  it('are joined with code that changed while they were read', async () => {
    const sampling = Promise.withResolvers<unknown>();
    const { feed, asked } = feedOf({
      endpoints: () => ({ ...figures([]), window }),
      sampleCallSites: () => sampling.promise,
    });
    const reading = feed.refresh();
    await setImmediate();
    await feed.rejoin();
    const before = asked.filter((method) => method === 'endpoints').length;
    sampling.resolve({ sampledTraces: 0 });
    await reading;
    assert.equal(before, 1);
    assert.equal(asked.filter((method) => method === 'endpoints').length, 2);
  });

  it('stay when a later reading fails, and the failure is told', async () => {
    let fail = false;
    const { feed } = feedOf({
      endpoints: () => {
        if (fail) throw new Error('gone');
        return figures(['a row']);
      },
    });
    await feed.refresh();
    const { answer, readAt } = feed.state;
    fail = true;
    await feed.refresh();
    assert.equal(feed.state.answer, answer);
    assert.equal(feed.state.readAt, readAt);
    assert.equal((feed.state.error as Error).message, 'gone');
    assert.ok(!feed.state.busy);
  });

  it('are named by the window they were read of, until those of another one are there', async () => {
    let minutes = 60;
    let fail = false;
    const { session } = fakeSession({
      endpoints: (_signal, params) => {
        if (fail) throw new Error('gone');
        const { window: asked } = params as { window: TimeWindow };
        return { ...figures([]), window: asked };
      },
    });
    const feed = new FigureFeed({ engine: session, windowMinutes: () => minutes, log: silent });
    await feed.refresh();
    minutes = 1_440;
    fail = true;
    await feed.refresh();
    assert.equal(feed.shownMinutes, 60);
    fail = false;
    await feed.refresh();
    assert.equal(feed.shownMinutes, 1_440);
  });

  it('of an overtaken reading are not shown', async () => {
    let first = true;
    const late = Promise.withResolvers<unknown>();
    const { feed } = feedOf({
      endpoints: () => {
        if (!first) return figures(['new']);
        first = false;
        return late.promise;
      },
    });
    const overtaken = feed.refresh();
    await setImmediate();
    await feed.refresh();
    late.resolve(figures(['old']));
    await overtaken;
    assert.deepEqual(feed.state.answer?.rows, ['new']);
  });

  it('are left as they are when reading is cancelled, without an error', async () => {
    const { feed } = feedOf({ endpoints: aborting });
    const reading = feed.refresh();
    await setImmediate();
    feed.cancel();
    await reading;
    assert.equal(feed.state.error, undefined);
    assert.ok(!feed.state.busy);
    assert.ok(feed.state.cancelled);
  });

  it('are not read by the clock after a cancel, only when asked for', async () => {
    let slow = true;
    const { feed, asked } = feedOf({
      endpoints: (signal) => (slow ? aborting(signal) : figures([])),
    });
    const reading = feed.refresh();
    await setImmediate();
    feed.cancel();
    await reading;
    slow = false;
    await feed.readAgain();
    const readings = () => asked.filter((method) => method === 'endpoints').length;
    assert.equal(readings(), 1);
    await feed.refresh();
    assert.equal(readings(), 2);
    assert.ok(!feed.state.cancelled);
  });

  for (const [what, answer] of [
    ['is busy', () => Promise.reject(new SourceError('busy', 'Too many requests.'))],
    ['is slow', () => ({ ...figures([]), readMs: 20_000 })],
    ['answers in part', () => ({ ...figures([]), overloaded: true })],
  ] as const) {
    it(`are not read by the clock for a while where the source ${what}, only when asked for`, async () => {
      const { feed, asked } = feedOf({ endpoints: answer });
      const readings = () => asked.filter((method) => method === 'endpoints').length;
      await feed.readAgain();
      assert.ok((feed.state.pausedUntil ?? 0) > Date.now() * 1_000);
      await feed.readAgain();
      assert.equal(readings(), 1);
      await feed.refresh();
      assert.equal(readings(), 2);
      feed.forget();
      await feed.readAgain();
      assert.equal(readings(), 3);
    });
  }

  it('are read again at once by the clock where the source answers soon, or nothing listens there', async () => {
    let isThere = true;
    const gone = new SourceError('unreachable', 'Nothing listens.');
    const { feed, asked } = feedOf({
      endpoints: () => (isThere ? figures([]) : Promise.reject(gone)),
    });
    await feed.readAgain();
    assert.equal(feed.state.pausedUntil, undefined);
    isThere = false;
    await feed.readAgain();
    await feed.readAgain();
    assert.equal(asked.filter((method) => method === 'endpoints').length, 3);
  });

  it('are read to the end before the clock reads them again: a slow sample is not begun anew', async () => {
    const sample = Promise.withResolvers<unknown>();
    const { feed, asked } = feedOf({ sampleCallSites: () => sample.promise });
    const reading = feed.refresh();
    await setImmediate();
    assert.ok(feed.state.sampling);
    await feed.readAgain();
    sample.resolve({ sampledTraces: 1 });
    await reading;
    assert.ok(!feed.state.sampling);
    assert.equal(asked.filter((method) => method === 'sampleCallSites').length, 1);
  });
});

describe('the search for traces', () => {
  it('loads more by asking for more, and knows when there is no more', async () => {
    let found = 50;
    const { session } = fakeSession({
      search: () => ({ traces: Array(found).fill({}), complete: true, reason: '' }),
    });
    const search = new TraceSearch(session, silent, lastHour);
    await search.search();
    assert.ok(search.state.hasMore);
    found = 70;
    await search.loadMore();
    assert.equal(search.state.traces?.length, 70);
    assert.ok(!search.state.hasMore);
  });

  it('looks back as far as the settings say, also when they change', async () => {
    const lengths: number[] = [];
    const { session } = fakeSession({
      search: (_signal, params) => {
        lengths.push(wholeMinutes((params as { window: TimeWindow }).window));
        return { traces: [], complete: true, reason: '' };
      },
    });
    const search = new TraceSearch(session, silent, lastHour);
    await search.lookBack(15);
    assert.deepEqual(lengths, [], 'nobody has searched yet');
    await search.search();
    await search.lookBack(1_440);
    assert.deepEqual(lengths, [15, 1_440]);
    assert.equal(search.state.form.windowMinutes, 1_440);
  });

  it('leaves its rows in place when spans arrive, and says that there is more', async () => {
    const { session, asked } = fakeSession();
    const search = new TraceSearch(session, silent, lastHour);
    search.spansArrived();
    assert.ok(!search.state.outdated);
    await search.search();
    search.spansArrived();
    assert.ok(search.state.outdated);
    assert.equal(asked.filter((method) => method === 'search').length, 1);
    await search.search();
    assert.ok(!search.state.outdated);
  });

  it('keeps what it found when it is cancelled', async () => {
    let slow = false;
    const { session } = fakeSession({
      search: (signal) => (slow ? aborting(signal) : { traces: [{}], complete: true, reason: '' }),
    });
    const search = new TraceSearch(session, silent, lastHour);
    await search.search();
    slow = true;
    const searching = search.change({ errorsOnly: true });
    await setImmediate();
    search.cancel();
    await searching;
    assert.equal(search.state.traces?.length, 1);
    assert.equal(search.state.error, undefined);
    assert.ok(search.state.cancelled);
    assert.ok(search.state.form.errorsOnly);
  });
});

describe('the mapping report of a window', () => {
  const report = (traces: number) => ({ report: { traces }, basis: {} });
  const readingOf = (session: EngineSession) =>
    new MappingReportLoader({ engine: session, window: () => window, log: silent });

  it('is read when asked for, after the code, and stays when a later reading fails', async () => {
    const failure = new Error('gone');
    let fails = false;
    const { session, asked } = fakeSession({
      mappingReport: () => (fails ? Promise.reject(failure) : report(3)),
    });
    const reading = readingOf(session);
    assert.deepEqual(asked, []);
    await reading.read();
    assert.deepEqual(asked, ['openSource', 'openWorkspace', 'mappingReport']);
    fails = true;
    await reading.read();
    assert.deepEqual(
      [reading.state.answer?.report.traces, reading.state.error, reading.state.busy],
      [3, failure, false],
    );
  });

  it('tells how far it is, and is left as it was when it is cancelled', async () => {
    let slow = false;
    const { session, emit } = fakeSession({
      mappingReport: (signal) => (slow ? aborting(signal) : report(3)),
    });
    const reading = readingOf(session);
    await reading.read();
    slow = true;
    const second = reading.read();
    await setImmediate();
    emit()?.('reportProgress', { traces: 20, total: 500 });
    assert.deepEqual(reading.state.progress, { traces: 20, total: 500 });
    reading.cancel();
    await second;
    const { answer, error, busy } = reading.state;
    assert.deepEqual([answer?.report.traces, error, busy], [3, undefined, false]);
  });

  it('is not read because the code changed, which only makes it outdated', async () => {
    const { session, asked } = fakeSession({ mappingReport: () => report(3) });
    const reading = readingOf(session);
    reading.outdate();
    assert.ok(!reading.state.outdated);
    await reading.read();
    reading.outdate();
    assert.ok(reading.state.outdated);
    assert.equal(asked.filter((method) => method === 'mappingReport').length, 1);
    await reading.read();
    assert.ok(!reading.state.outdated);
  });

  it('of another source is forgotten', async () => {
    const { session } = fakeSession({ mappingReport: () => report(3) });
    const reading = readingOf(session);
    await reading.read();
    reading.forget();
    assert.equal(reading.state.answer, undefined);
  });
});

describe('the receiver of a window', () => {
  /** Receivers that end when told to, as `port` does. */
  function windowReceiver(isWanted = () => true) {
    const started: { tell: (state: ReceiverState) => void; disposed: boolean; end: () => void }[] =
      [];
    const receiver = new LocalReceiver({
      isWanted,
      start: (onState) => {
        const { promise, resolve } = Promise.withResolvers<undefined>();
        const one = { tell: onState, disposed: false, end: () => resolve(undefined) };
        started.push(one);
        return { ended: promise, dispose: () => (one.disposed = true) };
      },
    });
    return { receiver, started };
  }

  it('runs only while local traces are the source, and starts after activation', async () => {
    let wanted = true;
    const { receiver, started } = windowReceiver(() => wanted);
    assert.equal(started.length, 0);
    await setImmediate();
    started[0]?.tell({ kind: 'listening', port: 4318 });
    assert.equal(receiver.state?.kind, 'listening');
    wanted = false;
    receiver.settingsChanged();
    assert.ok(started[0]?.disposed);
    assert.equal(receiver.state, undefined);
    started[0].end();
    await setImmediate();
    assert.equal(started.length, 1);
  });

  it('starts again once the port is free, with the newest settings only', async () => {
    const { receiver, started } = windowReceiver();
    await setImmediate();
    receiver.settingsChanged();
    receiver.settingsChanged();
    await setImmediate();
    assert.equal(started.length, 1);
    started[0]?.end();
    await setImmediate();
    assert.equal(started.length, 2);
    started[1]?.tell({ kind: 'listening', port: 4319 });
    started[0]?.tell({ kind: 'stopped' });
    assert.deepEqual(receiver.state, { kind: 'listening', port: 4319 });
    receiver.dispose();
    assert.ok(started[1]?.disposed);
  });

  it('never starts where the window is closed first', async () => {
    const { receiver, started } = windowReceiver();
    receiver.dispose();
    await setImmediate();
    assert.equal(started.length, 0);
  });
});
