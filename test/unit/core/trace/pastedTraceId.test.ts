import assert from 'node:assert/strict';
import { pastedTraceId } from '../../../../src/core/trace/pastedTraceId.ts';

const id = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('what is pasted for a trace', () => {
  for (const text of [
    id,
    ` 0x${id.toUpperCase()}\n`,
    `http://localhost:16686/trace/${id}`,
    `https://jaeger.example/base/jaeger/ui/trace/${id}?uiFind=00f067aa0ba902b7#top`,
    `https://zipkin.example/zipkin/traces/${id}/`,
    `vscode://spanhop.spanhop/trace/${id.toUpperCase()}?span=00f067aa0ba902b7`,
    `http://tempo.example:3200/api/traces/${id}`,
    `<http://localhost:16686/trace/${id}>`,
    `"${id}",`,
    `'${id.toUpperCase()}'`,
    `(\`${id}\`).`,
    `trace_id=${id}`,
    `2026-11-22 INFO [shop] paid trace_id=${id} span_id=00f067aa0ba902b7 trace_flags=01 took=100%`,
    `{"level":"info","traceId":"${id}","spanId":"00f067aa0ba902b7"}`,
    `{\\"trace.id\\": \\"${id}\\"}`,
    `trace-id: ${id}, again traceID=${id}.`,
    `traceparent: 00-${id}-00f067aa0ba902b7-01`,
    `-H 'traceparent: 00-${id}-00f067aa0ba902b7-01'`,
    `uber-trace-id: ${id}:00f067aa0ba902b7:0:1`,
    `b3: ${id}-00f067aa0ba902b7-1`,
    `X-B3-TraceId: ${id}`,
    'X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1',
    `http://localhost:16686/api/traces?traceID=${id}&raw=true`,
    `https://grafana.example/a/grafana-exploretraces-app/explore?from=now-1h&traceId=${id}`,
    `https://grafana.example/g/explore?orgId=1&panes=%7B%22a%22:%7B%22datasource%22:%22t%22,%22queries%22:%5B%7B%22refId%22:%22A%22,%22queryType%22:%22traceql%22,%22query%22:%22${id}%22%7D%5D%7D%7D`,
    `https://grafana.example/explore?left=["now-1h","now","Tempo",{"query":"${id}"}]`,
    `trace_id=${id} x-b3-traceid: ${id.slice(16)}`,
    `x-b3-traceid: ${id.slice(16)} trace_id=${id} parent: {"trace_id":"${'0'.repeat(32)}"}`,
  ])
    it(`is its id, alone, in an address or named by a text: ${JSON.stringify(text)}`, () => {
      assert.equal(pastedTraceId(text), id);
    });

  for (const text of [
    '',
    'http://localhost:16686/search?service=shop',
    `http://localhost:16686/trace/${id}...${id.replace('4', '5')}`,
    `http://localhost:16686/trace/${id}0`,
    `http://localhost:16686/trace/${'0'.repeat(32)}`,
    `GET /trace/${id}`,
    'http://',
    `trace_id=${id} follows trace_id=${id.replace('4', '5')}`,
    'dd.trace_id=7335287923859209123',
    `span_id=00f067aa0ba902b7`,
    `parent_trace_id=${id}`,
    `trace_id=${id}0`,
    `trace_id=${'0'.repeat(32)}`,
    'const traceId = feed',
    'https://grafana.example/explore?left={"queries":[{"query":"{status=error}"}]}',
    `https://grafana.example/explore?panes={"a":{"query":"${id}"},"b":{"query":"${id.replace('4', '5')}"}}`,
    'https://grafana.example/explore?left={"queries":[{"query":"add"}]}',
    '{"dd":{"trace_id":"7335287923859209123"}}',
    "'face'",
    'feed.',
    '%',
    '"',
  ])
    it(`is none: ${JSON.stringify(text)}`, () => {
      assert.equal(pastedTraceId(text), undefined);
    });

  it('is none in a text that is longer than an address, of which a part could name another', () => {
    assert.equal(pastedTraceId(`${'x'.repeat(8_000)} trace_id=${id}`), undefined);
  });
});
