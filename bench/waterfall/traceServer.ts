import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { jaegerAnswer, madeTraces, searchAnswer } from './madeTrace.ts';
import { plainPage } from './plainPage.ts';

/** What the bench asks of this process: to have another trace ready; it says how many bytes that has. */
export interface TraceWanted {
  readonly name: string;
}
export interface TraceReady {
  readonly port: number;
  readonly bytes: number;
}

/** Jaeger's answers for the one made trace that is wanted, the plain page, and Jaeger UI where its folder is named. */
const jaegerUi = process.env['JAEGER_UI_DIR'];
const found = searchAnswer();
let answer: readonly Buffer[] = [];
let bytes = 0;

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://server');
  if (pathname.startsWith('/api/traces/')) sendTrace(response);
  else if (pathname === '/api/traces')
    response.writeHead(200, { 'content-type': 'application/json' }).end(found);
  else if (pathname === '/api/services') sendJson(response, ['gateway', 'things-api']);
  else if (pathname.startsWith('/api/')) sendJson(response, []);
  else if (pathname.startsWith('/plain/'))
    response.writeHead(200, { 'content-type': 'text/html' }).end(plainPage);
  else void sendFile(response, pathname);
});

function sendTrace(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes });
  const pieces = answer.values();
  const send = (): void => {
    for (const piece of pieces)
      if (!response.write(piece)) {
        response.once('drain', send);
        return;
      }
    response.end();
  };
  send();
}

const sendJson = (response: ServerResponse, data: unknown) =>
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null }));

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A file of Jaeger UI; its page for every path that is none. */
async function sendFile(response: ServerResponse, pathname: string): Promise<void> {
  if (jaegerUi === undefined) {
    response.writeHead(404).end();
    return;
  }
  const type = types[extname(pathname)];
  const file = type ? pathname : 'index.html';
  try {
    const contents = await readFile(join(jaegerUi, file));
    response.writeHead(200, { 'content-type': type ?? 'text/html' }).end(contents);
  } catch {
    response.writeHead(404).end();
  }
}

server.listen(0, '127.0.0.1', () => {
  process.on('message', ({ name }: TraceWanted) => {
    const trace = madeTraces.find((one) => one.name === name);
    if (!trace) return;
    answer = [...jaegerAnswer(trace)];
    bytes = answer.reduce((sum, piece) => sum + piece.length, 0);
    const ready: TraceReady = { port: (server.address() as AddressInfo).port, bytes };
    process.send?.(ready);
  });
});
process.on('disconnect', () => process.exit());
