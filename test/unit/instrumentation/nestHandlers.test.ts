import assert from 'node:assert/strict';

import { ROOT_CONTEXT, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

import { CodeLocationProcessor } from '../../../instrumentation/src/codeLocationProcessor.ts';
import { readProviders } from '../../../instrumentation/src/nestProviders.ts';
import { apiKey } from '../../../instrumentation/src/openTelemetry.ts';

class Cats {
  list() {
    return 'cats';
  }
  process() {
    return 'done';
  }
}

/** In the shape of Nest's: called with each handler before its guards and its interceptors. */
class Interceptors {
  intercept(...args: unknown[]) {
    return args.length;
  }
}
class Guards {
  tryActivate(...args: unknown[]) {
    return args.length;
  }
}

const globals = globalThis as { [apiKey]?: object };

describe('spans of handlers', () => {
  const exporter = new InMemorySpanExporter();
  const processor = new SimpleSpanProcessor({ exporter });
  const consumer = new Interceptors();
  const tracer = new TracerProvider({
    spanProcessors: [new CodeLocationProcessor(), processor],
  }).getTracer('@opentelemetry/instrumentation-nestjs-core');
  let active: Context = ROOT_CONTEXT;
  const api = globals[apiKey];

  before(() => {
    globals[apiKey] = { context: { active: () => active } };
    const core = { instance: { guardsConsumer: new Guards(), interceptorsConsumer: consumer } };
    readProviders(new Map([['', { controllers: new Map(), providers: new Map([['', core]]) }]]));
  });
  after(() => {
    if (api === undefined) Reflect.deleteProperty(globals, apiKey);
    else globals[apiKey] = api;
  });
  beforeEach(() => exporter.reset());

  /** Spans one inside the other, outermost first; the innermost is active while `work` runs. */
  async function inside(
    sketches: readonly (readonly [string, SpanKind, Record<string, string>?])[],
    work: () => unknown,
  ): Promise<string[]> {
    active = ROOT_CONTEXT;
    const spans: Span[] = [];
    for (const [name, kind, attributes = {}] of sketches) {
      const span = tracer.startSpan(name, { kind, attributes }, active);
      active = trace.setSpan(active, span);
      spans.push(span);
    }
    await work();
    for (const span of spans.reverse()) span.end();
    await processor.forceFlush();
    active = ROOT_CONTEXT;
    return exporter
      .getFinishedSpans()
      .flatMap(({ name, attributes }) => {
        const method = attributes['code.function.name'];
        return typeof method === 'string' ? [`${name} ${method}`] : [];
      })
      .sort();
  }
  const call = (type: string, args: unknown[] = []) =>
    consumer.intercept(
      [],
      args,
      new Cats(),
      Object.getOwnPropertyDescriptor(Cats.prototype, 'list')?.value,
      () => undefined,
      type,
    );

  it('are those of the request, up to the one that received it', async () => {
    const stamped = await inside(
      [
        ['job', SpanKind.CONSUMER],
        ['GET /cats', SpanKind.SERVER],
        ['middleware', SpanKind.INTERNAL],
        ['request handler', SpanKind.INTERNAL, { 'express.type': 'request_handler' }],
        ['Cats.list', SpanKind.INTERNAL, { 'nestjs.type': 'request_context' }],
      ],
      () => call('http'),
    );
    assert.deepEqual(stamped, [
      'Cats.list Cats.list',
      'GET /cats Cats.list',
      'request handler Cats.list',
    ]);
  });

  it('are those of messages and sockets', async () => {
    for (const type of ['rpc', 'ws', 'rmq']) {
      exporter.reset();
      const stamped = await inside([['process cats', SpanKind.CONSUMER]], () => call(type));
      assert.deepEqual(stamped, ['process cats Cats.list']);
    }
  });

  it('are the field’s own in GraphQL, and the operation for a field of its root', async () => {
    const operation = [
      'query Cats',
      SpanKind.INTERNAL,
      { 'graphql.operation.type': 'query' },
    ] as const;
    const field = [
      'graphql.resolve cats.0.toys',
      SpanKind.INTERNAL,
      { 'graphql.field.path': 'cats.0.toys' },
    ] as const;
    const server = ['POST /graphql', SpanKind.SERVER] as const;
    const root = { path: { key: 'cats', prev: undefined } };
    const nested = { path: { key: 'toys', prev: { key: 0, prev: { key: 'cats' } } } };
    assert.deepEqual(await inside([server, operation], () => call('graphql', [{}, {}, {}, root])), [
      'query Cats Cats.list',
    ]);
    exporter.reset();
    assert.deepEqual(
      await inside([server, operation, field], () => call('graphql', [{}, {}, {}, nested])),
      ['graphql.resolve cats.0.toys Cats.list'],
    );
  });

  it('keep a place that somebody else wrote on them', async () => {
    const own = { 'nestjs.type': 'request_context', 'code.file.path': '/own.ts' };
    assert.deepEqual(await inside([['Cats.list', SpanKind.INTERNAL, own]], () => call('http')), []);
  });

  it('are those of a queue’s processor, by the queue', async () => {
    const metadata = Reflect as { getMetadata?: (key: string, type: object) => unknown };
    const before = metadata.getMetadata;
    metadata.getMetadata = (key, type) =>
      key === 'bullmq:processor_metadata' && type === Cats ? { name: 'feeding' } : undefined;
    try {
      const provider = new Map([['', { instance: new Cats() }]]);
      readProviders(new Map([['', { controllers: new Map(), providers: provider }]]));
    } finally {
      if (before === undefined) delete metadata.getMetadata;
      else metadata.getMetadata = before;
    }
    const stamped = await inside(
      [
        ['process feeding', SpanKind.CONSUMER],
        ['process other', SpanKind.CONSUMER],
      ],
      () => undefined,
    );
    assert.deepEqual(stamped, ['process feeding Cats.process']);
  });

  it('never keep a handler from its answer', () => {
    for (const odd of [undefined, null, 3, Object.create(null)])
      assert.equal(consumer.intercept([], [], odd, odd, odd, 'http'), 6);
  });
});
