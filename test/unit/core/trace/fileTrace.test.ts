import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileTraceKey, fileTraceOf, shortTraceName } from '../../../../src/core/trace/fileTrace.ts';
import { parseTraceId } from '../../../../src/core/trace/traceId.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('the name of a trace of a file', () => {
  it('gives back the path and the id, whatever the path holds', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(traceId, undefined), (path, id) => {
        assert.deepEqual(fileTraceOf(fileTraceKey(path, id)), { path, traceId: id });
      }),
    );
  });

  it('is never taken for a trace id, nor a trace id for it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.ok(parseTraceId(text) === undefined || fileTraceOf(text) === undefined);
        assert.equal(parseTraceId(fileTraceKey(text, traceId)), undefined);
      }),
    );
    assert.equal(fileTraceOf(traceId), undefined);
  });

  it('is short where people read it', () => {
    assert.equal(
      shortTraceName(fileTraceKey('/tmp/a b/slow.trace.json', traceId)),
      'slow.trace.json',
    );
    assert.equal(shortTraceName(fileTraceKey('C:\\tmp\\slow.json')), 'slow.json');
    assert.equal(shortTraceName(traceId), '0af76519');
  });
});
