import assert from 'node:assert/strict';
import { mergeDurations } from '../../../src/core/correlate/durations/mergeDurations.ts';
import type { OperationFigures } from '../../../src/core/correlate/figures/figures.ts';
import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';
import { routeKey } from '../operationKeys.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
import { at, never, newService, second, sendAndSee, sentSpan, wholeWindow } from './sent.ts';

export function describeFiguresContract(underTest: () => SourceUnderTest): void {
  const figuresOf = async (service: string, window: TimeWindow = wholeWindow) => {
    const { operations } = await underTest().source.figures(window, never);
    return operations.filter(({ key }) => key.service === service);
  };

  it('figures count each request once, with its errors, quantiles and slowest trace', async () => {
    const service = newService('figures');
    const spans = Array.from({ length: 20 }, (_, n) =>
      sentSpan({
        service,
        name: 'GET /a',
        start: at(n * second),
        duration: (n + 1) * 1_000,
        status: n < 3 ? 'error' : 'unset',
        attributes: { 'http.request.method': 'GET', 'http.route': '/a' },
      }),
    );
    await sendAndSee(underTest(), spans);
    const [row, ...others] = await figuresOf(service);
    assert.ok(row);
    assert.deepEqual(others, []);
    assert.deepEqual(row.key, routeKey(service, 'GET', '/a'));
    assert.equal(row.durations.count, 20);
    assert.equal(row.durations.total, 210_000);
    assert.equal(row.durations.max, 20_000);
    assert.deepEqual(row.errors, { count: 3, of: 20 });
    assert.equal(row.slowestTraceId, spans[19]!.traceId);
    const { p50, p95 } = mergeDurations([row.durations]);
    assertWithin(p50, 10_000, 11_000);
    assertWithin(p95, 19_000, 20_000);
  });

  it('a request of NestJS counts in a row of its own beside its server span', async () => {
    const service = newService('layers');
    const root = sentSpan({ service, name: 'GET /a', duration: 2_000 });
    const nest = sentSpan({
      service,
      name: 'A.one',
      kind: 'internal',
      traceId: root.traceId,
      parent: root.spanId,
      duration: 1_000,
      attributes: {
        'nestjs.type': 'request_context',
        'nestjs.controller': 'A',
        'nestjs.callback': 'one',
      },
    });
    const query = sentSpan({
      service,
      name: 'query',
      kind: 'client',
      traceId: root.traceId,
      parent: nest.spanId,
    });
    await sendAndSee(underTest(), [root, nest, query]);
    const rows = await figuresOf(service);
    assert.deepEqual(rows.map(describeRow).sort(), ['http GET /a 1', 'nest A.one 1']);
  });

  it('figures of a window without requests have no rows', async () => {
    const service = newService('quiet');
    await sendAndSee(underTest(), [sentSpan({ service })]);
    const hourBefore = { start: at(-3 * 3_600 * second), end: at(-2 * 3_600 * second) };
    assert.deepEqual(await figuresOf(service, hourBefore), []);
  });
}

const describeRow = ({ key, durations }: OperationFigures): string =>
  `${key.kind} ${key.name} ${String(durations.count)}`;

/** Quantiles are within 1 %. */
function assertWithin(actual: number | undefined, low: number, high: number): void {
  assert.ok(actual !== undefined && actual >= low * 0.99 && actual <= high * 1.01, String(actual));
}
