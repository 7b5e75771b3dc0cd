import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { FileContents } from '../../../../src/sources/file/fileContents.ts';
import { readTraceText } from '../../../../src/sources/file/readTraceText.ts';

/**
 * One call of `shop` to `stock`, told in the shapes that traces come in:
 *
 *   GET /a  shop    client  1 s ─────── 250 ms   error "no"
 *     GET /b  stock  server   50 ms ── 100 ms
 */
const traceId = '0af7651916cd43dd8448eb211c80319c';
const [client, server] = ['b7ad6b7169203331', '00f067aa0ba902b7'];
const startMs = 1_700_000_000_000;
const expected = [
  [traceId, client, undefined, 'GET /a', 'client', 'shop', startMs * 1e3, 250_000, 'error', 'GET'],
  [
    traceId,
    server,
    client,
    'GET /b',
    'server',
    'stock',
    startMs * 1e3 + 50_000,
    100_000,
    'unset',
    'GET',
  ],
];
const told = (span: RawSpan) => [
  span.traceId,
  span.spanId,
  span.parentSpanId,
  span.name,
  span.kind,
  span.resource.service,
  span.start,
  span.duration,
  span.status,
  span.attributes.find(({ key }) => key === 'http.method')?.value,
];

function contentsOf(...values: readonly unknown[]): FileContents {
  const contents = new FileContents();
  readTraceText(values.map((value) => JSON.stringify(value, null, 1)).join('\n'), contents);
  return contents;
}

function readsWhole(...values: readonly unknown[]): readonly RawSpan[] {
  const contents = contentsOf(...values);
  assert.deepEqual(contents.dropped(), { dropped: [], droppedCount: 0 });
  assert.deepEqual(contents.spans.map(told), expected);
  return contents.spans;
}

const base64 = (id: string) => Buffer.from(id, 'hex').toString('base64');
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

/** Of one service each, as the Collector has them; `id` writes an id. */
function resourceSpans(id: (hex: string) => string) {
  const one = (service: string, span: object) => ({
    resource: { attributes: [text('service.name', service)] },
    scopeSpans: [{ scope: {}, spans: [{ traceId: id(traceId), ...span }] }],
  });
  const time = (ms: number) => `${String(startMs + ms)}000000`;
  return [
    one('shop', {
      spanId: id(client),
      name: 'GET /a',
      kind: 'SPAN_KIND_CLIENT',
      startTimeUnixNano: time(0),
      endTimeUnixNano: time(250),
      attributes: [text('http.method', 'GET')],
      status: { code: 'STATUS_CODE_ERROR', message: 'no' },
    }),
    one('stock', {
      spanId: id(server),
      parentSpanId: id(client),
      name: 'GET /b',
      kind: 'SPAN_KIND_SERVER',
      startTimeUnixNano: time(50),
      endTimeUnixNano: time(150),
      attributes: [text('http.method', 'GET')],
    }),
  ] as const;
}
const hex = (id: string) => id;
const [ofShop, ofStock] = resourceSpans(hex);

const tag = (key: string, value: unknown, type = 'string') => ({ key, type, value });
const parent = { refType: 'CHILD_OF', traceID: traceId, spanID: client };
/** Spans as Jaeger's API has them (model/json/model.go). */
const jaegerSpans = [
  {
    traceID: traceId,
    spanID: client,
    operationName: 'GET /a',
    startTime: startMs * 1e3,
    duration: 250_000,
    tags: [tag('span.kind', 'client'), tag('http.method', 'GET'), tag('error', 'true', 'bool')],
  },
  {
    traceID: traceId,
    spanID: server,
    operationName: 'GET /b',
    references: [parent],
    startTime: startMs * 1e3 + 50_000,
    duration: 100_000,
    tags: [tag('span.kind', 'server'), tag('http.method', 'GET')],
  },
] as const;
const [shopProcess, stockProcess] = [{ serviceName: 'shop', tags: [] }, { serviceName: 'stock' }];
const jaegerTrace = {
  traceID: traceId,
  processes: { p1: shopProcess, p2: stockProcess },
  spans: [
    { ...jaegerSpans[0], processID: 'p1' },
    { ...jaegerSpans[1], processID: 'p2' },
  ],
};
/** Spans as Jaeger's Elasticsearch keeps them (internal/storage/v1/elasticsearch/spanstore/internal/dbmodel). */
const documents = [
  { ...jaegerSpans[0], process: shopProcess },
  { ...jaegerSpans[1], references: null, parentSpanID: client, process: stockProcess },
] as const;

/** Spans as zipkin2.Span has them (https://zipkin.io/zipkin-api). */
const zipkinSpans = [
  {
    traceId,
    id: client,
    name: 'GET /a',
    kind: 'CLIENT',
    timestamp: startMs * 1e3,
    duration: 250_000,
    localEndpoint: { serviceName: 'shop' },
    remoteEndpoint: { serviceName: 'stock' },
    tags: { 'http.method': 'GET', error: 'no' },
  },
  {
    traceId,
    id: server,
    parentId: client,
    name: 'GET /b',
    kind: 'SERVER',
    timestamp: startMs * 1e3 + 50_000,
    duration: 100_000,
    localEndpoint: { serviceName: 'stock' },
    tags: { 'http.method': 'GET' },
  },
] as const;

describe('the shapes that traces come in', () => {
  it('OTLP: whole, a resource at a time, and behind metrics and logs of the same Collector', () => {
    readsWhole({ resourceSpans: [ofShop, ofStock] });
    readsWhole(
      { resourceMetrics: [{}] },
      { resourceSpans: [ofShop] },
      { resourceLogs: [{}] },
      { resource_metrics: [{}] },
      { resourceSpans: [ofStock] },
      {},
    );
    readsWhole([ofShop, ofStock]);
  });

  it('OTLP: bare spans with their resource and scope, in each of them or once for several', () => {
    const spansOf = ({ scopeSpans }: typeof ofShop) => scopeSpans.flatMap((one) => one.spans);
    const scope = { name: 'http' };
    const bare = [
      { resource: ofShop.resource, scope, ...spansOf(ofShop)[0] },
      { resource: ofStock.resource, instrumentationLibrary: scope, ...spansOf(ofStock)[0] },
    ];
    const spans = [
      readsWhole(...bare),
      readsWhole({ spans: bare }),
      readsWhole(
        { resource: ofShop.resource, scope, spans: spansOf(ofShop) },
        { resource: ofStock.resource, scope, spans: spansOf(ofStock) },
      ),
    ].flat();
    assert.ok(spans.every((span) => span.scope === 'http'));
    const broken = { ...spansOf(ofShop)[0], traceId: 'x' };
    const { dropped } = contentsOf(
      { spans: [broken] },
      { scope, spans: [spansOf(ofShop)[0], broken] },
    ).dropped();
    assert.deepEqual(
      dropped.map(({ position }) => position.replace(/^line \d+, /, '')),
      ['spans[0]', 'spans[1]'],
    );
  });

  it("Jaeger's API v3: one answer, or several of a stream", () => {
    readsWhole({ result: { resourceSpans: [ofShop, ofStock] } });
    readsWhole({ result: { resourceSpans: [ofShop] } }, { result: { resourceSpans: [ofStock] } });
  });

  it('Tempo: `batches` of v1, `trace` of v2, ids in base64', () => {
    readsWhole({ batches: resourceSpans(base64) });
    readsWhole({ trace: { resourceSpans: resourceSpans(base64) }, metrics: {} });
    readsWhole({ trace: { batches: resourceSpans(base64) } });
  });

  it("Jaeger's JSON: with its envelope, a trace, a list of traces, one behind another", () => {
    readsWhole({ data: [jaegerTrace], errors: null });
    readsWhole({ data: jaegerTrace });
    readsWhole(jaegerTrace);
    readsWhole([jaegerTrace]);
    readsWhole(
      { ...jaegerTrace, spans: jaegerTrace.spans.slice(0, 1) },
      { ...jaegerTrace, spans: jaegerTrace.spans.slice(1) },
    );
    readsWhole({ processes: jaegerTrace.processes, spans: jaegerTrace.spans });
  });

  it("Jaeger's Elasticsearch: documents, a list of them, an answer of a search, tags as fields", () => {
    readsWhole(...documents);
    readsWhole(documents);
    readsWhole({ took: 1, hits: { total: 2, hits: documents.map((one) => ({ _source: one })) } });
    readsWhole(documents[0], {
      ...documents[1],
      tags: [],
      tag: { 'span@kind': 'server', 'http@method': 'GET' },
    });
  });

  it("Jaeger's model as protobuf's JSON has it", () => {
    const ids = (span: string) => ({ traceId: base64(traceId), spanId: base64(span) });
    const kind = (value: string) => ({ key: 'span.kind', vStr: value });
    readsWhole({
      spans: [
        {
          ...ids(client),
          operationName: 'GET /a',
          startTime: '2023-11-14T22:13:20Z',
          duration: '0.250s',
          tags: [
            kind('client'),
            { key: 'http.method', vStr: 'GET' },
            { key: 'error', vType: 'BOOL', vBool: true },
          ],
          process: shopProcess,
        },
        {
          ...ids(server),
          operationName: 'GET /b',
          references: [ids(client)],
          startTime: '2023-11-14T23:13:20.050+01:00',
          duration: '100000000ns',
          tags: [kind('server'), { key: 'http.method', vType: 'STRING', vStr: 'GET' }],
          process: stockProcess,
        },
      ],
    });
  });

  it('Zipkin v2: a list, a list of lists, a span a line', () => {
    const [span] = readsWhole(zipkinSpans);
    assert.equal(span?.statusMessage, 'no');
    assert.deepEqual(
      span.attributes.find(({ key }) => key === 'peer.service'),
      { key: 'peer.service', value: 'stock' },
    );
    readsWhole([[zipkinSpans[0]], [zipkinSpans[1]]]);
    readsWhole(...zipkinSpans);
  });

  it('Zipkin v1: a half of the call for each side that told its events', () => {
    const [shop, stock] = [{ serviceName: 'shop' }, { serviceName: 'stock' }];
    const event = (value: string, ms: number, endpoint: object) => ({
      value,
      timestamp: (startMs + ms) * 1e3,
      endpoint,
    });
    const { spans } = contentsOf([
      {
        traceId,
        id: client,
        name: 'GET /a',
        annotations: [
          event('cs', 0, shop),
          event('sr', 50, stock),
          event('cache miss', 60, stock),
          event('ss', 150, stock),
          event('cr', 250, shop),
        ],
        binaryAnnotations: [
          { key: 'http.method', value: 'GET', endpoint: shop },
          { key: 'sa', value: true, endpoint: stock },
          { key: 'rows', value: '3', endpoint: stock },
        ],
      },
    ]);
    assert.deepEqual(
      spans.map(({ spanId, kind, resource, start, duration }) => [
        spanId,
        kind,
        resource.service,
        start - startMs * 1e3,
        duration,
      ]),
      [
        [client, 'client', 'shop', 0, 250_000],
        [client, 'server', 'stock', 50_000, 100_000],
      ],
    );
    assert.deepEqual(
      spans.map(({ attributes }) => attributes.map(({ key }) => key)),
      [['http.method', 'peer.service'], ['rows']],
    );
  });

  it("Zipkin v1: the span's own times are the caller's, and those of a half that is alone", () => {
    const event = (value: string, ms: number) => ({
      value,
      timestamp: (startMs + ms) * 1e3,
      endpoint: { serviceName: value.startsWith('c') ? 'shop' : 'stock' },
    });
    const times = (...annotations: readonly object[]) =>
      contentsOf([
        { traceId, id: client, timestamp: startMs * 1e3, duration: 250_000, annotations },
      ]).spans.map(({ kind, start, duration, unended }) => [
        kind,
        start / 1e3 - startMs,
        unended ? 'unended' : duration,
      ]);
    const caller = ['client', 0, 250_000];
    assert.deepEqual(times(event('cs', 0), event('sr', 50)), [caller, ['server', 50, 'unended']]);
    assert.deepEqual(times(event('cs', 0), event('ss', 150)), [caller, ['server', 150, 'unended']]);
    assert.deepEqual(times(event('cs', 0), event('sr', 50), event('ss', 150)), [
      caller,
      ['server', 50, 100_000],
    ]);
    assert.deepEqual(times(event('sr', 0)), [['server', 0, 250_000]]);
    assert.deepEqual(times(event('ms', 0), event('mr', 50)), [
      ['producer', 0, 250_000],
      ['consumer', 50, 'unended'],
    ]);
  });

  it('Zipkin: both halves of a shared id are kept, each with its kind', () => {
    const shared = { ...zipkinSpans[1], id: client, shared: true };
    const { spans } = contentsOf([zipkinSpans[0], shared]);
    assert.deepEqual(
      spans.map(({ spanId, kind, resource }) => [spanId, kind, resource.service]),
      [
        [client, 'client', 'shop'],
        [client, 'server', 'stock'],
      ],
    );
  });

  it('Zipkin: what comes late of a span belongs to it, and without a span is told', () => {
    const late = {
      traceId,
      id: server,
      localEndpoint: { serviceName: 'stock' },
      tags: { late: 'yes' },
    };
    const [, span] = readsWhole([late, ...zipkinSpans]);
    assert.deepEqual(span?.attributes.at(-1), { key: 'late', value: 'yes' });
    const contents = contentsOf([zipkinSpans[0], late]);
    assert.equal(contents.spans.length, 1);
    assert.deepEqual(contents.dropped().dropped, [
      { position: '[1]', reason: 'missing or invalid start time' },
    ]);
  });

  it('Zipkin: an end, or a failure, that comes late is that of the span, on its own side', () => {
    const begun = {
      traceId,
      id: server,
      name: 'get',
      timestamp: 1_763_971_200_000_000,
      localEndpoint: { serviceName: 'stock' },
    };
    const late = (kind: string, more: object) => ({
      traceId,
      id: server,
      kind,
      localEndpoint: begun.localEndpoint,
      ...more,
    });
    const { spans } = contentsOf([
      late('SERVER', { duration: 18_000, tags: { error: 'broken' } }),
      { ...begun, kind: 'CLIENT' },
      { ...begun, kind: 'SERVER' },
      late('CLIENT', { tags: { late: 'yes' } }),
    ]);
    assert.deepEqual(
      spans.map(({ kind, duration, unended = false, status, statusMessage, attributes }) => [
        kind,
        duration,
        unended,
        status,
        statusMessage,
        attributes.map(({ key }) => key),
      ]),
      [
        ['client', 0, true, 'unset', '', ['late']],
        ['server', 18_000, false, 'error', 'broken', ['error']],
      ],
    );
  });

  it('a trace id of 16 digits is that of its padded form in every shape', () => {
    const short = traceId.slice(16);
    const jaeger = { ...jaegerTrace.spans[0], traceID: short };
    const { spans } = contentsOf(
      { ...jaegerTrace, spans: [jaeger] },
      { ...zipkinSpans[0], traceId: short.toUpperCase() },
      { resourceSpans: resourceSpans((id) => (id === traceId ? short : id)) },
      { batches: resourceSpans((id) => base64(id === traceId ? short : id)) },
    );
    assert.equal(spans.length, 6);
    for (const span of spans) assert.equal(span.traceId, short.padStart(32, '0'));
  });

  it('what of it can not be read is told with its place and reason, each span on its own', () => {
    const reasons = (...values: readonly unknown[]) =>
      contentsOf(...values)
        .dropped()
        .dropped.map(({ position, reason }) => `${position}: ${reason}`);
    assert.deepEqual(
      reasons({
        ...jaegerTrace,
        traceID: 'trace-1',
        spans: [{ traceID: 'trace-1' }, 5, ...jaegerTrace.spans],
      }),
      ['spans[0].traceID: not 32 hex digits', 'spans[1]: not an object'],
    );
    assert.deepEqual(reasons({ data: [{}, jaegerTrace, { spans: 7 }] }), [
      'data[2]: unsupported JSON',
    ]);
    const lines = JSON.stringify(jaegerTrace, null, 1).split('\n').length;
    assert.deepEqual(reasons(jaegerTrace, [jaegerTrace, { traceID: 'x', spanID: 'y' }]), [
      `line ${lines + 1}, [1].traceID: not 32 hex digits`,
    ]);
    assert.deepEqual(reasons({ spans: [{ traceIdLow: 5, spanId: 6, operationName: 'a' }] }), [
      'spans[0]: the IDs are numbers, which JSON rounds',
    ]);
    assert.deepEqual(reasons({ traces: [{ traceID: traceId, startTimeUnixNano: '5' }] }), [
      'traces[0]: unsupported JSON',
    ]);
    assert.deepEqual(reasons([{ traceId: 'x', id: client, timestamp: 1 }]), [
      "[0]: trace ID isn't 16 bytes",
    ]);
  });

  it('OTLP with a part that is none keeps the others, and tells its place', () => {
    const [scope] = ofStock.scopeSpans;
    const parts = [
      [[ofShop, null, ofStock], 'resourceSpans[1]'],
      [[ofShop, { scopeSpans: {} }, ofStock], 'resourceSpans[1].scopeSpans'],
      [[ofShop, { ...ofStock, scopeSpans: [scope, 'x'] }], 'resourceSpans[1].scopeSpans[1]'],
      [
        [ofShop, { ...ofStock, scopeSpans: [{ spans: 7 }, scope] }],
        'resourceSpans[1].scopeSpans[0].spans',
      ],
    ] as const;
    for (const [list, position] of parts) {
      const contents = contentsOf({ resourceSpans: list });
      assert.deepEqual(contents.spans.map(told), expected);
      assert.deepEqual(contents.dropped().dropped, [{ position, reason: 'not valid OTLP' }]);
    }
  });

  it('what surrounds nothing holds traces, be it none', () => {
    for (const value of [{ data: null }, { data: [] }, { resourceSpans: [] }, { result: null }])
      assert.equal(contentsOf(value).holdsTraces, true, JSON.stringify(value));
    for (const value of [{}, [], null, 7, { name: 'x' }, { resourceLogs: [] }])
      assert.equal(contentsOf(value).holdsTraces, false, JSON.stringify(value));
  });

  it('nests as deep as an answer does and no deeper', () => {
    let value: unknown = jaegerTrace;
    for (let depth = 0; depth < 500; depth += 1)
      value = depth % 2 === 0 ? [value] : { data: value };
    const contents = contentsOf(value);
    assert.equal(contents.spans.length, 0);
    assert.equal(contents.dropped().droppedCount, 1);
  });
});
