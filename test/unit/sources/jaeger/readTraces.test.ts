import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { attributeOf, type RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { readTraces } from '../../../../src/sources/jaeger/readTraces.ts';
import { ShapeError } from '../../../../src/sources/json/shape.ts';
import { jaegerSpan } from './spanSchema.ts';

interface JsonSpan {
  [field: string]: unknown;
  tags: { key: string; type: string; value: unknown }[];
}
interface JsonTrace {
  traceID: string;
  spans: JsonSpan[];
  processes: Record<string, unknown>;
}

const recorded = (name: string) =>
  (
    JSON.parse(
      readFileSync(new URL(`../../../fixtures/jaeger/${name}`, import.meta.url), 'utf8'),
    ) as { data: JsonTrace[] }
  ).data;

const oddSpan = (name: string): RawSpan => {
  const span = readTraces(recorded('v1.67-odd.json')).traces[0]?.spans.find(
    (one) => one.name === name,
  );
  assert.ok(span);
  return span;
};

/** One trace of one span, with fields replaced. */
const traceWith = (fields: Record<string, unknown>, trace: Record<string, unknown> = {}) => [
  {
    traceID: '0af7651916cd43dd',
    processes: { p1: { serviceName: 'shop', tags: [] } },
    spans: [
      {
        traceID: '0af7651916cd43dd',
        spanID: '1111111111111111',
        operationName: 'GET /a',
        references: [],
        startTime: 1_000,
        duration: 5,
        tags: [],
        logs: [],
        processID: 'p1',
        warnings: null,
        ...fields,
      },
    ],
    ...trace,
  },
];

const onlySpan = (data: unknown): RawSpan => {
  const { traces, dropped } = readTraces(data);
  assert.deepEqual(dropped, []);
  return traces[0]!.spans[0]!;
};

describe('reading the traces of Jaeger', () => {
  for (const file of ['v1.67-traces.json', 'v1.67-traefik-v3.6.12.json', 'v1.67-odd.json'])
    it(`every span of ${file} is read, none is dropped`, () => {
      const data = recorded(file);
      const { traces, droppedCount } = readTraces(data);
      assert.equal(droppedCount, 0);
      assert.deepEqual(
        traces.map(({ traceId, spans }) => [traceId, spans.length]),
        data.map(({ traceID, spans }) => [traceID, spans.length]),
      );
    });

  it('a span is read with its kind, scope, status, resource and times', () => {
    const span = oddSpan('GET /odd');
    assert.deepEqual(
      { ...span, attributes: [], events: [], links: [] },
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: '1111111111111111',
        parentSpanId: undefined,
        name: 'GET /odd',
        kind: 'server',
        start: 1_795_355_992_814_123,
        duration: 250_000,
        status: 'error',
        statusMessage: 'it broke',
        scope: '@opentelemetry/instrumentation-http',
        resource: {
          service: 'odd-shop',
          attributes: [
            { key: 'args', value: '["node","main.js"]' },
            { key: 'telemetry.sdk.language', value: 'nodejs' },
          ],
        },
        attributes: [],
        events: [],
        links: [],
        warnings: [],
      },
    );
  });

  it('tags keep their values; those that are fields of the span are not shown twice', () => {
    assert.deepEqual(oddSpan('GET /odd').attributes, [
      { key: 'big', value: '9223372036854775807' },
      { key: 'bytes', value: 'AAEC' },
      { key: 'list', value: '["a",3]' },
      { key: 'map', value: '{"x":true}' },
      { key: 'no', value: false },
      { key: 'otel.scope.version', value: '0.57.0' },
      { key: 'ratio', value: 1.5 },
      { key: 'safe', value: Number.MAX_SAFE_INTEGER },
    ]);
  });

  it('a log is an event, named by its event field', () => {
    const [named, nameless] = oddSpan('GET /odd').events;
    assert.deepEqual(named, {
      name: 'exception',
      time: 1_795_355_992_814_128,
      attributes: [
        { key: 'exception.message', value: 'm' },
        { key: 'exception.type', value: 'Error' },
      ],
    });
    assert.deepEqual([nameless?.name, nameless?.attributes], ['', []]);
  });

  it('FOLLOWS_FROM is a link, also within the trace, and never the parent', () => {
    const { links, parentSpanId } = oddSpan('GET /odd');
    assert.equal(parentSpanId, undefined);
    assert.deepEqual(
      links.map(({ traceId, spanId }) => `${traceId.slice(0, 4)} ${spanId}`),
      ['0af7 2222222222222222', 'ffff 3333333333333333'],
    );
  });

  it('the parent is the first CHILD_OF of the same trace, wherever it stands', () => {
    const reference = (refType: string, traceID: string, spanID: string) => ({
      refType,
      traceID,
      spanID,
    });
    const same = '0af7651916cd43dd';
    const { parentSpanId, links } = onlySpan(
      traceWith({
        references: [
          reference('CHILD_OF', 'f'.repeat(32), 'a'),
          reference('FOLLOWS_FROM', same, 'b'),
          reference('CHILD_OF', same, 'C'),
          reference('CHILD_OF', same, 'd'),
        ],
      }),
    );
    assert.equal(parentSpanId, '000000000000000c');
    assert.deepEqual(
      links.map(({ spanId }) => spanId.at(-1)),
      ['a', 'b', 'd'],
    );
  });

  it('a parent of zeros is none', () => {
    const reference = { refType: 'CHILD_OF', traceID: '0af7651916cd43dd', spanID: '0'.repeat(16) };
    assert.equal(onlySpan(traceWith({ references: [reference] })).parentSpanId, undefined);
  });

  it('a span that ends before it starts has no length and says so', () => {
    const span = oddSpan('ends before it starts');
    assert.equal(span.duration, 0);
    assert.deepEqual(span.warnings, ['Ends before it starts; shown with a duration of 0.']);
  });

  it('a span whose end was never sent is known, by its duration back to 1970', () => {
    const startTime = 1_795_335_636_787_123;
    // As JSON.parse reads 2^64 less the µs since 1970.
    const unended = onlySpan(traceWith({ startTime, duration: 2 ** 64 - startTime }));
    assert.deepEqual([unended.unended, unended.duration], [true, 0]);
    assert.equal(oddSpan('ends before it starts').unended, undefined);
  });

  it('a span that Jaeger has twice is read once, as it ended', () => {
    const [trace] = traceWith({});
    const span = trace?.spans[0];
    const { traces } = readTraces([{ ...trace, spans: [{ ...span, duration: 0 }, span, span] }]);
    assert.deepEqual(traces[0]?.spans, [onlySpan(traceWith({}))]);
  });

  it("Jaeger's own warnings are kept", () => {
    assert.deepEqual(oddSpan('parent never came').warnings, [
      'invalid parent span IDs=9999999999999999; skipping clock skew adjustment',
    ]);
  });

  it('a short trace id is padded on the left', () => {
    assert.equal(onlySpan(traceWith({})).traceId, '00000000000000000af7651916cd43dd');
  });

  it('the error tag and the names of old libraries count', () => {
    const tag = (key: string, value: unknown) => ({ key, type: 'string', value });
    const span = onlySpan(
      traceWith({
        tags: [tag('error', 'true'), tag('otel.library.name', 'old'), tag('span.kind', 'odd')],
      }),
    );
    assert.deepEqual([span.status, span.scope, span.kind], ['error', 'old', 'unspecified']);
    const told = onlySpan(
      traceWith({ tags: [tag('error', 'no such table'), tag('otel.status_code', 'OK')] }),
    );
    assert.equal(told.status, 'ok');
    assert.equal(attributeOf(told.attributes, 'error'), 'no such table');
  });

  it('the resource is one object for all spans of a process', () => {
    const { spans } = readTraces(recorded('v1.67-traces.json')).traces[0]!;
    assert.equal(new Set(spans.map(({ resource }) => resource)).size, 1);
  });

  it('lists that are null are empty, and null is no traces', () => {
    const span = onlySpan(traceWith({ references: null, tags: null, logs: null }));
    assert.deepEqual([span.links, span.attributes, span.events], [[], [], []]);
    assert.deepEqual(readTraces(null), { traces: [], dropped: [], droppedCount: 0 });
  });

  it('tags with values that Jaeger does not have are kept, and so is their span', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
    const values = [null, undefined, { a: [1] }, ['x', 2], deep];
    const tags = values.map((value) => ({
      key: 'a',
      type: 'string',
      ...(value !== undefined && { value }),
    }));
    const { attributes, events } = onlySpan(
      traceWith({ tags, logs: [{ timestamp: 1, fields: tags }] }),
    );
    const read = ['', '', '{"a":[1]}', '["x",2]', '…'];
    for (const kept of [attributes, events[0]!.attributes])
      assert.deepEqual(
        kept.map(({ value }) => value),
        read,
      );
  });

  it('a span that has its process in itself needs no other', () => {
    const process = { serviceName: 'own', tags: [] };
    const { resource } = onlySpan(traceWith({ process }, { processes: undefined }));
    assert.equal(resource.service, 'own');
    assert.equal(onlySpan(traceWith({ process })).resource.service === 'own', false);
  });

  it('what is not a list of traces is refused', () => {
    for (const data of [{}, 'text', 7]) assert.throws(() => readTraces(data), ShapeError);
  });

  describe('drops what does not fit, and says where', () => {
    const positionOf = (data: unknown) => {
      const { dropped, droppedCount } = readTraces(data);
      assert.equal(droppedCount, dropped.length);
      return dropped.map(({ position, reason }) => `${position} ${reason}`);
    };
    for (const [fields, expected] of [
      [{ startTime: '1e3' }, 'data[0].spans[0].startTime not a number of microseconds'],
      [{ duration: null }, 'data[0].spans[0].duration not a number of microseconds'],
      [{ spanID: '11111111111111111' }, 'data[0].spans[0].spanID not 16 hex digits'],
      [{ traceID: 'xyz' }, 'data[0].spans[0].traceID not 32 hex digits'],
      [{ operationName: 5 }, 'data[0].spans[0].operationName not text'],
      [{ processID: 'p2' }, 'data[0].spans[0].processID not one of its processes'],
      [{ tags: [{ value: 1 }] }, 'data[0].spans[0].tags[0].key not text'],
      [{ tags: {} }, 'data[0].spans[0].tags not a list'],
      [
        { logs: [{ timestamp: 1, fields: [7] }] },
        'data[0].spans[0].logs[0].fields[0] not an object',
      ],
      [
        { references: [{ refType: 'CHILD_OF' }] },
        'data[0].spans[0].references[0].traceID not 32 hex digits',
      ],
      [{ warnings: [1] }, 'data[0].spans[0].warnings[0] not text'],
    ] as const)
      it(expected, () => assert.deepEqual(positionOf(traceWith(fields)), [expected]));

    it('a trace that is none, and the others stay', () => {
      const { traces, dropped } = readTraces([7, ...traceWith({})]);
      assert.equal(traces.length, 1);
      assert.deepEqual(dropped, [{ position: 'data[0]', reason: 'not an object' }]);
    });

    it('a process that does not fit, with its spans', () => {
      assert.deepEqual(positionOf(traceWith({}, { processes: { p1: {} } })), [
        'data[0].processes.p1.serviceName not text',
        'data[0].spans[0].processID not one of its processes',
      ]);
    });

    it('a thousand bad spans are counted, and a hundred of them told', () => {
      const [trace] = traceWith({ duration: 'x' });
      const { dropped, droppedCount } = readTraces([
        { ...trace, spans: Array.from({ length: 1_000 }, () => trace!.spans[0]) },
      ]);
      assert.deepEqual([dropped.length, droppedCount], [100, 1_000]);
    });
  });

  describe('properties', function () {
    this.timeout(60_000);
    const spans = recorded('v1.67-odd.json').flatMap((trace) => trace.spans);

    it('a span is read exactly when the schema of the same shape accepts it', () => {
      const mutated = fc
        .record({
          span: fc.constantFrom(...spans),
          field: fc.constantFrom(...Object.keys(spans[0]!), 'traceID', 'processID'),
          value: fc.oneof(
            fc.jsonValue(),
            fc.constantFrom('0', 'F'.repeat(16), 'f'.repeat(33), 2 ** 64, -1, 1e400),
            fc.array(
              fc.record(
                { key: fc.oneof(fc.string(), fc.integer()), value: fc.jsonValue() },
                { requiredKeys: [] },
              ),
            ),
          ),
        })
        .map(({ span, field, value }) => ({ ...span, [field]: value }));
      fc.assert(
        fc.property(mutated, (span) => {
          const processes = {
            p1: { serviceName: 'a', tags: [] },
            p2: { serviceName: 'b', tags: [] },
          };
          const { traces, droppedCount } = readTraces([{ traceID: '1', spans: [span], processes }]);
          const accepted = jaegerSpan(Object.keys(processes)).safeParse(span).success;
          assert.equal(traces[0]?.spans.length, accepted ? 1 : 0);
          assert.equal(droppedCount, accepted ? 0 : 1);
        }),
        { numRuns: 1_000 },
      );
    });

    it('no JSON makes it throw anything but that it is no list; each span is read or counted', () => {
      fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              fc.jsonValue(),
              fc.record({
                traceID: fc.constantFrom('1', 'x'),
                processes: fc.oneof(fc.jsonValue(), fc.constant({ p1: { serviceName: 's' } })),
                spans: fc.array(fc.oneof(fc.jsonValue(), fc.constantFrom(...spans))),
              }),
            ),
          ),
          (data) => {
            const { traces, droppedCount } = readTraces(data);
            assert.ok(traces.length <= data.length);
            for (const { spans: read } of traces)
              for (const span of read) assert.ok(span.duration >= 0 && Number.isFinite(span.start));
            assert.ok(droppedCount >= data.length - traces.length);
          },
        ),
      );
    });
  });
});
