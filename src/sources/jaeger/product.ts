import type { Product } from '../http/product.ts';
import { readEnvelope } from './envelope.ts';

/** Jaeger's query service. */
export const jaeger: Product = {
  name: 'Jaeger',
  defaultUrl: 'http://localhost:16686',
  usualBasePath: '/jaeger',
  errorIn: (body) => readEnvelope(body).said,
};
