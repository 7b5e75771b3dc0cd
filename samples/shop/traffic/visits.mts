import type { Random } from './random.mts';
import type { Request, Send } from './request.mts';

/** What one visitor does. It never depends on answers but for ids: the same seed sends the same requests. */
export interface Visit {
  readonly name: string;
  /** How often, compared with the others. */
  readonly weight: number;
  run(send: Send, random: Random, unique: string): Promise<void>;
}

const products = 60;
const customers = 40;
/** Lines of a wholesale order: what makes its deletion slow. */
const wholesaleLines = 22;
const office = { 'x-api-key': 'office' };

const shop = (method: string, route: string, rest: Partial<Request> = {}): Request => ({
  service: 'shop-api',
  method,
  route: `/api/v1${route}`,
  ...rest,
});
const pricing = (method: string, route: string, rest: Partial<Request> = {}): Request => ({
  service: 'pricing-api',
  method,
  route: `/pricing${route}`,
  ...rest,
});

export const visits: readonly Visit[] = [
  {
    name: 'browse',
    weight: 28,
    async run(send, random) {
      await send(shop('GET', '/products', { query: `?page=${random.id(3)}` }));
      await send(
        shop('GET', '/products/search', { query: `?q=${random.pick(['Tea', 'no. 1', 'x'])}` }),
      );
      const id = random.chance(0.1) ? 9_999 : random.id(products);
      await send(shop('GET', '/products/:id', { params: [id] }));
      await send(shop('GET', '/products/:productId/reviews', { params: [random.id(products)] }));
      if (random.chance(0.3))
        await send(shop('GET', random.pick(['/products/bestsellers', '/products/top'])));
    },
  },
  {
    name: 'buy',
    weight: 18,
    async run(send, random, unique) {
      const first = random.id(products);
      const cart = await send(
        shop('POST', '/carts', { body: { customerId: random.id(customers) } }),
      );
      for (const productId of [first, (first % products) + 1])
        await send(
          shop('POST', '/carts/:id/items', {
            params: [cart.id],
            body: { productId, quantity: random.id(3) },
          }),
        );
      await send(shop('DELETE', '/carts/:id/items/:productId', { params: [cart.id, first] }));
      await send(shop('GET', '/carts/:id', { params: [cart.id] }));
      const order = await send(
        shop('POST', '/carts/:id/checkout', {
          params: [cart.id],
          body: { country: random.pick(['KR', 'DE', 'FR', 'JP', 'US']), discountCode: 'WELCOME' },
        }),
      );
      await send(
        shop('POST', '/orders/:id/pay', {
          params: [order.id],
          body: { reference: `pay-${unique}` },
        }),
      );
      await send(shop('GET', '/orders/:id', { params: [order.id] }));
      await send(shop('GET', '/orders/:id/events', { params: [order.id] }));
    },
  },
  {
    name: 'leave the cart',
    weight: 8,
    async run(send, random) {
      const cart = await send(
        shop('POST', '/carts', { body: { customerId: random.id(customers) } }),
      );
      await send(
        shop('POST', '/carts/:id/items', {
          params: [cart.id],
          body: { productId: random.id(products), quantity: random.chance(0.2) ? 0 : 1 },
        }),
      );
      await send(shop('DELETE', '/carts/:id', { params: [cart.id] }));
    },
  },
  {
    name: 'account',
    weight: 14,
    async run(send, random, unique) {
      const email = random.chance(0.2) ? 'customer1@example.com' : `visitor-${unique}@example.com`;
      await send(shop('POST', '/customers', { body: { email, name: 'Visitor' } }));
      const id = random.id(customers);
      await send(shop('GET', '/customers/:id', { params: [id] }));
      const address = { street: '1 Main Street', city: 'Seoul', country: 'KR' };
      const added = await send(
        shop('POST', '/customers/:id/addresses', { params: [id], body: address }),
      );
      await send(shop('DELETE', '/customers/:id/addresses/:addressId', { params: [id, added.id] }));
      await send(shop('GET', '/customers/:id/orders', { params: [id] }));
      await send({ service: 'shop-api', method: 'GET', route: '/api/v2/orders', query: '?page=2' });
    },
  },
  {
    name: 'wholesale',
    weight: 10,
    async run(send, random) {
      const first = random.below(products);
      const lines = Array.from({ length: wholesaleLines }, (_, line) => ({
        productId: ((first + line) % products) + 1,
        quantity: 10,
      }));
      const body = { customerId: random.id(customers), country: random.pick(['KR', 'DE']), lines };
      const order = await send(shop('POST', '/orders', { body }));
      await send({
        service: 'shop-api',
        method: 'GET',
        route: '/api/v2/orders/:id',
        params: [order.id],
      });
      await send(shop('DELETE', '/orders/:id', { params: [order.id] }));
    },
  },
  {
    name: 'office',
    weight: 8,
    async run(send, random) {
      const productId = random.id(products);
      await send(shop('GET', '/stock/low', { query: '?below=30' }));
      await send(
        shop('PUT', '/stock/:productId', {
          params: [productId],
          headers: office,
          body: { onHand: 1_000 },
        }),
      );
      await send(shop('GET', '/stock/:productId/movements', { params: [productId] }));
      await send(shop('GET', '/orders', { query: random.chance(0.2) ? '?page=0' : '' }));
      await send(shop('GET', '/reports/sales', random.chance(0.25) ? {} : { headers: office }));
      const country = random.pick(['KR', 'US', 'ZZ']);
      await send(shop('GET', '/reports/tax/:country', { params: [country], headers: office }));
      if (random.chance(0.3)) await send(shop('GET', '/reports/ratings', { headers: office }));
    },
  },
  {
    name: 'catalog',
    weight: 6,
    async run(send, random, unique) {
      const name = random.chance(0.3) ? 'Tea' : `Category ${unique}`;
      const category = await send(shop('POST', '/categories', { body: { name } }));
      await send(shop('GET', '/categories'));
      await send(shop('DELETE', '/categories/:id', { params: [category.id] }));
      const body = {
        sku: `NEW-${unique}`,
        name: 'New',
        priceCents: random.chance(0.2) ? -1 : 900,
        categoryId: 1,
      };
      const product = await send(shop('POST', '/products', { body }));
      await send(
        shop('PATCH', '/products/:id', { params: [product.id], body: { priceCents: 950 } }),
      );
      await send(shop('DELETE', '/products/:id', { params: [product.id] }));
    },
  },
  {
    name: 'review',
    weight: 5,
    async run(send, random) {
      const productId = random.id(products);
      const body = { customerId: random.id(customers), stars: random.id(5), text: 'As expected.' };
      const review = await send(
        shop('POST', '/products/:productId/reviews', { params: [productId], body }),
      );
      await send(
        shop('DELETE', '/products/:productId/reviews/:id', { params: [productId, review.id] }),
      );
    },
  },
  {
    name: 'machines',
    weight: 6,
    async run(send, random) {
      await send({
        service: 'shop-api',
        method: 'GET',
        route: random.pick(['/api/health', '/api/status']),
      });
      await send(shop('GET', '/webhooks/:provider', { params: ['bank'] }));
      const body = random.chance(0.2) ? {} : { orderId: random.id(500) };
      await send(shop('POST', '/webhooks/:provider', { params: ['bank'], body }));
      await send(shop('GET', '/no-such-route'));
    },
  },
  {
    name: 'prices',
    weight: 5,
    async run(send, random, unique) {
      const sku = `SKU-${String(random.id(products)).padStart(4, '0')}`;
      await send(pricing('GET', '/prices', { query: `?skus=${sku}` }));
      await send(pricing('GET', '/prices/:sku/history', { params: [sku] }));
      await send(pricing('GET', '/discounts'));
      await send(
        pricing('GET', '/discounts/:code', { params: [random.chance(0.5) ? 'WELCOME' : 'GONE'] }),
      );
      const code = `C-${unique}`.slice(0, 20);
      await send(pricing('POST', '/discounts', { body: { code, percent: 5 } }));
      await send(pricing('DELETE', '/discounts/:code', { params: [code] }));
    },
  },
];
