import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SoughtAttribute, TraceQuery } from '../../../src/core/ports.ts';
import type { AttributeValue, RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
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

  it('any combination of conditions finds the traces with a span that meets all of them', async () => {
    const service = newService('any');
    const other = newService('any-other');
    const spans = grid(service, other);
    await sendAndSee(underTest(), spans);
    await fc.assert(
      fc.asyncProperty(conditions, async (parts) => {
        const asked = { ...query({ service, limit: 500 }), ...parts };
        const { traces, complete } = await underTest().source.search(asked, never);
        assert.equal(complete, true);
        assert.deepEqual(
          traces.map(({ traceId }) => traceId).sort(),
          [...new Set(spans.filter((span) => meets(span, asked)).map((one) => one.traceId))].sort(),
        );
      }),
      { numRuns: 60 },
    );
  });
}

const names = ['GET /a', 'GET /b', 'query'];
const tiers = ['gold', 'silver'];
const codes = [200, 500];
const lengths = [1, 1_000, 1_001, 250_000];

/** Sixty traces of three spans, of which no two are alike in all that is asked for. */
function grid(service: string, other: string): readonly RawSpan[] {
  return Array.from({ length: 60 }, (_, n) => {
    const root = sentSpan({ service, ...gridParts(n) });
    const { traceId, spanId: parent } = root;
    return [1, 2]
      .map((step) =>
        sentSpan({
          service: (n + step) % 4 === 0 ? other : service,
          ...gridParts(n * 7 + step * 31),
          traceId,
          parent,
        }),
      )
      .concat(root);
  }).flat();
}

const gridParts = (n: number) =>
  ({
    name: names[n % 3]!,
    start: at((n % 20) * second),
    duration: lengths[n % 4]!,
    status: n % 5 === 0 ? 'error' : 'unset',
    attributes: { tier: tiers[n % 2]!, code: codes[Math.floor(n / 2) % 2]! },
  }) as const;

const conditions: fc.Arbitrary<Partial<TraceQuery>> = fc.record(
  {
    operation: fc.constantFrom(...names),
    attributes: fc.subarray([
      attribute('tier', 'gold'),
      attribute('tier', 'silver'),
      attribute('code', '500'),
      attribute('span.kind', 'server'),
    ]),
    minDuration: fc.constantFrom(...lengths.map(µs), µs(1_002)),
    maxDuration: fc.constantFrom(...lengths.map(µs), µs(999)),
    errorsOnly: fc.constant(true),
    window: fc
      .tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 19 }))
      .map(([a, b]) => ({
        start: at(Math.min(a, b) * second),
        end: at(Math.max(a, b) * second),
      })),
  },
  { requiredKeys: [] },
);

/** Said once more, and more simply than where it is done. */
function meets(span: RawSpan, asked: TraceQuery): boolean {
  const { operation, attributes = [], minDuration = 0, maxDuration = Infinity } = asked;
  const { start, end } = asked.window;
  const texts = [...span.attributes, { key: 'span.kind', value: span.kind }].map(
    ({ key, value }) => `${key}=${String(value)}`,
  );
  return (
    span.resource.service === asked.service &&
    [undefined, span.name].includes(operation) &&
    attributes.every(({ key, value }) => texts.includes(`${key}=${value}`)) &&
    minDuration <= span.duration &&
    span.duration <= maxDuration &&
    (!asked.errorsOnly || span.status === 'error') &&
    start <= span.start &&
    span.start <= end
  );
}
