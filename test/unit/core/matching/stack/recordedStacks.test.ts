import assert from 'node:assert/strict';
import { pathOptions } from '../../../../../src/core/matching/options.ts';
import { recordedStacks } from '../../../../../src/core/matching/stack/recordedStacks.ts';
import { stackTexts } from '../../../../../src/core/matching/stack/stackTexts.ts';
import type { Attributes, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { shopIndex } from '../../../../support/handMadeShop.ts';
import { noSourceMaps, withSourceMap } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

const attributes = (values: Readonly<Record<string, string>>): Attributes =>
  Object.entries(values).map(([key, value]) => ({ key, value }));
const event = (name: string, values: Readonly<Record<string, string>>): RawSpan['events'] => [
  { name, time: makeSpan({ id: 'x' }).start, attributes: attributes(values) },
];
const stack = [
  'Error: no',
  '    at lib (/app/node_modules/lib/index.js:1:1)',
  '    at OrdersService.pair (/app/src/orders/orders.service.ts:22:7)',
  '    at OrdersController.findOne (/app/src/orders/orders.controller.ts:99:3)',
].join('\n');

/** Each frame as `place line` or `-`. */
function frames(span: RawSpan, options = noSourceMaps): string[] {
  const paths = pathOptions(options, 'shop-api', '/shop/shop-api');
  return recordedStacks(stackTexts(span), shopIndex, paths).flatMap(({ type, frames: all }) =>
    all.map(({ place }) => {
      const shown = place ? `${place.confidence} ${place.symbol} ${place.location.line}` : '-';
      return `${type}: ${shown}${place?.drifted ? ' moved' : ''}`;
    }),
  );
}

describe('the stacks of a span', () => {
  it('have a place for each frame of the workspace, by name where its line moved', () => {
    const events = event('exception', { 'exception.type': 'Error', 'exception.stacktrace': stack });
    assert.deepEqual(frames(makeSpan({ id: 'a', events })), [
      'Error: -',
      'Error: exact OrdersService.pair 22',
      'Error: strong OrdersController.findOne 20 moved',
    ]);
  });

  it('are found under the names of other tracers, in attributes and in events', () => {
    for (const key of ['error.stack', 'error.stack_trace', 'stack', 'exception.stacktrace']) {
      const inAttributes = makeSpan({ id: 'a', attributes: { 'error.type': 'E', [key]: stack } });
      assert.equal(frames(inAttributes).length, 3, key);
      const inEvent = makeSpan({ id: 'a', events: event('error', { [key]: stack }) });
      assert.equal(frames(inEvent).length, 3, key);
    }
  });

  it('are told once where an event and the span carry the same', () => {
    const span = makeSpan({
      id: 'a',
      attributes: { 'exception.stacktrace': stack },
      events: event('exception', { 'exception.stacktrace': stack }),
    });
    assert.equal(frames(span).length, 3);
  });

  it('begin with the call that Prisma names, through its source map', () => {
    const path = '/shop/shop-api/src/orders/orders.service.ts';
    const options = withSourceMap((_file, line) =>
      line === 79 ? { path, line: 33, column: 9 } : undefined,
    );
    const message = '\nInvalid `prisma.item.delete()` invocation in\n/app/dist/main.js:79:92\n';
    const events = event('exception', {
      'exception.type': 'P2025',
      'exception.message': message,
      'exception.stacktrace': 'Error\n    at x (/app/node_modules/@prisma/client/a.js:1:1)',
    });
    assert.deepEqual(frames(makeSpan({ id: 'a', events }), options), [
      'P2025: exact OrdersService.remove 33',
      'P2025: -',
    ]);
    const status = { ...makeSpan({ id: 'a', status: 'error' }), statusMessage: message };
    assert.deepEqual(frames(status, options), [': exact OrdersService.remove 33']);
  });

  it('are told without colors, also where the status alone has them', () => {
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    const message = `\n${red('Invalid `prisma.item.delete()` invocation in')}\n${red('/app/src/orders/orders.service.ts:33:9')}`;
    const plain =
      '\nInvalid `prisma.item.delete()` invocation in\n/app/src/orders/orders.service.ts:33:9';
    const status = { ...makeSpan({ id: 'a', status: 'error' }), statusMessage: message };
    assert.deepEqual(frames(status), [': exact OrdersService.remove 33']);
    const events = event('exception', { 'exception.message': message });
    for (const span of [status, makeSpan({ id: 'a', events })])
      assert.deepEqual(
        stackTexts(span).map((text) => text.message),
        [plain],
      );
  });

  it('of where the span was made are no failure', () => {
    const span = makeSpan({ id: 'a', attributes: { 'code.stacktrace': stack } });
    assert.deepEqual(
      stackTexts(span).map(({ type, isFailure }) => [type, isFailure]),
      [['code.stacktrace', false]],
    );
    assert.equal(frames(span).length, 3);
  });

  it('are left out where they hold no frame', () => {
    const events = event('exception', { 'exception.message': 'no' });
    assert.deepEqual(frames(makeSpan({ id: 'a', events })), []);
  });
});
