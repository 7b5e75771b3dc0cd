import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds, spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { spanIdColumn, spanKey } from '../../../../src/core/waterfall/spanIds.ts';
import { ShownTrace } from '../../../../src/host/waterfall/shownTrace.ts';
import type { OpenedTrace } from '../../../../src/protocol/waterfall.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { makeSpan } from '../../../support/span.ts';

const { signal } = new AbortController();
const opened = (...ids: readonly string[]) => openedOf(ids.map((id) => makeSpan({ id })));
const openedOf = (spans: readonly RawSpan[], place = 'orders.ts:1') => {
  const named = { texts: [place], row: new Int32Array(spans.length) };
  return {
    spanIds: spanIdColumn(spans),
    shape: buildTrace(spans).trace,
    confidence: new Uint8Array(spans.length),
    repeats: new Uint32Array(spans.length),
    places: named,
    handlers: named,
  } as unknown as OpenedTrace;
};
const idsOf = ({ spanIds }: OpenedTrace) =>
  Array.from(spanIds, (_, row) => spanKey(spanIds, spanRow(row)).replace(/^0+/, ''));

/** A page of a trace that `source` has, and the engine keeps as it was last read. */
function pageOf(...first: readonly string[]) {
  const source = { ids: first, place: 'orders.ts:1' };
  let kept: readonly string[] | undefined;
  const sent: string[][] = [];
  const asked: string[] = [];
  const gone = () => new SourceError('notFound', 'no longer kept');
  const answers: Record<string, (row: number) => unknown> = {
    openTrace: () =>
      openedOf(
        (kept = source.ids).map((id) => makeSpan({ id })),
        source.place,
      ),
    remapTrace: () =>
      kept &&
      openedOf(
        kept.map((id) => makeSpan({ id })),
        source.place,
      ),
    spanDetail: (row) => {
      if (!kept) throw gone();
      return { key: (kept[row] ?? '').padStart(16, '0') };
    },
    linkedPeers: () => ['a peer'],
    spanPercentile: () => {
      if (!kept) throw gone();
      return { slowerThan: 0.98 };
    },
    traceTimes: () => {
      if (!kept) throw gone();
      return { whole: 1, lines: [] };
    },
    rowsAt: () => {
      if (!kept) throw gone();
      return { rows: [0], symbol: 'Orders.list' };
    },
  };
  const page = new ShownTrace({
    traceId: 'abc',
    engine: {
      call: async (method, params) => {
        asked.push(method);
        await Promise.resolve();
        return answers[method]?.((params as { row?: number }).row ?? 0) as never;
      },
    },
    send: (trace) => sent.push(idsOf(trace)),
  });
  const letGo = () => (kept = undefined);
  /** As another page does, for a link. */
  const readElsewhere = () => (kept = source.ids);
  return { page, source, sent, asked, letGo, readElsewhere };
}
const refused = { code: 'rejected', message: /has been updated/ };

describe('the trace of a page', () => {
  it('is read while the page is loaded, once', async () => {
    const { page, asked } = pageOf('a');
    page.begin();
    assert.deepEqual(asked, ['openTrace']);
    assert.deepEqual(idsOf(await page.open(signal)), ['a']);
    assert.deepEqual(asked, ['openTrace']);
    await page.open(signal);
    assert.deepEqual(asked, ['openTrace', 'openTrace'], 'a page that was reloaded asks anew');
  });

  it('is mapped anew for the page where the code changed while that was loaded', async () => {
    const { page, asked, sent } = pageOf('a');
    page.begin();
    const answer = page.open(signal);
    await page.remap();
    await answer;
    assert.deepEqual(asked, ['openTrace', 'remapTrace']);
    assert.deepEqual(sent, [], 'a page that has no trace gets it as the answer');
  });

  it('is no longer read once its page is gone, or takes the question back', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const page = new ShownTrace({
      traceId: 'abc',
      engine: {
        call: (_method, _params, reading) => {
          signals.push(reading);
          return new Promise((_, reject) =>
            reading?.addEventListener('abort', () => reject(reading.reason as Error)),
          );
        },
      },
      send: () => undefined,
    });
    page.begin();
    page.close();
    page.begin();
    const asking = new AbortController();
    const answer = page.open(asking.signal);
    asking.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    assert.deepEqual(
      signals.map((reading) => reading?.aborted),
      [true, true],
    );
  });

  it('is sent again when more of it has arrived, and only then', async () => {
    const { page, source, sent } = pageOf('a', 'b');
    await page.readAgain();
    assert.deepEqual(sent, [], 'a page without a trace asks for it itself');
    await page.open(signal);
    await page.readAgain();
    assert.deepEqual(sent, []);
    source.ids = ['a', 'c', 'b'];
    await page.readAgain();
    assert.deepEqual(sent, [['a', 'c', 'b']]);
  });

  it('is read with those it was shown with before a reload, and alone where these are gone', async () => {
    const asked: unknown[] = [];
    const pageWith = (isGone: boolean) =>
      new ShownTrace({
        traceId: 'abc',
        joined: ['def'],
        engine: {
          call: (_method, params) => {
            asked.push(params);
            if (isGone && 'joined' in params)
              return Promise.reject(new SourceError('notFound', 'gone'));
            return Promise.resolve(opened('a') as never);
          },
        },
        send: () => undefined,
      });
    await pageWith(false).open(signal);
    const page = pageWith(true);
    await page.open(signal);
    await page.readAgain();
    const both = { traceId: 'abc', joined: ['def'] };
    assert.deepEqual(asked, [both, both, { traceId: 'abc' }, { traceId: 'abc' }]);
  });

  it('is sent again when a span of it has ended since', async () => {
    let spans = [makeSpan({ id: 'a' })];
    const sent: number[] = [];
    const page = new ShownTrace({
      traceId: 'abc',
      engine: { call: () => Promise.resolve(openedOf(spans) as never) },
      send: ({ shape }) => sent.push(shape.duration),
    });
    await page.open(signal);
    await page.readAgain();
    spans = [makeSpan({ id: 'a', duration: 7 })];
    await page.readAgain();
    assert.deepEqual(sent, [7]);
  });

  it('answers no question about a row by another span, which has its place since it was read again', async () => {
    const { page, source, sent, readElsewhere } = pageOf('a', 'b');
    const other = spanRow(1);
    await page.open(signal);
    assert.equal((await page.detail(other, signal)).key.at(-1), 'b');
    source.ids = ['a', 'c', 'b'];
    readElsewhere();
    await assert.rejects(page.detail(other, signal), refused);
    assert.deepEqual(sent, [['a', 'c', 'b']]);
    assert.equal((await page.detail(other, signal)).key.at(-1), 'c');
  });

  it('that the engine has let go is read again; what it has become since is sent first', async () => {
    const { page, source, sent, letGo } = pageOf('a', 'b');
    await page.open(signal);
    letGo();
    assert.equal((await page.detail(spanRow(1), signal)).key.at(-1), 'b');
    letGo();
    source.ids = ['c', 'a', 'b'];
    await page.detail(spanRow(1), signal);
    assert.deepEqual(sent, [['c', 'a', 'b']]);
  });

  it('is not mapped again for a page that is hidden', async () => {
    const { page, sent, asked, source } = pageOf('a');
    await page.open(signal);
    page.close();
    source.place = 'orders.ts:2';
    await page.remap();
    assert.ok(!asked.includes('remapTrace'));
    await page.open(signal);
    source.place = 'orders.ts:3';
    await page.remap();
    assert.deepEqual(sent, [['a']]);
  });

  it('is sent again when a line of it is another since the code changed, and only then', async () => {
    const { page, sent, source } = pageOf('a');
    await page.open(signal);
    await page.remap();
    assert.deepEqual(sent, [], 'typing elsewhere changes nothing of it');
    source.place = 'orders.ts:2';
    await page.remap();
    assert.deepEqual(sent, [['a']]);
  });

  it('is for nobody where its page was hidden while it was read for it', async () => {
    for (const prepare of [
      () => undefined,
      (page: ShownTrace) => page.begin(),
      (page: ShownTrace) => {
        page.begin();
        void page.remap();
      },
    ]) {
      const { page } = pageOf('a');
      prepare(page);
      const answer = page.open(signal);
      page.close();
      await assert.rejects(answer, { name: 'AbortError' });
      assert.equal(page.isShown, false);
      await page.open(signal);
      assert.equal(page.isShown, true);
    }
  });

  it('is not on the screen again once it was mapped, read or joined for a page that was hidden meanwhile', async () => {
    for (const change of [
      (page: ShownTrace) => page.remap(),
      (page: ShownTrace) => page.readAgain(),
      (page: ShownTrace) => page.join('def', signal),
      (page: ShownTrace) => page.separate(),
    ]) {
      const { page, source, sent } = pageOf('a');
      await page.open(signal);
      source.ids = ['a', 'b'];
      const changed = change(page);
      page.close();
      await changed;
      assert.equal(page.isShown, false);
      assert.deepEqual(sent, []);
    }
  });

  it('is sent with another trace once that was read, stays so when it is read again, and alone again', async () => {
    const asked: unknown[] = [];
    let isThere = true;
    const page = new ShownTrace({
      traceId: 'abc',
      engine: {
        call: async (_method, params) => {
          await Promise.resolve();
          asked.push((params as { joined?: unknown }).joined);
          if (!isThere) throw new SourceError('notFound', 'no such trace');
          return opened('a') as never;
        },
      },
      send: () => undefined,
    });
    await page.open(signal);
    await page.join('b1', signal);
    await page.join('b1', signal);
    isThere = false;
    await assert.rejects(page.join('b2', signal), { code: 'notFound' });
    isThere = true;
    await page.open(signal);
    await page.separate();
    assert.deepEqual(asked, [undefined, ['b1'], ['b1', 'b2'], ['b1'], undefined]);
  });

  it('tells of its lines also where the engine had let go of it, as when it was restarted', async () => {
    const { page, sent, letGo } = pageOf('a');
    await page.open(signal);
    letGo();
    assert.deepEqual(await page.times(signal), { whole: 1, lines: [] });
    letGo();
    const at = { path: '/shop/orders.ts', line: 1 };
    assert.equal((await page.rowsAt(at, signal)).symbol, 'Orders.list');
    assert.deepEqual(sent, []);
  });

  it('says how slow a span is among others also where the engine had let go of it', async () => {
    const { page, sent, letGo } = pageOf('a');
    await page.open(signal);
    letGo();
    const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };
    assert.deepEqual(await page.percentile(spanRow(0), window, signal), { slowerThan: 0.98 });
    assert.deepEqual(sent, []);
  });

  it('is sent with its lines as they are now where the code changed after the engine had let go of it', async () => {
    const { page, source, sent, letGo } = pageOf('a');
    await page.open(signal);
    letGo();
    source.place = 'orders.ts:2';
    await page.remap();
    assert.deepEqual(sent, []);
    await page.detail(spanRow(0), signal);
    assert.deepEqual(sent, [['a']]);
    assert.equal(await page.readAgain(signal), false, 'it has not grown');
  });

  it('says when its page has it, can not have it, or is gone', async () => {
    const { page } = pageOf('a');
    const begin = (trace: ShownTrace) => {
      trace.begin();
      return trace.loading;
    };
    const first = begin(page);
    const second = begin(page);
    await first;
    await page.open(signal);
    await second;
    assert.equal(page.loading, undefined);
    const third = begin(page);
    page.close();
    await third;
    const failing = new ShownTrace({
      traceId: 'abc',
      engine: { call: () => Promise.reject(new SourceError('malformed', 'half written')) },
      send: () => undefined,
    });
    const fourth = begin(failing);
    await assert.rejects(failing.open(signal));
    await fourth;
  });

  it('keeps those that are shown with it where none could be read for a while', async () => {
    const asked: unknown[] = [];
    let isDown = false;
    const page = new ShownTrace({
      traceId: 'abc',
      joined: ['def'],
      engine: {
        call: (_method, params) => {
          asked.push((params as { joined?: unknown }).joined);
          return isDown
            ? Promise.reject(new SourceError('unreachable', 'down'))
            : Promise.resolve(opened('a') as never);
        },
      },
      send: () => undefined,
    });
    await page.open(signal);
    isDown = true;
    await assert.rejects(page.separate(), { code: 'unreachable' });
    page.close();
    await assert.rejects(page.open(signal), { code: 'unreachable' });
    isDown = false;
    await page.open(signal);
    assert.deepEqual(asked, [['def'], undefined, ['def'], undefined, ['def']]);
  });

  it('stays as it is for one who comes back to it while its source does not answer', async () => {
    const warned: string[] = [];
    let isDown = false;
    const page = new ShownTrace({
      traceId: 'abc',
      engine: {
        call: () =>
          isDown
            ? Promise.reject(new SourceError('unreachable', 'down'))
            : Promise.resolve(opened('a') as never),
      },
      send: () => assert.fail('nothing is new'),
    });
    await page.open(signal);
    isDown = true;
    await page.catchUp({ ...silentLog, warn: (text) => warned.push(text) });
    assert.deepEqual([page.isShown, warned.length], [true, 1]);
  });

  it('does not wait twice for a source that fails at the other trace of a comparison', async () => {
    const asked: string[] = [];
    const page = new ShownTrace({
      traceId: 'abc',
      engine: {
        call: (method) => {
          asked.push(method);
          return method === 'compareTraces'
            ? Promise.reject(new SourceError('timedOut', 'no answer'))
            : Promise.resolve(opened('a') as never);
        },
      },
      send: () => undefined,
    });
    await page.open(signal);
    await assert.rejects(page.compare('def', signal), { code: 'timedOut' });
    assert.deepEqual(asked, ['openTrace', 'compareTraces']);
  });
});
