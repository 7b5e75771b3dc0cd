import assert from 'node:assert/strict';
import {
  fitsStatus,
  parseQuestion,
  questionText,
} from '../../../../../src/core/correlate/behind/question.ts';

const shown = (text: string) => {
  const question = parseQuestion(text);
  if (question === undefined) return 'nothing';
  return `${question.kind} ${question.kind === 'proxy' ? question.name : questionText(question)}`;
};

describe('a question about what was seen', () => {
  it('is a method, a status or both, in any case', () => {
    assert.equal(shown('DELETE'), 'requests DELETE');
    assert.equal(shown(' delete   500 '), 'requests DELETE 500');
    assert.equal(shown('5XX'), 'requests 5xx');
    assert.equal(shown('get 404'), 'requests GET 404');
    assert.equal(shown('502'), 'requests 502');
  });

  it('is else the name of a part of a proxy', () => {
    assert.equal(shown('orders@docker'), 'proxy orders@docker');
    assert.equal(shown('outbound|80||orders.default'), 'proxy outbound|80||orders.default');
    assert.equal(shown('orders'), 'proxy orders');
    assert.equal(shown('deleted 500'), 'proxy deleted 500');
    assert.equal(shown('DELETE 600'), 'proxy DELETE 600');
    assert.equal(shown('DELETE 500 now'), 'proxy DELETE 500 now');
    assert.equal(shown('   '), 'nothing');
  });

  it('means every status of a class by its first digit', () => {
    assert.ok(fitsStatus(504, '5xx') && !fitsStatus(404, '5xx'));
    assert.ok(fitsStatus(404, '404') && !fitsStatus(400, '404'));
  });
});
