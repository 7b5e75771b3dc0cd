import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { TraceSource } from '../../../../src/core/ports.ts';
import { ownAddresses } from '../../../../src/sources/local/listenAddresses.ts';
import { openLocalSource } from '../../../../src/sources/local/localSource.ts';
import { eventually } from '../../../support/eventually.ts';
import { freePort } from '../../../support/freePort.ts';
import {
  startReceiverProcess,
  type ReceiverPlace,
  type ReceiverProcess,
} from '../../../support/receiverProcess.ts';
import { recordedTraces, replayTrace, sdkProvider } from '../../../support/sdkSpans.ts';
import { sendOtlp } from '../../../support/sendOtlp.ts';
import { makeSpan } from '../../../support/span.ts';
import { silentLog } from '../../../support/silentLog.ts';

const signal = new AbortController().signal;
const always = { start: epochMicroseconds(0), end: epochMicroseconds(4e15) };
const everything = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: always,
  limit: 5_000,
};

describe('the receiver', function () {
  this.timeout(60_000);
  let folder: string;
  let databasePath: string;
  let source: TraceSource;
  let running: ReceiverProcess[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-receiver-'));
    databasePath = join(folder, 'storage', 'traces.db');
    source = openLocalSource({ databasePath, log: silentLog });
    running = [];
  });
  afterEach(async () => {
    source.dispose();
    await Promise.all(running.map((receiver) => receiver.close()));
    rmSync(folder, { recursive: true });
  });

  function start(port: number, path = databasePath, place: ReceiverPlace = {}): ReceiverProcess {
    const receiver = startReceiverProcess(path, port, place);
    running.push(receiver);
    return receiver;
  }
  const send = (port: number, id: number) => sendTo('127.0.0.1', port, id);
  const sendTo = (host: string, port: number, id: number) =>
    sendOtlp(`http://${host}:${port}`, [
      makeSpan({
        id: id.toString(16).padStart(16, '0'),
        traceId: id.toString(16).padStart(32, '0'),
        name: 'GET /orders',
        kind: 'server',
        start: 1_795_335_636_787_123,
        duration: 257_800,
      }),
    ]);
  const traceCount = async () => (await source.search(everything, signal)).traces.length;

  for (const [name, makeExporter] of [
    ['exporter-trace-otlp-proto', (url: string) => new ProtobufExporter({ url })],
    [
      'exporter-trace-otlp-proto, gzip',
      (url: string) => new ProtobufExporter({ url, compression: 'gzip' as never }),
    ],
    ['exporter-trace-otlp-http', (url: string) => new JsonExporter({ url })],
    [
      'exporter-trace-otlp-http, gzip',
      (url: string) => new JsonExporter({ url, compression: 'gzip' as never }),
    ],
  ] as const)
    it(`stores what the SDK sends by ${name}: names, attributes, errors, lengths`, async () => {
      const { port } = await start(0).reach('listening');
      const exporter = makeExporter(`http://localhost:${port}/v1/traces`);
      const provider = sdkProvider('users-api', new BatchSpanProcessor({ exporter }));
      const traces = recordedTraces();
      const ids = traces.map((spans) => replayTrace(provider, spans, 1_795_335_636_787));
      await provider.shutdown();
      for (const [index, id] of ids.entries()) {
        const stored = (await source.trace(id, signal)).spans;
        const told = (list: typeof stored) =>
          list
            .map((span) => [
              span.name,
              span.kind,
              span.status,
              span.scope,
              Math.round(span.duration),
              span.attributes,
              span.events.length,
            ])
            .map((line) => JSON.stringify(line))
            .sort();
        assert.deepEqual(told(stored), told(traces[index]!));
        assert.ok(stored.every(({ resource }) => resource.service === 'users-api'));
      }
      const { operations } = await source.figures(always, signal);
      assert.equal(operations.find(({ key }) => key.name === 'POST /users')?.durations.count, 3);
    });

  it('keeps a known length and start to the microsecond', async () => {
    const { port } = await start(0).reach('listening');
    await send(port, 1);
    const { spans } = await source.trace('1', signal);
    assert.deepEqual([spans[0]?.start, spans[0]?.duration], [1_795_335_636_787_123, 257_800]);
  });

  it('tells how many spans arrived', async () => {
    const receiver = start(0);
    const { port } = await receiver.reach('listening');
    for (let id = 1; id <= 3; id++) await send(port, id);
    const total = () =>
      Promise.resolve(receiver.received.reduce((sum, { spans }) => sum + spans, 0));
    await eventually('three spans told', total, (count) => count === 3);
  });

  it('is shared by two windows: one has the port, both hear of spans, the other takes over', async () => {
    const port = await freePort();
    const first = start(port);
    await first.reach('listening');
    const second = start(port);
    assert.deepEqual(await second.reach('sharing'), { kind: 'sharing', port });
    await send(port, 1);
    const heard = () => Promise.resolve(second.received.length);
    await eventually('the other window hears', heard, (count) => count > 0, 20_000);
    await first.close();
    assert.equal(first.states.at(-1)?.kind, 'stopped');
    await second.reach('listening');
    await send(port, 2);
    assert.equal(await traceCount(), 2);
  });

  it('leaves one owner of many that start at once', async () => {
    const port = await freePort();
    const windows = [start(port), start(port), start(port)];
    const settled = () =>
      Promise.resolve(
        windows
          .map(({ states }) => states.at(-1)?.kind ?? '')
          .sort()
          .join(' '),
      );
    await eventually(
      'one owner',
      settled,
      (kinds) => kinds === 'listening sharing sharing',
      30_000,
    );
  });

  it('loses nothing it answered for when it is killed, and is taken over', async () => {
    const port = await freePort();
    const first = start(port);
    await first.reach('listening');
    const second = start(port);
    await second.reach('sharing');
    for (let id = 1; id <= 50; id++) await send(port, id);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    assert.equal(await traceCount(), 50);
    await second.reach('listening');
    await send(port, 51);
    assert.equal(await traceCount(), 51);
    const { operations } = await source.figures(always, signal);
    assert.equal(operations[0]?.durations.count, 51);
  });

  it('answers readers while it writes', async () => {
    const { port } = await start(0).reach('listening');
    const sending = (async () => {
      for (let id = 1; id <= 100; id++) await send(port, id);
    })();
    let seen = 0;
    while (seen < 100) {
      const now = await traceCount();
      assert.ok(now >= seen);
      seen = now;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await sending;
  });

  it('says that a stranger has the port and what to do, and listens once it is free', async () => {
    const stranger = createServer((_request, response) => response.end('<html>hello</html>'));
    stranger.listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const receiver = start(port);
    const { message } = await receiver.reach('portTaken');
    assert.match(
      message,
      new RegExp(`Port ${port} is in use by another program.*spanhop\\.localStore\\.port`),
    );
    stranger.closeAllConnections();
    stranger.close();
    await receiver.reach('listening');
  });

  it('knows a Spanhop with another store from its own', async () => {
    const port = await freePort();
    await start(port).reach('listening');
    const { message } = await start(port, join(folder, 'other.db')).reach('portTaken');
    assert.match(message, /in use by another Spanhop/);
  });

  it('goes on in a new store when its file is deleted, and answers for nothing that is lost', async () => {
    const port = await freePort();
    const receiver = start(port);
    await receiver.reach('listening');
    await send(port, 1);
    rmSync(databasePath);
    await assert.rejects(send(port, 2), /503/);
    await receiver.reach('failed');
    await receiver.reach('listening');
    await send(port, 3);
    assert.equal(await traceCount(), 1);
  });

  it('begins a new store when its file is overwritten, and says so once', async () => {
    const port = await freePort();
    const receiver = start(port);
    await receiver.reach('listening');
    await send(port, 1);
    const other = new DatabaseSync(databasePath);
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // pages in the log are read from there
    other.close();
    writeFileSync(databasePath, 'not a database any more'.repeat(4_000));
    await send(port, 2).catch(() => undefined); // refused, unless the damage was found before
    const notices = () => Promise.resolve(receiver.notices.length);
    await eventually('told', notices, (count) => count === 1, 20_000);
    await receiver.reach('listening');
    await send(port, 3);
    assert.equal((await source.trace('3', signal)).spans.length, 1);
    assert.equal(receiver.states.at(-1)?.kind, 'listening');
    assert.equal(receiver.notices.length, 1);
    const kept = readdirSync(join(folder, 'storage')).filter((name) =>
      /damaged-.*\.db$/.test(name),
    );
    assert.ok(receiver.notices[0]?.includes(kept[0] ?? 'none'));
  });

  it('counts a span once that a processor exports at its start and at its end', async () => {
    const { port } = await start(0).reach('listening');
    const exporter = new ProtobufExporter({ url: `http://localhost:${port}/v1/traces` });
    const send = (span: ReadableSpan) =>
      new Promise<void>((resolve) => exporter.export([span], () => resolve()));
    const sent: Promise<void>[] = [];
    const provider = sdkProvider('users-api', {
      onStart: (span) => void sent.push(send(span)),
      onEnd: (span) => void sent.push(send(span)),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    const span = provider.getTracer('http').startSpan('GET', { kind: SpanKind.SERVER });
    await Promise.all(sent);
    const { operations: none } = await source.figures(always, signal);
    assert.deepEqual(none, []);
    span.setAttribute('http.route', '/users');
    span.updateName('GET /users');
    span.end();
    await Promise.all(sent);
    const { spans } = await source.trace(span.spanContext().traceId, signal);
    assert.deepEqual(
      spans.map(({ name, unended }) => [name, unended]),
      [['GET /users', undefined]],
    );
    const { operations } = await source.figures(always, signal);
    assert.deepEqual(
      operations.map(({ key, durations }) => [key.kind === 'http' && key.route, durations.count]),
      [['/users', 1]],
    );
  });

  it('says that its store takes nothing while that is so', async () => {
    const port = await freePort();
    const receiver = start(port);
    await receiver.reach('listening');
    const other = new DatabaseSync(databasePath);
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(send(port, 1), /503/);
    const { message } = await receiver.reach('failed');
    assert.match(message, /traces\.db: database is locked/);
    other.exec('ROLLBACK');
    other.close();
    await send(port, 1);
    await receiver.reach('listening');
  });

  it('answers what has begun and loses no span of the SDK while it starts again elsewhere', async () => {
    const port = await freePort();
    let receiver = start(port);
    await receiver.reach('listening');
    const exporter = new ProtobufExporter({
      url: `http://127.0.0.1:${port}/v1/traces`,
      timeoutMillis: 60_000,
    });
    const spans = recordedTraces()[0]!;
    const ended: ReadableSpan[] = [];
    const provider = sdkProvider('users-api', {
      onStart: () => undefined,
      onEnd: (span) => ended.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    const ids: string[] = [];
    const exports: Promise<number>[] = [];
    const exportOne = () => {
      ids.push(replayTrace(provider, spans, Date.now()));
      const { promise, resolve } = Promise.withResolvers<number>();
      exporter.export(ended.splice(0), ({ code }) => resolve(code));
      exports.push(promise);
    };
    for (const host of ['0.0.0.0', '127.0.0.1']) {
      exportOne();
      const closed = receiver.close();
      exportOne();
      await closed;
      exportOne();
      receiver = start(port, databasePath, { host });
      exportOne();
      await receiver.reach('listening');
    }
    assert.deepEqual([...new Set(await Promise.all(exports))], [0]);
    for (const id of ids) assert.equal((await source.trace(id, signal)).spans.length, spans.length);
  });

  it('hears this machine alone unless told otherwise', async function () {
    const address = ownAddresses()[0];
    if (address === undefined) this.skip();
    const { port, host } = await start(0).reach('listening');
    assert.equal(host, undefined);
    await assert.rejects(sendTo(address, port, 1), /fetch failed/);
  });

  for (const host of ['0.0.0.0', '::', undefined])
    it(`is reached at ${host ?? 'the address'} of the setting, and on loopback all the same`, async function () {
      const address = ownAddresses()[0];
      if (address === undefined) this.skip();
      const port = await freePort();
      const receiver = start(port, databasePath, { host: host ?? address });
      const state = await receiver.reach('listening');
      if (host === '::' && state.problem !== undefined) this.skip(); // a machine without IPv6
      assert.deepEqual(state, { kind: 'listening', port, host: host ?? address });
      await sendTo(address, port, 1);
      await send(port, 2);
      const other = start(port);
      assert.equal((await other.reach('sharing')).port, port);
      assert.equal(await traceCount(), 2);
    });

  for (const [host, problem] of [
    ['docker0', /docker0 isn't an IP address\. Set spanhop\.localStore\.host/],
    [
      '0.0.0.0:4318',
      /isn't an IP address\. Set .* to an address of this machine \(.+\), or 0\.0\.0\.0/,
    ],
    ['203.0.113.7', /^Not receiving spans at 203\.0\.113\.7: .* no such address/],
  ] as const)
    it(`says what is wrong with ${host} and goes on hearing this machine`, async () => {
      const state = await start(0, databasePath, { host }).reach('listening');
      assert.match(state.problem ?? '', problem);
      assert.equal(state.host, undefined);
      await send(state.port, 1);
      assert.equal(await traceCount(), 1);
    });

  it('hears this machine while another program has its port at the address of the setting', async function () {
    const address = ownAddresses()[0];
    if (address === undefined) this.skip();
    const stranger = createServer().listen(0, address);
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    const receiver = start(port, databasePath, { host: address });
    const { problem } = await receiver.reach('listening');
    assert.match(problem ?? '', /another program uses port \d+\. Stop it/);
    await send(port, 1);
    stranger.close();
    const state = () => Promise.resolve(receiver.states.at(-1));
    const isThere = (last: unknown) =>
      JSON.stringify(last) === JSON.stringify({ kind: 'listening', port, host: address });
    await eventually('the address', state, isThere, 20_000);
    await sendTo(address, port, 2);
    assert.equal(await traceCount(), 2);
  });

  it('says which store it cannot open', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { message } = await start(0, join(folder, 'file', 'traces.db')).reach('failed');
    assert.ok(message.length > 10);
  });
});
