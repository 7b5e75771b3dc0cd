import assert from 'node:assert/strict';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { ExplainAnswer } from '../../../../src/engine/methods.ts';
import { ExplanationLoader } from '../../../../src/host/explain/explanationLoader.ts';
import { silentLog } from '../../../support/silentLog.ts';

interface Question {
  readonly params: { readonly about: object };
  readonly signal: AbortSignal;
  readonly answer: (answer: ExplainAnswer) => void;
  readonly fail: (error: unknown) => void;
}

function loaderWith(): { loader: ExplanationLoader; questions: Question[] } {
  const questions: Question[] = [];
  const call = (_: string, params: Question['params'], signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<ExplainAnswer>();
    questions.push({ params, signal, answer: resolve, fail: reject });
    return promise;
  };
  const window = () => ({ start: epochMicroseconds(0), end: epochMicroseconds(1) });
  const loader = new ExplanationLoader({ engine: { call: call as never }, window, log: silentLog });
  return { loader, questions };
}

const answerOf = (title: string) => ({ title }) as ExplainAnswer;
const slow = { title: 'DELETE /orders/:id', about: { endpointId: 'orders' } };
const other = { title: '4bf92f35', about: { traceId: '4bf92f35' } };

describe('what explains why something is slow', () => {
  it('shows nothing of what was explained before once something else is asked', async () => {
    const { loader, questions } = loaderWith();
    const first = loader.explain(slow);
    questions[0]!.answer(answerOf('orders'));
    await first;
    assert.equal(loader.state.answer?.title, 'orders');
    void loader.explain(other);
    assert.deepEqual(loader.state, {
      asked: other,
      answer: undefined,
      error: undefined,
      busy: true,
      outdated: false,
    });
  });

  it('never tells that loading stopped on the way from one reading to the next', () => {
    const { loader } = loaderWith();
    const told: boolean[] = [];
    loader.onChange(({ busy }) => told.push(busy));
    void loader.explain(slow);
    void loader.explain(other);
    void loader.readAgain();
    assert.deepEqual(told, [true, true, true]);
  });

  it('drops an answer that comes after something else was asked, and stops reading it', async () => {
    const { loader, questions } = loaderWith();
    const first = loader.explain(slow);
    const second = loader.explain(other);
    assert.ok(questions[0]!.signal.aborted);
    questions[1]!.answer(answerOf('trace'));
    questions[0]!.answer(answerOf('orders'));
    await Promise.all([first, second]);
    assert.equal(loader.state.answer?.title, 'trace');
  });

  it('keeps its rows while they are read again, and with what went wrong', async () => {
    const { loader, questions } = loaderWith();
    const first = loader.explain(slow);
    questions[0]!.answer(answerOf('orders'));
    await first;
    loader.outdate();
    assert.ok(loader.state.outdated);
    const again = loader.readAgain();
    assert.deepEqual(questions[1]!.params.about, slow.about);
    const error = new SourceError('notFound', 'No requests of this handler yet.');
    questions[1]!.fail(error);
    await again;
    const { answer, busy, outdated } = loader.state;
    assert.deepEqual([answer?.title, busy, outdated], ['orders', false, true]);
    assert.equal(loader.state.error, error);
  });

  it('says after a cancel what was asked, and nothing of another source', async () => {
    const { loader, questions } = loaderWith();
    const first = loader.explain(slow);
    loader.cancel();
    assert.ok(questions[0]!.signal.aborted);
    await Promise.race([first, Promise.resolve()]);
    assert.deepEqual([loader.state.asked, loader.state.busy], [slow, false]);
    loader.forget();
    assert.equal(loader.state.asked, undefined);
    await loader.readAgain();
    assert.equal(questions.length, 1);
  });
});
