import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import type { EngineSpanDetail } from '../../../../src/engine/methods.ts';
import { spanActions } from '../../../../src/host/waterfall/spanActions.ts';

const signal = new AbortController().signal;
const detail = {
  spanId: '00f067aa0ba902b7',
  attributes: [
    { key: 'db.system.name', value: 'sqlite' },
    { key: 'db.query.text', value: 'SELECT 1' },
  ],
} as unknown as EngineSpanDetail;

describe('actions on a span', () => {
  const asked: unknown[] = [];
  const copied: string[] = [];
  const { formatSql, copySpan, openSourcePage } = spanActions({
    trace: {
      detail: () => Promise.resolve(detail),
      spanAs: (_row, format) => Promise.resolve(format === 'curl' ? undefined : `as ${format}`),
    },
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    page: {
      name: () => 'Jaeger UI',
      open: (spanId) => Promise.resolve({ opened: false, reason: spanId }),
    },
    sql: {
      format: (question) => {
        asked.push(question);
        return Promise.resolve([{ kind: 'keyword', text: 'SELECT' }]);
      },
    },
  });

  it('lay out the SQL of an attribute, named by position, in the dialect of the span', async () => {
    const { marked } = await formatSql({ row: spanRow(3), attribute: 1 }, signal);
    assert.deepEqual(marked, [{ kind: 'keyword', text: 'SELECT' }]);
    assert.deepEqual(asked, [{ statement: 'SELECT 1', dialect: 'sqlite' }]);
  });

  it('leave what is no SQL, and refuse what is no position', async () => {
    for (const attribute of [0, 2])
      assert.deepEqual(await formatSql({ row: spanRow(3), attribute }, signal), {
        marked: undefined,
      });
    for (const attribute of [-1, '1', undefined])
      await assert.rejects(async () => formatSql({ row: 3, attribute } as never, signal), {
        code: 'rejected',
      });
  });

  it('copy the span in a form that there is, and say where it has none', async () => {
    await copySpan({ row: spanRow(3), format: 'otlp' }, signal);
    assert.deepEqual(copied, ['as otlp']);
    await assert.rejects(async () => copySpan({ row: spanRow(3), format: 'curl' }, signal), {
      message: "This span doesn't record the URL of a request.",
    });
    for (const format of ['xml', undefined, 7])
      await assert.rejects(async () => copySpan({ row: 3, format } as never, signal), {
        code: 'rejected',
      });
    assert.deepEqual(copied, ['as otlp']);
  });

  it('open the page of the source at the span, which the page names by its row alone', async () => {
    const answer = await openSourcePage({ row: spanRow(3) }, signal);
    assert.deepEqual(answer, { opened: false, reason: '00f067aa0ba902b7' });
    await assert.rejects(async () => openSourcePage({ row: 'http://x' } as never, signal), {
      code: 'rejected',
    });
  });
});
