import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { fileTraceKey } from '../../../../src/core/trace/fileTrace.ts';
import { EngineSession } from '../../../../src/host/engine/engineSession.ts';
import { silentLog } from '../../../support/silentLog.ts';

/** The engine of a window whose source can't be opened. */
function sourcelessSession() {
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
    readSource: () => Promise.reject(new Error('no address')),
    readWorkspace: () => Promise.resolve({} as never),
  });
  return { session, asked };
}

describe('a trace of a file', () => {
  it('is asked for even when the source cannot be opened, and no other trace is', async () => {
    const { session, asked } = sourcelessSession();
    const traceId = fileTraceKey('/tmp/slow.trace.json');
    const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };
    await session.call('tracesInFile', { path: '/tmp/slow.trace.json' });
    await session.call('openTrace', { traceId });
    await session.call('linkedTrace', { from: traceId, traceId: 'f'.repeat(32) });
    await session.call('explain', { about: { traceId }, window });
    assert.deepEqual(
      asked.filter((method) => method !== 'openWorkspace'),
      ['tracesInFile', 'openTrace', 'linkedTrace', 'explain'],
    );
    await assert.rejects(session.call('openTrace', { traceId: 'f'.repeat(32) }), /no address/);
  });
});
