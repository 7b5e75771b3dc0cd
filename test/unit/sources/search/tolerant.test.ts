import assert from 'node:assert/strict';
import { SourceError, type SourceErrorCode } from '../../../../src/core/base/sourceError.ts';
import { Tolerant } from '../../../../src/sources/search/tolerant.ts';

const newTolerant = () =>
  new Tolerant({
    isLate: () => false,
    lateReason: 'late',
    signal: new AbortController().signal,
  });

/** Asks that many, of which the first `answered` succeed. */
async function ask(tolerant: Tolerant, count: number, answered: number, code: SourceErrorCode) {
  const asked: number[] = [];
  await tolerant.each(
    Array.from({ length: count }, (_, index) => index),
    (index) => {
      asked.push(index);
      return index < answered
        ? Promise.resolve()
        : Promise.reject(new SourceError(code, `No. ${String(index)}.`));
    },
  );
  return asked;
}

describe('many questions to a server', () => {
  it('are answered in part where some ask for too much', async () => {
    for (const code of ['timedOut', 'tooLarge', 'malformed'] as const) {
      const tolerant = newTolerant();
      assert.equal((await ask(tolerant, 12, 6, code)).length, 12, code);
      assert.equal(tolerant.failure, undefined, code);
      assert.equal(tolerant.reasons.length, 6, code);
    }
  });

  it('come to nothing, and soon, once the server is gone or refuses all of them', async () => {
    for (const code of ['unreachable', 'unauthorized', 'unsupported', 'notFound'] as const) {
      const tolerant = newTolerant();
      assert.ok((await ask(tolerant, 100, 20, code)).length < 30, code);
      assert.match(tolerant.failure?.message ?? '', /^No\. 2\d\.$/, code);
    }
  });

  it('come to nothing where none of the second kind is answered, however few they are', async () => {
    const tolerant = newTolerant();
    await ask(tolerant, 8, 8, 'unauthorized');
    await ask(tolerant, 2, 0, 'unauthorized');
    assert.equal(tolerant.failure?.message, 'No. 1.');
  });

  it('go on where the connection is lost once in a while', async () => {
    const tolerant = newTolerant();
    let count = 0;
    await tolerant.each(Array.from({ length: 40 }), () =>
      count++ % 4 === 3
        ? Promise.reject(new SourceError('unreachable', 'Lost.'))
        : Promise.resolve(),
    );
    assert.deepEqual([tolerant.failure, tolerant.reasons], [undefined, ['Lost.']]);
  });
});
