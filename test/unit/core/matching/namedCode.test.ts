import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  functionNamed,
  readNamedCode,
} from '../../../../src/core/matching/attributes/namedCode.ts';

/** `around|name`. */
function parts(text: string, namespace?: string): string {
  const named = functionNamed(text, namespace);
  return named === undefined ? '-' : `${named.around.join('/')}|${named.name}`;
}

describe('the function a span names', () => {
  it('is read in the spelling of each language', () => {
    const spellings = {
      'OrdersService.remove': 'OrdersService|remove',
      'async OrdersService.remove': 'OrdersService|remove',
      'OrdersService.remove [as handler]': 'OrdersService|remove',
      'new OrdersService': 'OrdersService|constructor',
      bootstrap: '|bootstrap',
      'com.shop.OrderService.serve': 'com/shop/OrderService|serve',
      'com.shop.Main$1.run': 'com/shop/Main|run',
      'Shop\\Http\\OrderController::show': 'Shop/Http/OrderController|show',
      'Shop\\OrderController::{closure}': 'Shop|OrderController',
      'playground::orders::create': 'playground/orders|create',
      'github.com/shop/pricing.(*Server).Price': 'github/com/shop/pricing/Server|Price',
      'github.com/shop/pricing.Price.func1': 'github/com/shop/pricing|Price',
      'main.main.func2.1': 'main|main',
      'shop.orders.Orders.create': 'shop/orders/Orders|create',
      'create_order.<locals>.inner': 'create_order|inner',
    };
    for (const [text, expected] of Object.entries(spellings))
      assert.equal(parts(text), expected, text);
  });

  it('takes its class from the old namespace where the name stands alone', () => {
    assert.equal(parts('show', 'Shop\\Http\\OrderController'), 'Shop/Http/OrderController|show');
  });

  it('is none where there is no name', () => {
    for (const text of ['', '<anonymous>', 'Object.<anonymous>', 'x'.repeat(5_000)])
      assert.equal(parts(text), '-', text.slice(0, 20));
  });

  it('is bounded and never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (text, namespace) => {
        const named = functionNamed(text, namespace);
        assert.ok(named === undefined || named.name.length <= text.length + 'constructor'.length);
      }),
    );
  });
});

describe('code.* attributes', () => {
  it('are read by stable names, then by old ones, with numbers that came as text', () => {
    const attributes = [
      { key: 'code.filepath', value: '/old.ts' },
      { key: 'code.file.path', value: '/new.ts' },
      { key: 'code.lineno', value: '12' },
      { key: 'code.function', value: 'list' },
      { key: 'code.namespace', value: 'OrdersService' },
    ];
    const { path, line, column, function: named } = readNamedCode(attributes);
    assert.deepEqual([path, line, column], ['/new.ts', 12, 1]);
    assert.deepEqual([named?.className, named?.name], ['OrdersService', 'list']);
  });

  it('count no line that is none', () => {
    for (const value of [0, -1, 1.5, 'x', '99999999999999999999'])
      assert.equal(readNamedCode([{ key: 'code.line.number', value }]).line, undefined);
  });
});
