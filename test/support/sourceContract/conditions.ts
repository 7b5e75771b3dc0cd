import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SoughtAttribute, TraceQuery } from '../../../src/core/ports.ts';
import type { AttributeValue, RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
import { assertFound, combinations, manySpans } from './combinations.ts';
import {
  at,
  hostileText,
  idsOf,
  never,
  newService,
  query,
  second,
  sendAndSee,
  sentSpan,
  µs,
} from './sent.ts';

const attribute = (key: string, value: string): SoughtAttribute => ({ key, value });

/** Conditions of a search: each alone, and any of them together, for one span. */
export function describeConditionsContract(underTest: () => SourceUnderTest): void {
  const find = (parts: Partial<TraceQuery>) => idsOf(underTest().source, parts);

  it('an attribute is found by its value as text, in the case it has', async () => {
    const service = newService('attribute');
    const values: readonly (readonly [AttributeValue, string])[] = [
      ['gold', 'gold'],
      [true, 'true'],
      [false, 'false'],
      [500, '500'],
      [-7, '-7'],
      [0.25, '0.25'],
      [1 / 3, '0.3333333333'],
      [['a', 'b'], '["a","b"]'],
      ['', ''],
      [hostileText, hostileText],
    ];
    const spans = values.map(([value]) => sentSpan({ service, attributes: { 'app.v': value } }));
    await sendAndSee(underTest(), spans);
    for (const [index, [, text]] of values.entries()) {
      const found = await find({ service, attributes: [attribute('app.v', text)] });
      assert.deepEqual(found, [spans[index]?.traceId], text);
    }
    for (const [key, value] of [
      ['app.v', 'Gold'],
      ['App.v', 'gold'],
      ['app.v', 'gol'],
      ['app.v', '5'],
      ['app', 'gold'],
    ] as const)
      assert.deepEqual(await find({ service, attributes: [attribute(key, value)] }), []);
  });

  it('a float is also found as it is shown, with more digits than an index has', async () => {
    const service = newService('float');
    const span = sentSpan({ service, attributes: { ratio: 1 / 3, tiny: 0.000_012_34 } });
    await sendAndSee(underTest(), [span]);
    for (const [key, value] of [
      ['ratio', String(1 / 3)],
      ['tiny', '0.00001234'],
    ] as const)
      assert.deepEqual(await find({ service, attributes: [attribute(key, value)] }), [
        span.traceId,
      ]);
  });

  it('an attribute is one of the span, of its resource or of its events', async () => {
    const service = newService('where');
    const plain = sentSpan({ service, attributes: { own: 'a' } });
    const span: RawSpan = {
      ...plain,
      resource: { service, attributes: [{ key: 'host.name', value: 'web-1' }] },
      events: [
        {
          name: 'exception',
          time: at(0),
          attributes: [{ key: 'exception.type', value: 'P2002' }],
        },
      ],
    };
    await sendAndSee(underTest(), [span, sentSpan({ service })]);
    const all = [
      attribute('own', 'a'),
      attribute('host.name', 'web-1'),
      attribute('exception.type', 'P2002'),
      attribute('event', 'exception'),
    ];
    for (const one of all)
      assert.deepEqual(await find({ service, attributes: [one] }), [span.traceId], one.key);
    assert.deepEqual(await find({ service, attributes: all }), [span.traceId]);
  });

  it("a span's own fields are found as the tags that they are in Jaeger", async () => {
    const service = newService('fields');
    const span: RawSpan = {
      ...sentSpan({ service, kind: 'client', status: 'error', scope: 'lib' }),
      statusMessage: 'broke',
    };
    await sendAndSee(underTest(), [span, sentSpan({ service })]);
    for (const [key, value] of [
      ['span.kind', 'client'],
      ['error', 'true'],
      ['otel.status_code', 'ERROR'],
      ['otel.status_description', 'broke'],
      ['otel.scope.name', 'lib'],
    ] as const)
      assert.deepEqual(
        await find({ service, attributes: [attribute(key, value)] }),
        [span.traceId],
        key,
      );
    assert.deepEqual(await find({ service, attributes: [attribute('error', 'false')] }), []);
  });

  it("the service's name is found as the attribute it is", async () => {
    const service = newService('named');
    const span = sentSpan({ service });
    await sendAndSee(underTest(), [span]);
    const attributes = [attribute('service.name', service)];
    assert.deepEqual(await find({ attributes }), [span.traceId]);
    assert.deepEqual(await find({ service: newService('other'), attributes }), []);
  });

  it('the longest duration is exact to the microsecond', async () => {
    const service = newService('longest');
    const spans = [250_000, 257_800].map((duration) => sentSpan({ service, duration }));
    await sendAndSee(underTest(), spans);
    const shortEnough = async (maxDuration: number, minDuration = 0) =>
      (await find({ service, maxDuration: µs(maxDuration), minDuration: µs(minDuration) })).length;
    assert.equal(await shortEnough(249_999), 0);
    assert.equal(await shortEnough(250_000), 1);
    assert.equal(await shortEnough(257_799), 1);
    assert.equal(await shortEnough(257_800), 2);
    assert.equal(await shortEnough(257_800, 257_800), 1);
    assert.equal(await shortEnough(257_799, 250_001), 0);
  });

  it('two spans that each meet half of the conditions do not make a trace found', async () => {
    const service = newService('half');
    const root = sentSpan({
      service,
      name: 'GET /a',
      duration: 3 * second,
      attributes: { tier: 'gold', region: 'eu' },
    });
    const child = sentSpan({
      service,
      name: 'query',
      traceId: root.traceId,
      parent: root.spanId,
      start: at(second),
      duration: 1_000,
      status: 'error',
      attributes: { tier: 'gold', region: 'us' },
    });
    await sendAndSee(underTest(), [root, child]);
    const [first, last] = [
      { start: at(0), end: at(0) },
      { start: at(second), end: at(second) },
    ];
    const { traceId } = root;
    const eu = [attribute('region', 'eu')];
    const cases: readonly (readonly [Partial<TraceQuery>, boolean])[] = [
      [{ operation: 'GET /a', errorsOnly: true }, false],
      [{ operation: 'query', errorsOnly: true }, true],
      [{ operation: 'query', minDuration: µs(1_001) }, false],
      [{ operation: 'GET /a', maxDuration: µs(1_000) }, false],
      [{ maxDuration: µs(1_000), window: first }, false],
      [{ maxDuration: µs(1_000), window: last }, true],
      [{ minDuration: µs(1_001), window: last }, false],
      [{ minDuration: µs(1_001), errorsOnly: true }, false],
      [{ attributes: eu, errorsOnly: true }, false],
      [{ attributes: eu, operation: 'query' }, false],
      [{ attributes: eu, operation: 'GET /a' }, true],
      [{ attributes: eu, maxDuration: µs(2_000) }, false],
      [{ attributes: eu, window: last }, false],
      [{ attributes: [...eu, attribute('region', 'us')] }, false],
      [{ attributes: [...eu, attribute('tier', 'gold')] }, true],
    ];
    for (const [parts, isFound] of cases)
      assert.deepEqual(
        await find({ service, ...parts }),
        isFound ? [traceId] : [],
        JSON.stringify(parts),
      );
  });

  it('the slowest with an attribute come first, by the span that has it', async function () {
    if (!underTest().source.capabilities.searchSlowest) this.skip();
    const service = newService('slow');
    const traces = [5, 9, 7, 1].map((duration, n) => {
      const root = sentSpan({ service, start: at(n), duration: 100 - duration });
      const { traceId, spanId: parent } = root;
      const child = { service, traceId, parent, start: at(n), duration };
      return [root, sentSpan({ ...child, attributes: { tier: 'gold' } })] as const;
    });
    await sendAndSee(underTest(), traces.flat());
    const found = await find({
      service,
      attributes: [attribute('tier', 'gold')],
      order: 'slowest',
      limit: 3,
    });
    assert.deepEqual(
      found,
      [1, 2, 0].map((n) => traces[n]?.[0].traceId),
    );
  });

  it('any combination of conditions finds the first traces with a span that meets all of them', async () => {
    const service = newService('any');
    const spans = manySpans({ service, other: newService('any-other'), traces: 60 });
    await sendAndSee(underTest(), spans);
    const { source } = underTest();
    await fc.assert(
      fc.asyncProperty(combinations, async (parts) => {
        const asked = { ...query({ service }), ...parts };
        if (asked.order === 'slowest' && !source.capabilities.searchSlowest) return;
        const answer = await source.search(asked, never);
        assert.equal(answer.complete, true, answer.reason);
        assertFound(answer, spans, asked);
      }),
      { numRuns: 80 },
    );
  });
}
