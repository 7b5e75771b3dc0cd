import type { Product } from '../http/product.ts';
import { isRecord } from '../otlp/wire.ts';
import { readEnvelope } from './envelope.ts';

/** Jaeger's query service. */
export const jaeger: Product = {
  name: 'Jaeger',
  defaultUrl: 'http://localhost:16686',
  settings: 'spanhop.jaeger',
  usualBasePath: '/jaeger',
  errorIn: (body) => readV3Error(body) ?? readEnvelope(body).said,
};

/** API v3's are objects (cmd/query/app/apiv3/http_gateway.go, GRPCGatewayError). */
function readV3Error(body: unknown): string | undefined {
  const error = isRecord(body) ? body['error'] : undefined;
  return isRecord(error) && typeof error['message'] === 'string' ? error['message'] : undefined;
}
