import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';

/** A request with one of everything that a span can carry. */
export const exportedSpan: RawSpan = {
  traceId: '5b8aa5a2d2c872e8321cf37308d69df2',
  spanId: '00f067aa0ba902b7',
  parentSpanId: 'b7ad6b7169203331',
  name: 'POST /api/orders',
  kind: 'server',
  start: epochMicroseconds(1_795_335_636_787_125),
  duration: microseconds(12_345.5),
  status: 'error',
  statusMessage: "can't reach the warehouse",
  scope: '@opentelemetry/instrumentation-http',
  resource: {
    service: 'shop-api',
    attributes: [{ key: 'service.version', value: '1.4.2' }],
  },
  attributes: [
    { key: 'http.request.method', value: 'POST' },
    { key: 'url.full', value: "https://shop.example/api/orders?note=it's {new}" },
    { key: 'http.request.header.content-type', value: ['application/json'] },
    { key: 'http.request.header.x_tenant', value: ['blue', 'gr"een'] },
    { key: 'http.request.header.content-length', value: ['120'] },
    { key: 'user_agent.original', value: 'curl/8.5 $(id)' },
    { key: 'http.response.status_code', value: 500 },
    { key: 'app.share', value: 0.25 },
    { key: 'app.cached', value: false },
  ],
  events: [
    {
      name: 'exception',
      time: epochMicroseconds(1_795_335_636_790_000),
      attributes: [{ key: 'exception.type', value: 'TypeError' }],
    },
  ],
  links: [
    {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      attributes: [{ key: 'messaging.operation', value: 'receive' }],
    },
  ],
  warnings: ['Its clock runs ahead.'],
};
