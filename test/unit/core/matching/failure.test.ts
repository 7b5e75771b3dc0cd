import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { one, shopIndex } from '../../../support/handMadeShop.ts';
import { mapSpans, withSourceMap } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

describe('failures', () => {
  const exception = (message: string, stack: string): RawSpan['events'] => [
    {
      name: 'exception',
      time: makeSpan({ id: 'x' }).start,
      attributes: [
        { key: 'exception.message', value: message },
        { key: 'exception.stacktrace', value: stack },
      ],
    },
  ];

  it('place a span nothing else is known of at the innermost frame of the workspace', () => {
    const stack = [
      'Error: boom',
      '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
      '    at x (/app/node_modules/lib/src/orders/orders.service.ts:1:1)',
      '    at async OrdersService.pair (file:///app/src/orders/orders.service.ts:22:7)',
      '    at OrdersController.findOne (/app/src/orders/orders.controller.ts:21:3)',
    ].join('\n');
    assert.equal(
      one({ name: 'job', events: exception('boom', stack) }),
      'exact OrdersService.pair 22',
    );
  });

  it('go through source maps', () => {
    const path = '/shop/shop-api/src/orders/orders.service.ts';
    const options = withSourceMap((_file, line) =>
      line === 79 ? { path, line: 33, column: 9 } : undefined,
    );
    const text =
      '\nInvalid `prisma.item.delete()` invocation in\n/app/dist/main.js:79:92\n\n  76 x';
    const found = one({ name: 'job', events: exception(text, '') }, options);
    assert.equal(found, 'exact OrdersService.remove 33');
  });

  it('without a source map are likely at the function of the compiled frame', () => {
    const stack = 'Error\n    at OrdersService.remove (/app/dist/orders/orders.service.js:99:1)';
    assert.equal(
      one({ name: 'job', events: exception('', stack) }),
      'likely OrdersService.remove 30',
    );
  });

  it('pass over a frame that only ends like a file here, for one that surely is here', () => {
    const at = (frames: readonly string[]) =>
      one({
        name: 'job',
        events: exception('', `Error\n${frames.map((frame) => `    at ${frame}`).join('\n')}`),
      });
    const other = 'audit (/opt/shared/src/orders/orders.service.ts:22:7)';
    const own = 'OrdersController.findOne (/app/src/orders/orders.controller.ts:21:3)';
    assert.equal(at([other, own]), 'exact OrdersController.findOne 21');
    assert.equal(at([other]), 'likely OrdersService.pair 22');
    assert.match(at(['Audit.write (/app/libs/x/src/orders/orders.service.ts:22:7)']), /^unmapped/);
  });

  it('with a stack of a megabyte are passed over in no time', () => {
    const stack = `Error\n${'    at ('.repeat(200_000)}`;
    assert.match(one({ name: 'job', events: exception(stack, stack) }), /^unmapped/);
  });

  it('are told beside what a span is known to be', () => {
    const stack = 'Error\n    at OrdersService.pair (/app/src/orders/orders.service.ts:22:7)';
    const span = makeSpan({
      id: 'a',
      kind: 'server',
      attributes: { 'http.request.method': 'GET', 'http.route': '/api/orders/:id' },
      events: exception('boom', stack),
    });
    const [match] = mapSpans([span], shopIndex).matches;
    assert.equal(match!.confidence, 'strong');
    assert.match(match!.reason, /Failed in OrdersService.pair, orders.service.ts:22\.$/);
  });
});
