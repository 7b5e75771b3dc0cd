import assert from 'node:assert/strict';
import { epochMicroseconds, spanRow } from '../../../../src/core/base/units.ts';
import { fileTraceKey } from '../../../../src/core/trace/fileTrace.ts';
import { EngineSession } from '../../../../src/host/engine/engineSession.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** The engine of a window. @param source whether its source can be opened */
function sessionWith(source: 'source' | 'no source') {
  const asked: string[] = [];
  const session = new EngineSession({
    log: silentLog,
    start: () => ({
      call: (method) => {
        asked.push(method);
        return Promise.resolve({} as never);
      },
      dispose: () => undefined,
    }),
    readSource: () =>
      source === 'source'
        ? Promise.resolve({ kind: 'local' } as never)
        : Promise.reject(new Error('no address')),
    readWorkspace: () => Promise.resolve({} as never),
  });
  return { session, asked };
}

describe('a trace of a file', () => {
  it('is asked for even when the source cannot be opened, and no other trace is', async () => {
    const { session, asked } = sessionWith('no source');
    const traceId = fileTraceKey('/traces/slow.trace.json');
    const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };
    await session.call('tracesInFile', { path: '/traces/slow.trace.json' });
    await session.call('openTrace', { traceId });
    await session.call('linkedTrace', { from: traceId, traceId: 'f'.repeat(32) });
    await session.call('explain', { about: { traceId }, window });
    assert.deepEqual(
      asked.filter((method) => method !== 'openWorkspace'),
      ['tracesInFile', 'openTrace', 'linkedTrace', 'explain'],
    );
    await assert.rejects(session.call('openTrace', { traceId: 'f'.repeat(32) }), /no address/);
  });

  const traceId = fileTraceKey('/traces/slow.trace.json');
  const ofSource = 'f'.repeat(32);

  it('is compared with one of the source once that is open', async () => {
    const { session, asked } = sessionWith('source');
    await session.call('compareTraces', {
      traceId,
      other: fileTraceKey('/traces/fast.trace.json'),
    });
    assert.deepEqual(asked, ['compareTraces']);
    await session.call('compareTraces', { traceId, other: ofSource });
    assert.deepEqual(asked, ['compareTraces', 'openSource', 'compareTraces']);
    const none = sessionWith('no source');
    await assert.rejects(
      none.session.call('compareTraces', { traceId, other: ofSource }),
      /no address/,
    );
  });

  it('is shown with others, and beside others, where the source can be opened, and else without', async () => {
    const opened = sessionWith('source');
    await opened.session.call('openTrace', { traceId, joined: [ofSource] });
    assert.equal(opened.asked[0], 'openSource');
    const none = sessionWith('no source');
    await none.session.call('linkedPeers', { traceId, row: spanRow(0) });
    assert.deepEqual(none.asked, ['linkedPeers']);
  });
});
