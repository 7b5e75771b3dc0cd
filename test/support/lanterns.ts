import type { Product } from '../../src/sources/http/product.ts';
import { expectObject, expectText } from '../../src/sources/json/shape.ts';

/** A product that there isn't, for what any HTTP backend shares. */
export const lanterns: Product = {
  name: 'Lanterns',
  defaultUrl: 'http://localhost:7000',
  settings: 'spanhop.lanterns',
  usualBasePath: '/lanterns',
  errorIn: (body) => expectText(expectObject(body, 'answer')['problem'], 'problem'),
};
