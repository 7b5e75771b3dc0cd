import assert from 'node:assert/strict';
import { HttpError } from '../../../../src/sources/local/http/httpError.ts';
import { tellUnreadableSpans } from '../../../../src/sources/local/unreadableSpans.ts';

describe('spans that cannot be read', () => {
  const told = () => {
    const notices: string[] = [];
    const warnings: string[] = [];
    const hear = tellUnreadableSpans(4318, {
      notice: (sentence) => notices.push(sentence),
      warn: (sentence) => warnings.push(sentence),
    });
    return { notices, warnings, hear };
  };

  it('are told of once each, with what to do: the first to the user, the rest to the log', () => {
    const { notices, warnings, hear } = told();
    for (let time = 0; time < 3; time++) {
      hear('grpc');
      hear(new HttpError(415, 'Send application/x-protobuf or application/json.'));
    }
    assert.deepEqual(notices, [
      'Spans sent over gRPC to port 4318 were rejected: it receives OTLP over HTTP. Set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf.',
    ]);
    assert.deepEqual(warnings, [
      "Spans sent to port 4318 couldn't be read (HTTP 415). Check the exporter. Reason: Send application/x-protobuf or application/json.",
    ]);
  });

  it('neither fill the log nor hide what they write there', () => {
    const { notices, warnings, hear } = told();
    for (let time = 0; time < 1_000; time++)
      hear(new HttpError(400, `${time}\u202e${'x'.repeat(20_000)}`));
    assert.equal(notices.length + warnings.length, 20);
    assert.ok(notices.every((sentence) => sentence.length < 400 && sentence.includes('[U+202E]')));
  });
});
