import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { spanIdColumn, spanKey } from '../../../../src/core/waterfall/spanIds.ts';
import { ShownTrace } from '../../../../src/host/waterfall/shownTrace.ts';
import type { OpenedTrace } from '../../../../src/protocol/waterfall.ts';
import { makeSpan } from '../../../support/span.ts';

const { signal } = new AbortController();
const opened = (...ids: readonly string[]) => openedOf(ids.map((id) => makeSpan({ id })));
const openedOf = (spans: readonly RawSpan[]) =>
  ({ spanIds: spanIdColumn(spans), shape: buildTrace(spans).trace }) as unknown as OpenedTrace;
const idsOf = ({ spanIds }: OpenedTrace) =>
  Array.from(spanIds, (_, row) => spanKey(spanIds, spanRow(row)).replace(/^0+/, ''));

/** A page of a trace that `source` has, and the engine keeps as it was last read. */
function pageOf(...first: readonly string[]) {
  const source = { ids: first };
  let kept: readonly string[] | undefined;
  const sent: string[][] = [];
  const asked: string[] = [];
  const gone = () => new SourceError('notFound', 'no longer kept');
  const answers: Record<string, (row: number) => unknown> = {
    openTrace: () => opened(...(kept = source.ids)),
    remapTrace: () => kept && opened(...kept),
    spanDetail: (row) => {
      if (!kept) throw gone();
      return { key: (kept[row] ?? '').padStart(16, '0') };
    },
    linkedPeers: () => ['a peer'],
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
    const { page, sent, asked } = pageOf('a');
    await page.open(signal);
    page.close();
    await page.remap();
    assert.ok(!asked.includes('remapTrace'));
    await page.open(signal);
    await page.remap();
    assert.deepEqual(sent, [['a']]);
  });
});
