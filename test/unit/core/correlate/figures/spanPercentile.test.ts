import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { givenQuantiles } from '../../../../../src/core/correlate/durations/givenQuantiles.ts';
import type { OperationFigures } from '../../../../../src/core/correlate/figures/figures.ts';
import { figuresFromTraces } from '../../../../../src/core/correlate/figures/figuresFromTraces.ts';
import { spanPercentile } from '../../../../../src/core/correlate/figures/spanPercentile.ts';
import {
  percentileBasis,
  percentileText,
} from '../../../../../src/core/correlate/lens/percentileText.ts';
import type { FiguresAnswer } from '../../../../../src/core/ports.ts';
import { routeKey } from '../../../../support/operationKeys.ts';
import { makeSpan } from '../../../../support/span.ts';

const hour = 3_600_000_000;
const window = { start: epochMicroseconds(0), end: epochMicroseconds(hour) };

const answerOf = (operations: readonly OperationFigures[]): FiguresAnswer => ({
  operations,
  window,
  basis: 'complete',
  sampledTraces: undefined,
  complete: true,
  reason: '',
  dropped: [],
  droppedCount: 0,
  fetchedAt: epochMicroseconds(hour),
});

/** A request that NestJS answers in 1 ms less than its server: two layers, with durations of their own. */
const request = (duration: number, at = 1) => [
  makeSpan({
    id: `server${at}`,
    kind: 'server',
    name: 'GET /orders',
    start: at,
    duration,
    attributes: { 'http.request.method': 'GET', 'http.route': '/orders' },
  }),
  makeSpan({
    id: `nest${at}`,
    parent: `server${at}`,
    name: 'Orders.list',
    start: at,
    duration: duration - 1_000,
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'Orders',
      'nestjs.callback': 'list',
    },
  }),
  makeSpan({ id: `query${at}`, parent: `nest${at}`, kind: 'client', start: at, duration: 500 }),
];

const requests = (count: number) =>
  Array.from({ length: count }, (_, at) => request((at + 1) * 10_000, at + 1));
const figures = (count: number) => answerOf(figuresFromTraces(requests(count), window));

describe("a span's percentile", () => {
  it('is among the requests of its operation, each layer by itself', () => {
    const [server, nest] = request(305_000);
    const ofServer = spanPercentile(server!, figures(100), 'Jaeger')!;
    assert.deepEqual(
      [percentileText(ofServer), ofServer.figures.layer, ofServer.operation],
      ['faster than 70% of 100', 'server', 'GET /orders'],
    );
    const ofNest = spanPercentile(nest!, figures(100), 'Jaeger')!;
    assert.equal(ofNest.figures.layer, 'nest');
    assert.deepEqual(percentileBasis(ofServer, epochMicroseconds(hour + 180_000_000)), [
      'Compared with requests of GET /orders.',
      'Time range: Last hour.',
      'Source: Jaeger. Based on every request (100).',
      'Measured on the HTTP server span; only 5xx responses count as errors.',
      'Updated 3 min ago.',
    ]);
  });

  it('says of which side more is known, in tenths only among the slowest', () => {
    assert.equal(
      percentileText(spanPercentile(request(2_000_000)[0]!, figures(100), 'Jaeger')!),
      'slower than all 100',
    );
    const text = (slowerThan: number, fasterThan: number) =>
      percentileText({ slowerThan, fasterThan, of: 1_204 });
    assert.equal(text(0.987, 0.01), 'slower than 98% of 1,204');
    assert.equal(text(0.9996, 0), 'slower than 99.9% of 1,204');
    assert.equal(text(0.2, 0.799), 'faster than 79% of 1,204');
  });

  it('takes no percent away that is certain', () => {
    for (let part = 1; part < 100; part++) {
      const percentile = { slowerThan: part / 100, fasterThan: 0, of: 100 };
      assert.equal(percentileText(percentile), `slower than ${String(part)}% of 100`);
    }
    for (let part = 990; part < 1_000; part++) {
      const share = `${String(part / 10)}%`;
      const percentile = { slowerThan: part / 1_000, fasterThan: 0, of: 1_000 };
      assert.equal(percentileText(percentile), `slower than ${share} of 1,000`);
    }
  });

  it('is hidden among fewer than 20, of spans without figures, and of those that have not ended', () => {
    const [server, , query] = request(50_000);
    assert.equal(spanPercentile(server!, figures(19), 'Jaeger'), undefined);
    assert.ok(spanPercentile(server!, figures(20), 'Jaeger'));
    assert.equal(spanPercentile(query!, figures(100), 'Jaeger'), undefined);
    assert.equal(spanPercentile({ ...server!, unended: true }, figures(100), 'Jaeger'), undefined);
  });

  it('is hidden where the source knows too little of the others', () => {
    const [server] = request(50_000);
    const told = (within: number | undefined) => {
      const p50 = microseconds(20_000);
      const durations = givenQuantiles({
        count: 1_000,
        within,
        p50,
        p95: undefined,
        p99: undefined,
      });
      const key = { ...routeKey('', 'GET', '/orders'), service: server!.resource.service };
      return answerOf([{ key, durations, errors: undefined, slowestTraceId: undefined }]);
    };
    assert.equal(
      percentileText(spanPercentile(server!, told(0), 'Jaeger')!),
      'slower than 50% of 1,000',
    );
    assert.equal(spanPercentile(server!, told(undefined), 'Jaeger'), undefined);
    const [faster] = request(10_000);
    assert.equal(
      percentileText(spanPercentile(faster!, told(0), 'J')!),
      'faster than 50% of 1,000',
    );
  });
});
