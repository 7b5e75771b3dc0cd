import assert from 'node:assert/strict';
import { SourceError, type SourceErrorCode } from '../../../../src/core/base/sourceError.ts';
import { receiverSentence } from '../../../../src/host/engine/localReceiver.ts';
import { engineStopped } from '../../../../src/engine/engineStopped.ts';
import { statusFor } from '../../../../src/host/status/statusFor.ts';

const codes: Record<SourceErrorCode, string> = {
  unreachable: "can't connect",
  failed: 'error',
  unauthorized: 'sign-in needed',
  notFound: 'not found',
  timedOut: 'timed out',
  busy: 'busy',
  tooLarge: 'response too large',
  malformed: 'invalid response',
  unsupported: 'not supported',
  rejected: 'request rejected',
};

describe('a failed reading in the status bar', () => {
  it('is named by its code and explained by its own sentence', () => {
    for (const [code, words] of Object.entries(codes)) {
      const error = new SourceError(code as SourceErrorCode, 'http://jaeger: why, and what next.');
      const status = statusFor(error);
      assert.equal(status.words, words);
      assert.equal(status.sentence, 'http://jaeger: why, and what next.');
    }
  });

  it('keeps its code across threads, where classes are lost', () => {
    const arrived = Object.assign(new Error('Sign in.'), {
      name: 'SourceError',
      code: 'unauthorized',
    });
    assert.equal(statusFor(arrived).remedy, 'secret');
  });

  it('is not dressed as a fault of the source when it is a bug', () => {
    for (const bug of [new TypeError('x is undefined'), 'text', undefined]) {
      assert.equal(statusFor(bug).remedy, 'log');
      assert.ok(!statusFor(bug).sentence.includes('undefined'));
    }
  });
});

describe('the receiver in the status bar', () => {
  it('names its port, or says in its own words why it has none', () => {
    assert.equal(
      receiverSentence({ kind: 'listening', port: 4318 }),
      'Receiving OTLP at http://127.0.0.1:4318.',
    );
    assert.equal(
      receiverSentence({ kind: 'listening', port: 4318, host: '172.17.0.1' }),
      'Receiving OTLP at http://127.0.0.1:4318 and http://172.17.0.1:4318.',
    );
    assert.match(
      receiverSentence({ kind: 'listening', port: 4318, host: '::' }),
      /127\.0\.0\.1:4318 and at all other addresses/,
    );
    assert.equal(
      receiverSentence({ kind: 'listening', port: 4318, problem: 'No such address.' }),
      'Receiving OTLP at http://127.0.0.1:4318. No such address.',
    );
    assert.ok(receiverSentence({ kind: 'sharing', port: 4318 }).includes('Another window'));
    assert.equal(receiverSentence({ kind: 'portTaken', port: 4318, message: 'Taken.' }), 'Taken.');
    assert.equal(receiverSentence({ kind: 'stopped' }), '');
  });

  it('of an engine that ended says that it starts again', () => {
    assert.deepEqual(statusFor(engineStopped()), {
      words: 'restarting',
      sentence: 'The Spanhop engine stopped and is restarting. See the log for details.',
      remedy: 'log',
    });
  });
});
