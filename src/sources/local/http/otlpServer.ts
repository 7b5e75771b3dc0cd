import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isSourceError } from '../../../core/base/sourceError.ts';
import type { OtlpSpans } from '../../otlp/envelope.ts';
import { TooManyValues } from '../../json/layOut.ts';
import { parseJson } from '../../json/parseJson.ts';
import { readOtlpJson } from '../../otlp/json.ts';
import { readOtlpProtobuf } from '../../otlp/protobuf.ts';
import { exportAnswer, failureAnswer, type BodyType } from './answer.ts';
import { readBody, type Buffered } from './body.ts';
import { refusalOf, type Refusal } from './guard.ts';
import { HttpError } from './httpError.ts';

export interface OtlpServerOptions {
  /** Of one body, sent and decompressed. */
  readonly maxBodyBytes: number;
  /** For a whole request: a client slower than this is cut off. */
  readonly requestTimeoutMs: number;
  /** Keeps the spans; they are answered for once it returns. Throws when it can't: the exporter tries again. */
  readonly accept: (received: OtlpSpans) => void;
  /** What `GET /spanhop` tells. */
  readonly identity: () => object;
  /** Spans came that can't be read; `grpc`: by another protocol than is spoken here. */
  readonly onUnreadable: (reason: HttpError | 'grpc') => void;
  /** Spans came from where they are not taken. */
  readonly onRefused: (refusal: Refusal) => void;
  readonly onError: (error: unknown) => void;
}

const connections = 128;

/** As Node answers them where nobody listens. */
const clientErrors: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

const traces = '/v1/traces';
/** Of a delivery that no later one is better than. */
const unreadable: ReadonlySet<number> = new Set([400, 413, 415]);
/** SDKs often send all three signals to one endpoint: these are accepted and dropped, so that none logs errors. */
const dropped = ['/v1/metrics', '/v1/logs'];

/** OTLP/HTTP as https://opentelemetry.io/docs/specs/otlp/#otlphttp has it. Not listening yet. */
export function createOtlpServer(options: OtlpServerOptions): Server {
  const buffered: Buffered = { bytes: 0 };
  const server = createServer(
    {
      headersTimeout: options.requestTimeoutMs,
      requestTimeout: options.requestTimeoutMs,
      connectionsCheckingInterval: options.requestTimeoutMs / 10,
    },
    (request, response) => {
      void answer(request, response);
    },
  );
  server.maxConnections = connections;
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'HPE_PAUSED_H2_UPGRADE') options.onUnreadable('grpc');
    if (socket.writable)
      socket.end(`HTTP/1.1 ${clientErrors[error.code ?? ''] ?? '400 Bad Request'}\r\n\r\n`);
    else socket.destroy();
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      await route(request, response);
    } catch (error) {
      if (error instanceof HttpError && unreadable.has(error.status)) options.onUnreadable(error);
      fail(request, response, error);
    }
  };

  const route = async (request: IncomingMessage, response: ServerResponse) => {
    const [path] = (request.url ?? '').split('?');
    const refusal = refusalOf(request);
    if (refusal !== undefined) {
      if (path === traces) options.onRefused(refusal);
      throw new HttpError(403, refusal.reason);
    }
    if (path === '/spanhop') {
      allowOnly(request, 'GET');
      send(response, 200, 'application/json', Buffer.from(JSON.stringify(options.identity())));
    } else if (path === traces || dropped.includes(path ?? '')) {
      allowOnly(request, 'POST');
      await receive(request, response, path === traces);
    } else throw new HttpError(404, `Nothing is here. Spans go to ${traces}.`);
  };

  const receive = async (request: IncomingMessage, response: ServerResponse, keep: boolean) => {
    const type = bodyTypeOf(request);
    if (type === undefined)
      throw new HttpError(415, 'Send application/x-protobuf or application/json.');
    const body = await readBody(request, options.maxBodyBytes, buffered);
    send(response, 200, type, keep ? accept(type, body) : exportAnswer(type, 0, ''));
  };

  const accept = (type: BodyType, body: Buffer): Buffer => {
    const received = decode(type, body);
    try {
      options.accept(received);
    } catch (error) {
      options.onError(error);
      throw new HttpError(503, 'The spans could not be stored.', { 'Retry-After': '5' });
    }
    const [first] = received.dropped;
    const reason = first ? `${first.position}: ${first.reason}` : '';
    return exportAnswer(type, received.droppedCount, reason);
  };

  const fail = (request: IncomingMessage, response: ServerResponse, error: unknown) => {
    if (!(error instanceof HttpError)) {
      // The client went away, or was too slow.
      if (request.destroyed) return;
      options.onError(error);
    }
    const { status, message, headers } =
      error instanceof HttpError ? error : new HttpError(500, 'The receiver failed: see its log.');
    const type = bodyTypeOf(request) ?? 'application/json';
    send(response, status, type, failureAnswer(type, status, message), headers);
    // The rest of the body is thrown away, so that the client can finish and read why.
    request.resume();
  };
  return server;
}

function decode(type: BodyType, body: Buffer): OtlpSpans {
  try {
    return type === 'application/json' ? readOtlpJson(parseBody(body)) : readOtlpProtobuf(body);
  } catch (error) {
    if (isSourceError(error)) throw new HttpError(400, `${error.message} ${error.detail}`.trim());
    if (error instanceof SyntaxError) throw new HttpError(400, 'The body is not JSON.');
    if (error instanceof TooManyValues)
      throw new HttpError(400, 'The body holds more values than spans of its size have.');
    throw error;
  }
}

/** Characters that a value of OTLP needs at the least: `{"key":"a","value":{}}` are four. */
const leastPerValue = 4;
/** Never too many, whatever they look like. */
const alwaysFine = 10_000;

function parseBody(body: Buffer): unknown {
  const mostValues = Math.max(alwaysFine, body.length / leastPerValue);
  return parseJson(body.toString('utf8'), { mostValues, checkTime: () => undefined });
}

function bodyTypeOf({ headers }: IncomingMessage): BodyType | undefined {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type === 'application/json' || type === 'application/x-protobuf' ? type : undefined;
}

function allowOnly({ method }: IncomingMessage, allowed: string): void {
  if (method !== allowed)
    throw new HttpError(405, `Only ${allowed} is answered here.`, { Allow: allowed });
}

function send(
  response: ServerResponse,
  status: number,
  type: BodyType,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': body.length });
  response.end(body);
}
