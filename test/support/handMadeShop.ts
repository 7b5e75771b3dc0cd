import type { SpanMatch } from '../../src/core/matching/match.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { makeIndex, type IndexSketch } from './codeIndex.ts';
import { mapSpans, noSourceMaps } from './mapTrace.ts';
import { makeSpan, type SpanSketch } from './span.ts';

/** Two services by hand: guards, loops, and a class that both have. */
const shop: IndexSketch = {
  '/shop/shop-api': {
    services: ['shop-api'],
    derived: { SpecialOrdersService: 'OrdersService' },
    files: {
      'src/orders/orders.controller.ts': {
        OrdersController: {
          list: { at: 10, route: 'GET /api/orders', calls: ['OrdersService.list'] },
          findOne: { at: 20, route: 'GET /api/orders/:id', calls: ['OrdersService.pair'] },
          mine: { at: 30, route: 'GET /api/orders/mine' },
          remove: { at: 40, route: 'DELETE /api/orders/:id', calls: ['OrdersService.remove'] },
          any: { at: 50, route: 'ALL /api/orders/any' },
          files: { at: 60, route: 'GET /api/files/{*path}' },
        },
      },
      'src/orders/orders.service.ts': {
        OrdersService: {
          list: { at: 10, prisma: ['Order.findMany@11'] },
          pair: { at: 20, prisma: ['Order.findUnique@21', 'Order.findUnique@22'] },
          remove: {
            at: 30,
            to: 40,
            prisma: ['Item.findMany@31', 'Item.delete@33', 'Item.delete@35 loop', 'Item.delete@38'],
          },
        },
      },
      'src/auth.guard.ts': {
        AuthGuard: { canActivate: { at: 5, prisma: ['Order.findMany@6', 'queryRawUnsafe@7'] } },
      },
      'src/health.controller.ts': { HealthController: { check: { at: 3, route: 'GET /health' } } },
    },
  },
  '/shop/pricing-api': {
    services: ['pricing-api'],
    files: {
      'src/health.controller.ts': { HealthController: { check: { at: 4, route: 'GET /health' } } },
      'src/prices.controller.ts': {
        PricesController: { price: { at: 8, route: 'GET ~/prices/:sku' } },
      },
    },
  },
};
export const shopIndex = makeIndex(shop);

/** `likely OrdersController.list 10 +1`: how sure, what, line, alternatives. */
function shown(match: SpanMatch): string {
  if (match.confidence === 'unmapped') return `unmapped: ${match.reason}`;
  const others = match.alternatives.length > 0 ? ` +${match.alternatives.length}` : '';
  return `${match.confidence} ${match.symbol} ${match.location.line}${others}`;
}

/** The matches of spans, in rows. */
export function mapped(
  spans: readonly RawSpan[],
  options = noSourceMaps,
  code = shopIndex,
): string[] {
  return mapSpans(spans, code, options).matches.map(shown);
}

/** The match of a single span. */
export const one = (sketch: Omit<SpanSketch, 'id'>, options = noSourceMaps, code = shopIndex) =>
  mapped([makeSpan({ id: 'a', ...sketch })], options, code)[0]!;
