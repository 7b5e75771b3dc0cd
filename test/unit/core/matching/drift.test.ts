import assert from 'node:assert/strict';
import type { SpanMatch } from '../../../../src/core/matching/match.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const code = makeIndex({
  '/shop/api': {
    services: ['api'],
    derived: { CatsController: 'BaseController' },
    files: {
      'src/orders.controller.ts': {
        OrdersController: {
          list: { at: 10, to: 14, route: 'GET /orders' },
          remove: { at: 30, to: 36, route: 'DELETE /orders/:id', prisma: ['Order.delete@33'] },
        },
        Helpers: { list: { at: 50, to: 54 }, remove: { at: 60, to: 62 } },
      },
      'src/main.ts': { '': { bootstrap: { at: 20, to: 25 } } },
      'src/base.ts': { BaseController: { find: { at: 4, to: 8 } } },
      'src/dogs.ts': { DogsController: { bark: { at: 4, to: 8 } } },
      'src/tax.client.ts': {
        TaxClient: {
          rateOf: { at: 10, to: 20, http: ['GET http://tax.example/rates/*@13'] },
          refund: { at: 30, to: 44, http: ['POST /refunds@33', 'POST /refunds@40'] },
          all: { at: 50, to: 60 },
        },
      },
      'src/stock.service.ts': {
        StockService: { take: { at: 5, to: 20, prisma: ['Item.update@8', 'Item.update@15'] } },
      },
    },
  },
});

/** `strong moved OrdersController.remove 30`. */
function shown(match: SpanMatch | undefined): string {
  if (match === undefined || match.confidence === 'unmapped') return 'unmapped';
  const moved = match.drifted ? 'moved ' : '';
  const others = match.alternatives.length > 0 ? ` +${match.alternatives.length}` : '';
  return `${match.confidence} ${moved}${match.symbol} ${match.location.line}${others}`;
}

const matchOf = (sketch: Partial<SpanSketch>) =>
  mapSpans([makeSpan({ id: 'a', service: 'api', ...sketch })], code).matches[0];
const at = (file: string, line: number, name: string, more: SpanSketch['attributes'] = {}) =>
  shown(
    matchOf({
      attributes: {
        'code.file.path': `/app/src/${file}`,
        'code.line.number': line,
        'code.function.name': name,
        ...more,
      },
    }),
  );

/** The match of a client's span that names another line than the method has. */
const called = (name: string, method: string, url: string) =>
  shown(
    matchOf({
      kind: 'client',
      attributes: {
        'code.file.path': '/app/src/tax.client.ts',
        'code.line.number': 90,
        'code.function.name': name,
        'http.request.method': method,
        'url.full': url,
      },
    }),
  );

describe('a line that was recorded of a call', () => {
  const rates = 'http://tax.example/rates/DE';

  it('becomes that of the call in the method, which moved', () => {
    assert.equal(
      called('TaxClient.rateOf', 'GET', rates),
      'strong moved GET tax.example/rates/* in TaxClient.rateOf 13',
    );
  });

  it('is likely one of several calls there that fit', () => {
    assert.match(
      called('TaxClient.refund', 'POST', 'http://tax.example/refunds'),
      /^likely moved POST \S*\/refunds in TaxClient\.refund 33 \+1$/,
    );
  });

  it('is likely that of the method where no call there fits', () => {
    for (const name of ['TaxClient.all', 'TaxClient.rateOf'])
      assert.match(called(name, 'PUT', rates), /^likely moved TaxClient\.\w+ \d0$/);
  });
});

describe('a line that was recorded', () => {
  it('counts while it is inside the method that the span names', () => {
    assert.equal(
      at('orders.controller.ts', 33, 'OrdersController.remove'),
      'exact OrdersController.remove 33',
    );
    assert.equal(
      at('orders.controller.ts', 31, 'async OrdersController.remove'),
      'exact OrdersController.remove 31',
    );
  });

  it('follows the method when it moved down, and says so', () => {
    const moved = at('orders.controller.ts', 12, 'OrdersController.remove');
    assert.equal(moved, 'strong moved OrdersController.remove 30');
    const match = matchOf({
      attributes: {
        'code.file.path': '/app/src/orders.controller.ts',
        'code.line.number': 12,
        'code.function.name': 'OrdersController.remove',
      },
    });
    assert.match(match!.reason, /OrdersController.remove is now at .* \(recorded at line 12\)/);
    assert.match(match!.reason, /is now at orders\.controller\.ts:30 /);
  });

  it('follows the method into another file', () => {
    assert.equal(at('base.ts', 40, 'DogsController.bark'), 'strong moved DogsController.bark 4');
  });

  it('follows a function outside classes', () => {
    assert.equal(at('main.ts', 3, 'bootstrap'), 'strong moved bootstrap 20');
  });

  it('counts in the method that the class inherits, and follows that', () => {
    assert.equal(at('base.ts', 6, 'CatsController.find'), 'exact BaseController.find 6');
    assert.equal(at('base.ts', 66, 'CatsController.find'), 'strong moved BaseController.find 4');
  });

  it('is only likely, and said so, where the workspace has no class of that name', () => {
    for (const name of ['SharedController.remove', 'new SharedController', 'Acme.Shared#list'])
      assert.equal(at('orders.controller.ts', 33, name), 'likely OrdersController.remove 33', name);
    const attributes = {
      'code.file.path': '/app/src/orders.controller.ts',
      'code.line.number': 33,
      'code.function.name': 'SharedController.remove',
    };
    assert.match(
      matchOf({ attributes })!.reason,
      /Class SharedController isn't in the workspace\.$/,
    );
    const elsewhere = { ...attributes, 'code.file.path': '/app/libs/x/src/orders.controller.ts' };
    assert.equal(shown(matchOf({ attributes: elsewhere })), 'unmapped');
  });

  it('is not taken for the method of that name in another class', () => {
    assert.equal(at('base.ts', 6, 'DogsController.find'), 'exact BaseController.find 6');
    assert.equal(
      at('orders.controller.ts', 70, 'SharedController.remove'),
      'likely orders.controller.ts:70 70',
    );
  });

  it('counts under the names that bundlers and V8 give classes and receivers', () => {
    for (const name of [
      '_OrdersController.remove',
      'OrdersController2.remove',
      'OrdersController$1.remove',
      'OrdersController#remove',
      't.remove',
      'Object.remove',
    ])
      assert.equal(at('orders.controller.ts', 33, name), 'exact OrdersController.remove 33', name);
    assert.equal(at('main.ts', 22, 'Timeout.bootstrap'), 'exact bootstrap 22');
    assert.equal(at('main.ts', 22, 'Subscriber.bootstrap'), 'exact bootstrap 22');
  });

  it('is only likely where the class lost the method, or two say they are it', () => {
    assert.equal(
      at('orders.controller.ts', 12, 'OrdersController.gone'),
      'likely OrdersController.list 12',
    );
    assert.equal(at('orders.controller.ts', 52, 'OrdersController.list'), 'likely Helpers.list 52');
  });

  it('counts as it is where nothing can be compared: no name, a callback, a name the code lacks', () => {
    for (const name of ['<anonymous>', 'OrdersController.<anonymous>', 'Object.handler'])
      assert.equal(at('orders.controller.ts', 12, name), 'exact OrdersController.list 12', name);
  });

  it('of a Prisma call is tied to the call, wherever it is in its method now', () => {
    const prisma = (line: number, name: string, model: string, method: string, file: string) =>
      shown(
        matchOf({
          name: 'prisma:client:operation',
          attributes: {
            'code.file.path': `/app/src/${file}`,
            'code.line.number': line,
            'code.function.name': name,
            model,
            method,
          },
        }),
      );
    const remove = ['OrdersController.remove', 'Order', 'delete', 'orders.controller.ts'] as const;
    const call = 'order.delete in OrdersController.remove 33';
    assert.equal(prisma(33, ...remove), `exact ${call}`);
    assert.equal(prisma(35, ...remove), `strong moved ${call}`);
    assert.equal(prisma(12, ...remove), `strong moved ${call}`);
    const take = ['StockService.take', 'Item', 'update', 'stock.service.ts'] as const;
    assert.equal(prisma(15, ...take), 'exact item.update in StockService.take 15');
    assert.equal(prisma(17, ...take), 'likely moved item.update in StockService.take 8 +1');
  });

  it('of a request keeps the handler, for what is below it', () => {
    const match = matchOf({
      kind: 'server',
      attributes: {
        'http.request.method': 'DELETE',
        'http.route': '/orders/:id',
        'code.file.path': '/app/src/orders.controller.ts',
        'code.line.number': 12,
        'code.function.name': 'OrdersController.remove',
      },
    });
    assert.equal(shown(match), 'strong moved OrdersController.remove 30');
    assert.ok(match?.confidence !== 'unmapped' && match?.handlerId?.includes('remove'));
  });
});
