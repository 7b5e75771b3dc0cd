import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AttributeValue, RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  epochMicroseconds,
  microseconds,
  type EpochMicroseconds,
} from '../../src/core/base/units.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { readTraces } from '../../src/sources/jaeger/readTraces.ts';
import { readOtlpJson } from '../../src/sources/otlp/json.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import { eventually } from '../support/eventually.ts';
import { silentLog } from '../support/silentLog.ts';

const text = (path: string) =>
  readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8');
const never = new AbortController().signal;

interface JsonTrace {
  readonly spans: readonly { spanID: string; operationName: string; processID: string }[];
  readonly processes: Readonly<Record<string, unknown>>;
}

describe('the recorded answers of Jaeger 1.67', function () {
  this.timeout(30_000);
  let jaeger: RunningJaeger;
  before(async () => {
    jaeger = await startJaeger();
  });
  after(() => jaeger.stop());

  const post = async (otlp: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${jaeger.otlp}/v1/traces`, {
      method: 'POST',
      headers,
      body: otlp,
    });
    assert.equal(response.status, 200);
  };
  const bodyOf = async (path: string) => (await fetch(`${jaeger.url}${path}`)).text();
  const tracesAt = async (path: string) =>
    (JSON.parse(await bodyOf(path)) as { data: JsonTrace[] | null }).data ?? [];
  const source = () =>
    openJaegerSource({
      url: jaeger.url,
      headers: {},
      timeoutMs: 10_000,
      maxBytes: 10_000_000,
      sampleSize: 100,
      clock: systemClock,
      log: silentLog,
    });

  it('are what it answers today for odd spans, for a trace it does not have, for an unknown path', async () => {
    await post(text('jaeger/odd-otlp.json'));
    const path = '/api/traces/0af7651916cd43dd8448eb211c80319c';
    const recorded = (JSON.parse(text('jaeger/v1.67-odd.json')) as { data: JsonTrace[] }).data;
    const answered = await eventually(
      'the odd trace',
      () => tracesAt(path),
      (traces) => traces[0]?.spans.length === recorded[0]?.spans.length,
    );
    assert.deepEqual(answered.map(inOrder), recorded.map(inOrder));
    assert.equal(
      await bodyOf(`/api/traces/${'1'.repeat(32)}`),
      text('jaeger/v1.67-not-found.json'),
    );
    const page = await fetch(`${jaeger.url}/api/whatever`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  });

  it('hold the same spans as it gives today for what the application exported', async () => {
    const otlp = text('otlp/nest-prisma.json');
    await post(otlp);
    const recorded = readTraces(
      (JSON.parse(text('jaeger/v1.67-traces.json')) as { data: unknown }).data,
    );
    for (const { traceId, spans } of recorded.traces) {
      const answer = await eventually(
        traceId,
        () => source().trace(traceId, never),
        (trace) => trace.spans.length >= spans.length,
      );
      assert.deepEqual(comparable(fromStart(answer.spans)), comparable(fromStart(spans)));
    }
  });

  it('what comes through Jaeger is what the OTLP reader reads, but for what Jaeger does not keep', async () => {
    const { spans } = readOtlpJson(JSON.parse(text('otlp/nest-prisma.json')));
    for (const [traceId, sent] of Map.groupBy(spans, (span) => span.traceId)) {
      const { spans: read } = await source().trace(traceId, never);
      assert.deepEqual(comparable(read), comparable(sent.map(asJaegerKeepsIt)));
    }
  });
});

/** What is up to chance left out: the order, the ids of processes, which span of a doubled id is warned of. */
const inOrder = ({ spans, processes, ...trace }: JsonTrace) => ({
  ...trace,
  spans: spans
    .map(({ processID, ...span }) => ({ ...span, warnings: null, process: processes[processID] }))
    .sort((a, b) => (a.operationName < b.operationName ? -1 : 1)),
});

/** With times since the trace's start: the spans were moved in time before they were recorded. */
function fromStart(spans: readonly RawSpan[]): readonly RawSpan[] {
  const start = Math.min(...spans.map((span) => span.start));
  return spans.map((span) => ({
    ...span,
    start: epochMicroseconds(span.start - start),
    events: span.events.map((event) => ({
      ...event,
      time: epochMicroseconds(event.time - start),
    })),
  }));
}

/** By id, without Jaeger's remarks on clocks and the scope's version, which OTLP's reader leaves out. */
const comparable = (spans: readonly RawSpan[]) =>
  spans
    .map((span) => ({
      ...span,
      warnings: [],
      attributes: byKey(span.attributes.filter(({ key }) => key !== 'otel.scope.version')),
      resource: { ...span.resource, attributes: byKey(span.resource.attributes) },
      events: span.events.map((event) => ({ ...event, attributes: byKey(event.attributes) })),
    }))
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1));

const byKey = (attributes: RawSpan['attributes']) =>
  attributes.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Whole microseconds, lists as text, links without attributes. */
const asJaegerKeepsIt = (span: RawSpan): RawSpan => ({
  ...span,
  start: wholeTime(span.start),
  duration: microseconds(Math.floor(span.duration)),
  attributes: span.attributes.map(listsAsText),
  resource: { ...span.resource, attributes: span.resource.attributes.map(listsAsText) },
  events: span.events.map((event) => ({
    ...event,
    time: wholeTime(event.time),
    attributes: event.attributes.map(listsAsText),
  })),
  links: span.links.map((link) => ({ ...link, attributes: [] })),
});

const wholeTime = (time: EpochMicroseconds) => epochMicroseconds(Math.floor(time));

const listsAsText = ({ key, value }: { key: string; value: AttributeValue }) => ({
  key,
  value: Array.isArray(value) ? JSON.stringify(value) : value,
});
