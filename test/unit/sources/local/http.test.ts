import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import { createOtlpServer } from '../../../../src/sources/local/http/otlpServer.ts';
import { close, listen } from '../../../../src/sources/local/listen.ts';
import type { Refusal } from '../../../../src/sources/local/http/guard.ts';
import type { OtlpSpans } from '../../../../src/sources/otlp/envelope.ts';
import { otlpSchema } from '../../../../src/sources/otlp/schema.ts';

const json = 'application/json';
const binary = 'application/x-protobuf';
const maxBodyBytes = 100_000;
const root = protobuf.Root.fromJSON(otlpSchema);
const typeOf = (name: string) => root.lookupType(`opentelemetry.proto.collector.trace.v1.${name}`);
/** https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto */
const statusType = protobuf
  .parse('syntax = "proto3"; message Status { int32 code = 1; string message = 2; }')
  .root.lookupType('Status');

const span = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
};
const bodyOf = (...spans: readonly object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
const asJson = (body: unknown) => Buffer.from(JSON.stringify(body));
function asProtobuf(body: ReturnType<typeof bodyOf>): Buffer {
  const hex = (id: string) => Buffer.from(id, 'hex');
  const spans = body.resourceSpans[0]!.scopeSpans[0]!.spans as (typeof span)[];
  const type = typeOf('ExportTraceServiceRequest');
  const message = bodyOf(
    ...spans.map((one) => ({ ...one, traceId: hex(one.traceId), spanId: hex(one.spanId) })),
  );
  return Buffer.from(type.encode(type.fromObject(message)).finish());
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the OTLP server', () => {
  let server: Server;
  let port: number;
  let received: OtlpSpans[];
  let failure: Error | undefined;
  let refused: Refusal[];
  let unreadable: string[];

  beforeEach(async () => {
    received = [];
    failure = undefined;
    refused = [];
    unreadable = [];
    server = createOtlpServer({
      maxBodyBytes,
      requestTimeoutMs: 500,
      accept(spans) {
        if (failure) throw failure;
        received.push(spans);
      },
      identity: () => ({ product: 'spanhop' }),
      onUnreadable: (reason) => unreadable.push(reason === 'grpc' ? reason : reason.message),
      onRefused: (refusal) => refused.push(refusal),
      onError: () => undefined,
    });
    port = await listen(server, '127.0.0.1', 0);
  });
  afterEach(() => close(server));

  async function ask(
    path: string,
    {
      method = 'POST',
      type = json,
      body = Buffer.from('{}'),
      headers = {},
    }: {
      method?: string;
      type?: string | undefined;
      body?: Buffer;
      headers?: Record<string, string>;
    } = {},
  ): Promise<Answer> {
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { ...(type === '' ? {} : { 'content-type': type }), ...headers },
    });
    sent.end(method === 'POST' ? body : undefined);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    // The server may close before it has read everything.
    sent.on('error', () => undefined);
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(parts),
    };
  }
  const spanCount = () => received.reduce((sum, { spans }) => sum + spans.length, 0);
  const reason = ({ body }: Answer) => (JSON.parse(body.toString()) as { message: string }).message;

  it('takes JSON and protobuf, gzip and plain, and answers in kind', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    for (const headers of [{}, gzip]) {
      const encode = (body: Buffer) => (headers === gzip ? gzipSync(body) : body);
      const text = await ask('/v1/traces', { body: encode(asJson(bodyOf(span))), headers });
      assert.deepEqual(
        [text.status, text.headers['content-type'], text.body.toString()],
        [200, json, '{}'],
      );
      const bytes = await ask('/v1/traces', {
        type: binary,
        body: encode(asProtobuf(bodyOf(span))),
        headers,
      });
      assert.deepEqual(
        [bytes.status, bytes.headers['content-type'], bytes.body.length],
        [200, binary, 0],
      );
    }
    assert.equal(spanCount(), 4);
    const charset = await ask('/v1/traces', {
      type: 'Application/JSON; charset=utf-8',
      body: asJson(bodyOf(span)),
    });
    assert.equal(charset.status, 200);
  });

  it('says which spans it dropped and keeps the others', async () => {
    const body = bodyOf(span, { ...span, spanId: '0000000000000000' });
    const text = await ask('/v1/traces', { body: asJson(body) });
    const { partialSuccess } = JSON.parse(text.body.toString()) as {
      partialSuccess: { rejectedSpans: string; errorMessage: string };
    };
    assert.equal(partialSuccess.rejectedSpans, '1');
    assert.match(partialSuccess.errorMessage, /^resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[1\]: /);
    const bytes = await ask('/v1/traces', { type: binary, body: asProtobuf(body) });
    const type = typeOf('ExportTraceServiceResponse');
    const decoded = type.toObject(type.decode(bytes.body), { longs: String }) as {
      partialSuccess: { rejectedSpans: string };
    };
    assert.equal(decoded.partialSuccess.rejectedSpans, '1');
    assert.equal(spanCount(), 2);
  });

  it('accepts metrics and logs and drops them, so that exporters of all signals are quiet', async () => {
    for (const path of ['/v1/metrics', '/v1/logs'])
      assert.deepEqual([(await ask(path)).status, spanCount()], [200, 0]);
  });

  it('refuses a body that is nothing but empty values, before any is made', async () => {
    const body = Buffer.from(`{"resourceSpans":[${'{},'.repeat(30_000)}{}]}`);
    const answer = await ask('/v1/traces', { body });
    assert.equal(answer.status, 400);
    assert.match(reason(answer), /more values than spans of its size have/);
  });

  it('answers a failure with a reason, as the request was typed', async () => {
    const text = await ask('/v1/traces', { body: Buffer.from('<html>') });
    assert.equal(text.status, 400);
    assert.equal(reason(text), 'The body is not JSON.');
    const bytes = await ask('/v1/traces', { type: binary, body: Buffer.from('<html>') });
    assert.equal(bytes.status, 400);
    const status = statusType.toObject(statusType.decode(bytes.body)) as {
      code: number;
      message: string;
    };
    assert.equal(status.code, 3);
    assert.match(status.message, /protobuf/);
  });

  const wrong: readonly [string, number, string, Parameters<typeof ask>[1]][] = [
    ['JSON of another shape', 400, '/v1/traces', { body: asJson({ resourceSpans: 5 }) }],
    ['null', 400, '/v1/traces', { body: Buffer.from('null') }],
    ['broken gzip', 400, '/v1/traces', { headers: { 'content-encoding': 'gzip' } }],
    ['an unknown path', 404, '/', {}],
    ['a path outside', 404, '/v1/traces/../../etc/passwd', {}],
    ['GET for traces', 405, '/v1/traces', { method: 'GET' }],
    ['POST for the identity', 405, '/spanhop', {}],
    ['no content type', 415, '/v1/traces', { type: '' }],
    ['another content type', 415, '/v1/traces', { type: 'text/plain' }],
    ['another encoding', 415, '/v1/traces', { headers: { 'content-encoding': 'br' } }],
    ['a body beyond the limit', 413, '/v1/traces', { body: Buffer.alloc(maxBodyBytes + 1, ' ') }],
    ['50 MB', 413, '/v1/traces', { body: Buffer.alloc(50_000_000, ' ') }],
    [
      'a zip bomb',
      413,
      '/v1/traces',
      { body: gzipSync(Buffer.alloc(50_000_000)), headers: { 'content-encoding': 'gzip' } },
    ],
  ];
  for (const [what, status, path, options] of wrong)
    it(`refuses ${what} with ${status} and goes on`, async () => {
      const answer = await ask(path, options);
      assert.equal(answer.status, status);
      assert.ok(reason(answer).length > 10);
      assert.equal((await ask('/v1/traces', { body: asJson(bodyOf(span)) })).status, 200);
    });

  it('stops reading a body that grows beyond the limit without having said so', async () => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path: '/v1/traces',
      method: 'POST',
      headers: { 'content-type': json },
    });
    for (let part = 0; part < 3; part++) sent.write(Buffer.alloc(maxBodyBytes / 2, ' '));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    sent.on('error', () => undefined);
    assert.equal(response.statusCode, 413);
    sent.destroy();
  });

  const ports = ['', ':80', ':4318'];
  const answered = [
    ...['localhost', 'LocalHost', 'localhost.', 'api.localhost'],
    ...['127.0.0.1', '127.0.0.1.', '172.17.0.1', '0.0.0.0', '[::1]', '[fd00::2]', '[::ffff:a00:1]'],
    ...['host.docker.internal', 'HOST.Docker.Internal', 'host.docker.internal.'],
    ...['gateway.docker.internal', 'kubernetes.docker.internal', 'host.containers.internal'],
    ...['host.lima.internal', 'host.minikube.internal', 'host.orb.internal', 'host.k3d.internal'],
    ...['spanhop', 'my_app', 'devbox.local'],
  ];
  for (const name of answered)
    it(`answers programs under ${name}, on any port`, async () => {
      for (const port of ports) {
        const headers = { host: name + port };
        const answer = await ask('/v1/traces', { body: asJson(bodyOf(span)), headers });
        assert.equal(answer.status, 200, headers.host);
      }
      assert.equal(spanCount(), ports.length);
      assert.deepEqual(refused, []);
    });

  const unanswered = [
    ...['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', 'evil-localhost.com'],
    ...['host.docker.internal.evil.example', 'internal.example', 'docker.internals', '1.2.3'],
    ...[
      '[::1',
      '[evil.example]',
      '::1',
      'localhost..',
      '.internal',
      'a b',
      'evil.example#.internal',
    ],
    ...[':4318', 'localhost:port', 'user@host.docker.internal'],
  ];
  for (const name of unanswered)
    it(`is closed to ${name}, which a page may have under DNS rebinding`, async () => {
      for (const port of ports) {
        const headers = { host: name + port };
        const answer = await ask('/v1/traces', { body: asJson(bodyOf(span)), headers });
        assert.equal(answer.status, 403, headers.host);
        assert.match(
          reason(answer),
          /Set the endpoint to an IP address, localhost, or host\.docker\.internal/,
        );
        assert.equal((await ask('/spanhop', { method: 'GET', headers })).status, 403);
      }
      assert.equal(spanCount(), 0);
      assert.deepEqual(
        refused.map(({ kind, sender }) => [kind, sender]),
        ports.map((port) => ['name', name + port]),
      );
    });

  it('is closed to every web page, under any name', async () => {
    const origins = ['https://evil.example', 'http://localhost:3000', 'null', ''];
    for (const name of answered)
      for (const origin of [...origins, `http://${name}:4318`]) {
        const headers = { host: `${name}:4318`, origin };
        for (const method of ['POST', 'OPTIONS']) {
          const answer = await ask('/v1/traces', { method, body: asJson(bodyOf(span)), headers });
          assert.equal(answer.status, 403, JSON.stringify(headers));
          assert.match(reason(answer), /^Rejected because it comes from a web page/);
        }
        assert.equal((await ask('/spanhop', { method: 'GET', headers })).status, 403);
      }
    assert.equal(spanCount(), 0);
    assert.ok(refused.every(({ kind }) => kind === 'page'));
  });

  it('sends no header that would let a page read an answer', async () => {
    const { headers } = await ask('/spanhop', { method: 'GET' });
    assert.deepEqual(
      Object.keys(headers).filter((name) => name.startsWith('access-control')),
      [],
    );
  });

  it('asks the exporter to try again when the store fails', async () => {
    failure = new Error('disk full');
    const answer = await ask('/v1/traces', { body: asJson(bodyOf(span)) });
    assert.deepEqual([answer.status, answer.headers['retry-after']], [503, '5']);
  });

  it('survives what is not HTTP, and clients that leave half-way', async () => {
    for (const text of [
      '\0\0\0\0',
      'POST /v1/traces HTTP/1.1\r\nHost: localhost:1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"re',
    ]) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(text);
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket.destroy();
    }
    assert.equal((await ask('/v1/traces', { body: asJson(bodyOf(span)) })).status, 200);
  });

  it('cuts off a client that never finishes its body', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nHost: localhost:1\r\nContent-Type: application/json\r\n' +
        'Content-Length: 1000\r\n\r\n{',
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1.1 408 /);
    await once(socket, 'close');
  });

  it('tells of bodies that nobody can read, and of a sender that speaks gRPC', async () => {
    await ask('/v1/traces', { body: Buffer.from('<html>') });
    await ask('/v1/traces', { type: 'text/html' });
    await ask('/v1/traces', {
      body: Buffer.from('1f8b08', 'hex'),
      headers: { 'content-encoding': 'gzip' },
    });
    await ask('/elsewhere');
    await ask('/v1/traces', { body: asJson(bodyOf(span)) });
    const client = connectHttp2(`http://127.0.0.1:${String(port)}`);
    client.on('error', () => undefined);
    await new Promise((resolve) => client.once('close', resolve));
    assert.deepEqual(unreadable, [
      'The body is not JSON.',
      'Send application/x-protobuf or application/json.',
      'The body is not gzip, or was cut short.',
      'grpc',
    ]);
  });

  it('tells who it is', async () => {
    const { body } = await ask('/spanhop', { method: 'GET' });
    assert.deepEqual(JSON.parse(body.toString()), { product: 'spanhop' });
  });
});
