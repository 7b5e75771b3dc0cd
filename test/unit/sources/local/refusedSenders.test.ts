import assert from 'node:assert/strict';
import { tellRefusedSenders } from '../../../../src/sources/local/refusedSenders.ts';

describe('refused senders', () => {
  const told = () => {
    const notices: string[] = [];
    const warnings: string[] = [];
    const hear = tellRefusedSenders({
      notice: (sentence) => notices.push(sentence),
      warn: (sentence) => warnings.push(sentence),
    });
    const refuse = (kind: 'name' | 'page', sender: string) => hear({ kind, sender, reason: '' });
    return { notices, warnings, refuse };
  };

  it('are told of once each, with what to do: the first name to the user, the rest to the log', () => {
    const { notices, warnings, refuse } = told();
    for (let time = 0; time < 3; time++) {
      refuse('name', 'otel.example.com:4318');
      refuse('name', 'collector.example.com:4318');
      refuse('page', 'http://localhost:3000');
    }
    assert.equal(notices.length, 1);
    assert.match(
      notices[0]!,
      /^Spans sent to otel\.example\.com:4318 were rejected .*exporter's endpoint to/,
    );
    assert.equal(warnings.length, 2);
    assert.match(warnings[0]!, /^Spans sent to collector\.example\.com:4318 were rejected/);
    assert.match(warnings[1]!, /web page http:\/\/localhost:3000 .* through a Collector/);
  });

  it('neither fill the log nor hide what they write there', () => {
    const { notices, warnings, refuse } = told();
    for (let page = 0; page < 1_000; page++) refuse('page', `https://${page}.example`);
    assert.equal(warnings.length, 20);
    const other = told();
    other.refuse('name', `a\u202eb\n${'x'.repeat(20_000)}`);
    assert.ok(other.notices[0]!.length < 400);
    assert.match(other.notices[0]!, /a\[U\+202E\]b␊x/);
    assert.equal(notices.length, 0);
  });
});
