import assert from 'node:assert/strict';

import { beginningCall, locatePrismaCalls } from '../../../instrumentation/src/prismaCalls.ts';

describe('calls of a Prisma client', () => {
  it('are left alone on what is no client', () => {
    for (const value of [undefined, null, 3, 'x', {}, { $transaction: () => 0 }])
      assert.equal(locatePrismaCalls(value), value);
  });

  it('begin nowhere while none begins', () => {
    assert.equal(beginningCall(), undefined);
  });

  describe('below a span', () => {
    const api = Symbol.for('opentelemetry.js.api.1');
    const spanKey = Symbol.for('OpenTelemetry Context Key SPAN');
    const shared = globalThis as { [api]?: unknown };
    const before = shared[api];
    afterEach(() => {
      shared[api] = before;
    });

    /** The line that a call has while it begins, with that span active. */
    async function lineBelow(isRecording: boolean, traceFlags: number) {
      const span = { isRecording: () => isRecording, spanContext: () => ({ traceFlags }) };
      const getValue = (key: symbol) => (key === spanKey ? span : undefined);
      shared[api] = { context: { active: () => ({ getValue }) } };
      const client = locatePrismaCalls({
        _request: () => undefined,
        $transaction: () => undefined,
        _createPrismaPromise: () => ({
          [Symbol.toStringTag]: 'PrismaPromise',
          then: (done: (line: unknown) => void) => {
            done(beginningCall()?.line);
          },
        }),
      });
      return await client._createPrismaPromise();
    }

    it('that is recorded, or was by who called this program, have their line', async () => {
      assert.equal(typeof (await lineBelow(true, 1)), 'number');
      assert.equal(typeof (await lineBelow(false, 1)), 'number');
    });

    it('that isn’t sampled cost no look at the stack: none of their spans is recorded', async () => {
      assert.equal(await lineBelow(false, 0), undefined);
    });
  });
});
