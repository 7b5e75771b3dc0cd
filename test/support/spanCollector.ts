import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { readOtlpJson } from '../../src/sources/otlp/json.ts';
import { readOtlpProtobuf } from '../../src/sources/otlp/protobuf.ts';
import { startTestServer } from './testServer.ts';

/** Takes OTLP over HTTP and keeps every span, in the order of arrival. */
export interface SpanCollector {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly spans: readonly RawSpan[];
  close(): Promise<void>;
}

export async function collectSpans(): Promise<SpanCollector> {
  const spans: RawSpan[] = [];
  const server = await startTestServer((request, response) => {
    void buffer(request).then((sent) => {
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      const isJson = request.headers['content-type']?.includes('json') === true;
      if (request.url === '/v1/traces') {
        const read = isJson ? readOtlpJson(JSON.parse(body.toString())) : readOtlpProtobuf(body);
        spans.push(...read.spans);
      }
      response.setHeader('content-type', isJson ? 'application/json' : 'application/x-protobuf');
      response.end(isJson ? '{}' : undefined);
    });
  });
  return { url: server.url, spans, close: () => server.close() };
}
