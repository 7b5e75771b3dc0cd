import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, fromMinutes, later } from '../../../../../src/core/base/units.ts';
import type { TimeWindow } from '../../../../../src/core/base/timeWindow.ts';
import { mergeDurations } from '../../../../../src/core/correlate/durations/mergeDurations.ts';
import {
  quantileNames,
  quantileShares,
} from '../../../../../src/core/correlate/durations/durations.ts';
import { figuresFromTraces } from '../../../../../src/core/correlate/figures/figuresFromTraces.ts';
import { nearestRank } from '../../../../../src/core/base/nearestRank.ts';
import { keyText } from '../../../../../src/core/matching/operations/operationKinds.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { CassandraFigures } from '../../../../../src/sources/cassandra/figures/cassandraFigures.ts';
import type { FiguresTables } from '../../../../../src/sources/cassandra/figures/reading.ts';
import { memoryTables } from '../../../../support/cassandra/memoryTables.ts';
import { makeSpan, type SpanSketch } from '../../../../support/span.ts';

const now = epochMicroseconds(Date.UTC(2026, 0, 2, 12, 10) * 1_000);
const minutesAgo = (minutes: number) => later(now, fromMinutes(-minutes));
const window: TimeWindow = { start: minutesAgo(60), end: now };
const never = new AbortController().signal;

let ids = 0;
const nextId = (digits: number) => (ids += 1).toString(16).padStart(digits, '0');
const span = (sketch: Omit<SpanSketch, 'id'>): RawSpan =>
  makeSpan({
    traceId: nextId(32),
    kind: 'server',
    service: 'shop',
    name: 'GET /orders',
    start: minutesAgo(5),
    ...sketch,
    id: nextId(16),
  });
const route = (value: string) => ({ 'http.request.method': 'GET', 'http.route': value });

function reading(tables: FiguresTables, { timeToLive = 0, clock = { now: () => now } } = {}) {
  const figures = new CassandraFigures({
    tables,
    clock,
    timeToLive: () => Promise.resolve(timeToLive),
  });
  return (asked = window, isLate = () => false) => figures.read(asked, isLate, never);
}

describe('figures out of duration_index', () => {
  it('count what the traces hold, whatever the window and the hours it cuts', async () => {
    const minute = fc.double({ min: 0, max: 200, noNaN: true });
    const request = fc.record({
      minute,
      duration: fc.nat(5_000_000),
      name: fc.constantFrom('GET /a', 'GET /b'),
      failed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 120 }), minute, async (requests, from) => {
        const spans = requests.map(({ minute: at, duration, name, failed }) =>
          span({
            name,
            duration,
            start: epochMicroseconds(Math.round(minutesAgo(at))),
            status: failed ? 'error' : 'unset',
            attributes: route(name.slice(4)),
          }),
        );
        const asked = { start: minutesAgo(from), end: minutesAgo(from / 3) };
        const { operations } = await reading(memoryTables(spans))(asked);
        const truth = figuresFromTraces(
          spans.map((one) => [one]),
          asked,
        );
        const shown = (rows: typeof truth) =>
          rows
            .map(({ key, durations }) => ({
              key: keyText(key),
              ...mergeDurations([durations]),
            }))
            .sort((a, b) => (a.key < b.key ? -1 : 1));
        assert.deepEqual(shown(operations), shown(truth));
      }),
    );
  });

  it('stay true while spans are written, up to a quarter of an hour late, and few are read again', async () => {
    const request = fc.record({
      minute: fc.double({ min: 0, max: 150, noNaN: true }),
      late: fc.double({ min: 0, max: 14.9, noNaN: true }),
      duration: fc.nat(5_000_000),
    });
    const requests = fc.array(request, { minLength: 30, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(requests, fc.integer({ min: 1, max: 25 }), async (sent, step) => {
        const written = sent.map(({ minute, late, duration }) => ({
          at: later(now, fromMinutes(minute + late)),
          span: span({
            duration,
            start: epochMicroseconds(Math.round(later(now, fromMinutes(minute)))),
          }),
        }));
        let [clock, tables] = [now, memoryTables([])];
        const growing: FiguresTables = {
          get durations() {
            return tables.durations;
          },
          operations: (signal) => tables.operations(signal),
          newestTraces: (...asked) => tables.newestTraces(...asked),
          spans: (...asked) => tables.spans(...asked),
        };
        const read = reading(growing, { clock: { now: () => clock } });
        for (let minutes = 5; minutes < 180; minutes += step) {
          clock = later(now, fromMinutes(minutes));
          const there = written.filter(({ at }) => at <= clock).map((one) => one.span);
          tables = memoryTables(there);
          const asked = { start: later(clock, fromMinutes(-60)), end: clock };
          const { operations } = await read(asked);
          const truth = figuresFromTraces(
            there.map((one) => [one]),
            asked,
          );
          const shown = (rows: typeof truth) =>
            rows.map(({ durations }) => mergeDurations([durations]));
          assert.deepEqual(shown(operations), shown(truth));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('name the slowest trace within the window, though slower ones lie outside in the same hour', async () => {
    const outside = Array.from({ length: 30 }, (_, n) =>
      span({ start: minutesAgo(70), duration: 9_000_000 + n }),
    );
    const inside = Array.from({ length: 25 }, (_, n) =>
      span({ start: minutesAgo(45), duration: 1_000 + n }),
    );
    const { operations } = await reading(memoryTables([...outside, ...inside]))();
    assert.equal(operations[0]!.slowestTraceId, inside.at(-1)!.traceId);
    assert.equal(operations[0]!.durations.max, 1_024);
  });

  it('have errors of a sample, and of all where all were read', async () => {
    const spans = Array.from({ length: 100 }, (_, n) =>
      span({ start: minutesAgo(50 - n / 10), status: n % 4 === 0 ? 'error' : 'unset' }),
    );
    const few = await reading(memoryTables(spans.slice(0, 12)))();
    assert.deepEqual(few.operations[0]!.errors, { count: 3, of: 12 });
    const many = await reading(memoryTables(spans))();
    assert.deepEqual(many.operations[0]!.errors, { count: 5, of: 20 });
    assert.equal(many.complete, true);
    assert.equal(many.basis, 'complete');
  });

  it('leave out what answers no request, and count requests of NestJS and jobs, whatever their kind', async () => {
    const server = span({ attributes: route('/orders') });
    const { traceId } = server;
    const inside = { traceId, parent: server.spanId };
    const nest = {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'Orders',
      'nestjs.callback': 'list',
    };
    const spans = [
      server,
      span({ ...inside, kind: 'internal', name: 'Orders.list', attributes: nest }),
      span({ ...inside, kind: 'internal', name: 'middleware - query' }),
      span({ ...inside, kind: 'client', name: 'pg.query' }),
      span({ kind: 'internal', name: 'nightly job' }),
    ];
    const { operations } = await reading(memoryTables(spans))();
    assert.deepEqual(operations.map(({ key }) => `${key.kind} ${key.name}`).sort(), [
      'http GET /orders',
      'nest Orders.list',
      'other nightly job',
    ]);
  });

  it('leave out a name that some requests begin with and others call', async () => {
    const spans = [
      span({}),
      span({ kind: 'internal', name: 'load' }),
      span({ kind: 'internal', name: 'load', parent: '00000000000000ff' }),
    ];
    const read = reading(memoryTables(spans));
    await read();
    const { operations } = await read();
    assert.deepEqual(
      operations.map(({ key }) => key.name),
      ['GET /orders'],
    );
  });

  it('mark a name that is both of a server and of a client, with the errors of the server alone', async () => {
    const spans = [
      span({ name: 'GET', attributes: route('/orders'), status: 'error' }),
      span({ name: 'GET', kind: 'client', parent: '00000000000000ff' }),
      span({ name: 'GET', kind: 'client', parent: '00000000000000ff' }),
    ];
    const { operations } = await reading(memoryTables(spans))();
    assert.equal(operations.length, 1);
    assert.deepEqual(operations[0]!.mixedKinds, ['client', 'server']);
    assert.equal(operations[0]!.durations.count, 3);
    assert.deepEqual(operations[0]!.errors, { count: 1, of: 1 });
  });

  it('keep of a name only what its routes have in common', async () => {
    const spans = [
      span({ name: 'GET', attributes: { 'http.request.method': 'GET', 'url.path': '/a' } }),
      span({ name: 'GET', attributes: { 'http.request.method': 'GET', 'url.path': '/b/c' } }),
    ];
    const { operations } = await reading(memoryTables(spans))();
    assert.deepEqual(
      operations.map(({ key }) => key),
      [
        {
          kind: 'http',
          service: 'shop',
          name: 'GET',
          method: 'GET',
          route: '',
          path: '',
          controller: '',
          callback: '',
        },
      ],
    );
  });

  it('count large partitions on the server, exactly but for quantiles within 1 %', async () => {
    const durations = Array.from({ length: 12_000 }, (_, n) =>
      Math.round(20_000 * Math.exp(1.5 * Math.sin(n * 12.9898))),
    );
    const spans = durations.map((duration, n) =>
      span({
        duration,
        start: epochMicroseconds(Math.round(minutesAgo(55) + n * 240_000)),
        attributes: route('/orders'),
      }),
    );
    const tables = memoryTables(spans);
    const { operations } = await reading(tables)();
    const merged = mergeDurations([operations[0]!.durations]);
    const sorted = durations.toSorted((a, b) => a - b);
    assert.equal(merged.count, 12_000);
    assert.equal(merged.max, sorted.at(-1));
    assert.equal(
      merged.total,
      durations.reduce((sum, one) => sum + one, 0),
    );
    assert.equal(merged.estimates, undefined);
    for (const name of quantileNames) {
      const truth = sorted[nearestRank(quantileShares[name], sorted.length)]!;
      assert.ok(Math.abs(merged[name]! - truth) <= 0.01 * truth, name);
    }
    assert.ok(tables.durations.asked.sentRows < 12_000, String(tables.durations.asked.sentRows));
  });

  it('ask again only for the hour that may still get spans', async () => {
    const spans = Array.from({ length: 30 }, (_, n) => [
      span({ start: minutesAgo(100 + n / 10), attributes: route('/orders') }),
      span({ start: minutesAgo(20 + n / 10), attributes: route('/orders') }),
    ]).flat();
    const tables = memoryTables(spans);
    const read = reading(tables);
    const asked = { start: minutesAgo(120), end: now };
    await read(asked);
    const { questions } = tables.durations.asked;
    const { operations } = await read(asked);
    assert.equal(operations[0]!.durations.count, 60);
    assert.ok(tables.durations.asked.questions - questions < questions);
  });

  it('send again only the rows of the hour under way that may be new', async () => {
    const spans = Array.from({ length: 300 }, (_, n) =>
      span({ start: minutesAgo(39 - n / 10), attributes: route('/orders') }),
    );
    const tables = memoryTables(spans);
    const read = reading(tables);
    await read();
    const { sentRows } = tables.durations.asked;
    const { operations } = await read();
    assert.equal(operations[0]!.durations.count, 300);
    // The twenty longest, and those of the last quarter of an hour.
    assert.equal(tables.durations.asked.sentRows - sentRows, 20 + 60);
  });

  it('sample the errors of each operation, though the spans of whole traces are too many', async () => {
    const spans = Array.from({ length: 400 }, (_, n) => {
      const name = `GET /r${String(n % 20)}`;
      const root = span({
        name,
        start: minutesAgo(50 - n / 10),
        status: n < 200 ? 'error' : 'unset',
      });
      const inside = { traceId: root.traceId, parent: root.spanId, start: root.start };
      const others = Array.from({ length: 29 }, () =>
        span({ ...inside, name: 'inner', kind: 'client' }),
      );
      return [root, ...others];
    }).flat();
    const { operations } = await reading(memoryTables(spans))();
    for (const { errors } of operations) assert.deepEqual(errors, { count: 10, of: 20 });
    assert.equal(operations.length, 20);
  });

  it('read no trace twice', async () => {
    const spans = Array.from({ length: 30 }, (_, n) => span({ start: minutesAgo(n) }));
    const tables = memoryTables(spans);
    const read = reading(tables);
    await read();
    await read();
    assert.equal(new Set(tables.readTraces).size, tables.readTraces.length);
  });

  it('say that older spans are gone, and count those that are there', async () => {
    const spans = [span({ start: minutesAgo(50) }), span({ start: minutesAgo(10) })];
    const { operations, complete, reason } = await reading(memoryTables(spans), {
      timeToLive: 1_800,
    })();
    assert.equal(operations[0]!.durations.count, 1);
    assert.equal(complete, false);
    assert.match(reason, /0\.5 hours/);
  });

  it('say that they are not all when the cluster is slow, and ask no more', async () => {
    const tables = memoryTables([span({})]);
    const { operations, complete, overloaded } = await reading(tables)(window, () => true);
    assert.deepEqual(operations, []);
    assert.equal(complete, false);
    assert.equal(overloaded, true);
    assert.equal(tables.durations.asked.questions, 0);
  });

  it('look at fifty unknown names in one refresh, say so, and go on with the next', async () => {
    const spans = Array.from({ length: 120 }, (_, n) =>
      span({ kind: 'internal', name: `job ${String(n)}` }),
    );
    const read = reading(memoryTables(spans));
    const counts: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { operations, complete } = await read();
      counts.push(operations.length);
      assert.equal(complete, operations.length === 120);
    }
    assert.deepEqual(counts, [50, 100, 120]);
  });
});
