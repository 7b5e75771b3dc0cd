import assert from 'node:assert/strict';
import { costPlaceOf } from '../../../../src/core/explain/costPlace.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { nestLayers } from '../../../support/prismaSpans.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const code = makeIndex({
  '/shop/shop-api': {
    services: ['shop-api'],
    files: {
      'src/a.ts': {
        Orders: {
          remove: { at: 5, route: 'DELETE /orders', calls: ['Tracing.within', 'Mail.send'] },
        },
        Tracing: { within: { at: 15, spans: ['?@16 of shop'] } },
        Mail: { send: { at: 25, packages: true, spans: ['mail *@26'] } },
      },
    },
  },
});

/** The places of spans below the handler, each as its key tells it from the others. */
function places(...sketches: readonly Partial<SpanSketch>[]) {
  const own = sketches.map((sketch, at) =>
    makeSpan({ id: `s${at}`, parent: 'handler', start: 10 + at, ...sketch }),
  );
  const { trace, matches } = mapSpans([...nestLayers('Orders', 'remove'), ...own], code);
  const found = own.map((span) => costPlaceOf(span, matches[trace.spans.indexOf(span)]));
  const keys = new Map(found.map(({ key, place }) => [key, place]));
  return [...keys.values()].map(({ symbol, location }) => [symbol, location?.line ?? 0]);
}

describe('the place that costs of a span are counted for', () => {
  it('is one for spans of one pattern, and one for each name that a function is given', () => {
    assert.deepEqual(
      places(
        { name: 'mail 1' },
        { name: 'mail 2' },
        { name: 'pack', scope: 'shop' },
        { name: 'ship', scope: 'shop' },
        { name: 'ship', scope: 'shop' },
      ),
      [
        ['span mail * in Mail.send', 26],
        ['span pack in Tracing.within', 16],
        ['span ship in Tracing.within', 16],
      ],
    );
  });

  it('is the method around it, by its name, where its line is not known', () => {
    assert.deepEqual(
      places({ name: 'ask', kind: 'client' }, { name: 'tell', kind: 'client' }),
      ['ask', 'tell'].map((name) => [`${name} in Mail.send`, 25]),
    );
  });
});
