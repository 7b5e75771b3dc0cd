import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { disposable } from '../../src/core/base/disposable.ts';
import { usualHabits } from '../../src/core/waterfall/rowHabits.ts';
import { startEngine, type EngineClient } from '../../src/engine/client.ts';
import { shownDetail, shownPeers } from '../../src/host/waterfall/shownDetail.ts';
import { ShownTrace } from '../../src/host/waterfall/shownTrace.ts';
import { Rpc, type Channel, type Handlers } from '../../src/protocol/rpc.ts';
import type { WaterfallHostMethods } from '../../src/protocol/waterfall.ts';
import { waterfallHtml } from '../../src/protocol/waterfallHtml.ts';
import { benchSource } from './benchSource.ts';
import { start } from './madeTrace.ts';
import { packed } from './messages.ts';

/** What the bench starts this process with. */
export interface HostWanted {
  readonly jaegerUrl: string;
  readonly workspace: string;
  readonly traceId: string;
}
export interface HostReady {
  readonly port: number;
}
/** Milliseconds since 1970 at which the engine's answer was here. */
export interface TraceAnswered {
  readonly answeredAt: number;
}

/** The extension's host as far as a waterfall needs it: the built engine in its thread, and the page's questions. */
const dist = (name: string): string => new URL(`../../dist/${name}`, import.meta.url).pathname;
const nothing = () => undefined;
const hour = 3_600_000_000;
const sampledTraces = 200;
const aroundMade = {
  start: epochMicroseconds(start - hour),
  end: epochMicroseconds(start + hour),
};

async function serve({ jaegerUrl, workspace, traceId }: HostWanted): Promise<void> {
  const engine = startEngine({
    workerPath: dist('engineWorker.cjs'),
    extractWorkerPath: dist('extractWorker.cjs'),
    messages: {},
    log: { info: nothing, warn: nothing, error: console.error },
    onEvent: nothing,
  });
  await engine.call('openWorkspace', {
    folders: [workspace],
    isTrusted: true,
    cacheFolder: undefined,
    exclude: [],
    serviceFolders: {},
    pathMappings: [],
  });
  await engine.call('openSource', benchSource(jaegerUrl));
  await engine.call('checkSource', {});
  // As the editor does: lenses and views stand there before anyone opens a trace.
  await engine.call('endpoints', { window: aroundMade, refresh: true });
  await engine.call('sampleCallSites', { window: aroundMade, traces: sampledTraces });
  await setTimeout(1_000);
  const port = await servePage(engine, traceId, workspace);
  process.send?.({ port } satisfies HostReady);
}

async function servePage(engine: EngineClient, traceId: string, folder: string): Promise<number> {
  const answers = new Map<number, (message: unknown) => void>();
  let ask: (message: unknown) => void = nothing;
  const channel: Channel = {
    post: (message) => {
      if ('id' in message) answers.get(message.id)?.(message);
    },
    listen: (receive) => {
      ask = receive;
      return disposable(nothing);
    },
  };
  const trace = new ShownTrace({ traceId, engine, send: nothing });
  new Rpc(channel, handlers(trace, folder));
  const page = pageFiles(traceId);
  const server = createServer((request, response) => {
    const file = page.get(request.url ?? '');
    if (request.url === '/') trace.begin();
    if (file) response.writeHead(200, { 'content-type': file.type }).end(file.contents);
    else if (request.url === '/message')
      void read(request).then((message) => {
        answers.set(message.id, (answer) => {
          for (const part of packed(answer)) response.write(part);
          response.end();
        });
        ask(message);
      });
    else response.writeHead(204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const read = async (request: IncomingMessage): Promise<{ readonly id: number }> =>
  JSON.parse(await text(request)) as { readonly id: number };

function handlers(trace: ShownTrace, folder: string): Handlers<WaterfallHostMethods> {
  const none = { opened: false, reason: '' };
  const used: Partial<Handlers<WaterfallHostMethods>> = {
    ready: async (_, signal) => {
      const opened = await trace.open(signal);
      process.send?.({
        answeredAt: performance.timeOrigin + performance.now(),
      } satisfies TraceAnswered);
      return { trace: opened, messages: {}, habits: usualHabits };
    },
    spanDetail: async ({ row }, signal) =>
      shownDetail(await trace.detail(row, signal), [folder], ''),
    keepHabits: () => ({}),
    linkedPeers: async ({ row }, signal) => shownPeers(await trace.peers(row, signal), [folder]),
    rowsWithAttribute: (condition, signal) => trace.rowsWithAttribute(condition, signal),
    previewCode: () => none,
    copy: () => ({}),
  };
  return used as Handlers<WaterfallHostMethods>;
}

function pageFiles(traceId: string) {
  const html = waterfallHtml({
    scriptUri: '/waterfall.js',
    styleUri: '/waterfall.css',
    cspSource: "'self'",
    nonce: 'bench',
    title: 'Waterfall',
    traceId,
    language: 'en',
  });
  return new Map([
    ['/', { type: 'text/html', contents: html }],
    ['/waterfall.js', { type: 'text/javascript', contents: readFileSync(dist('waterfall.js')) }],
    ['/waterfall.css', { type: 'text/css', contents: readFileSync(dist('waterfall.css')) }],
  ]);
}

process.once('message', (wanted: HostWanted) => void serve(wanted));
process.on('disconnect', () => process.exit());
