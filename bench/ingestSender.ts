import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { recordedTraces, replayTrace, sdkProvider } from '../test/support/sdkSpans.ts';

/** Run as a child process: makes batches with the real exporter, tells their number, sends them when asked to. */
const spansWanted = Number(process.argv[2]);
const connections = 4;

/** The bodies a real exporter sent for so many spans, in its default batches of 512. */
async function recordBatches(): Promise<readonly Buffer[]> {
  const bodies: Buffer[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      bodies.push(Buffer.concat(parts));
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const exporter = new OTLPTraceExporter({ url: `http://127.0.0.1:${port}/v1/traces` });
  const provider = sdkProvider('shop-api', new BatchSpanProcessor({ exporter, maxQueueSize: 1e6 }));
  const traces = recordedTraces();
  const start = Date.now() - 60_000;
  for (let sent = 0, turn = 0; sent < spansWanted; turn++) {
    const trace = traces[turn % traces.length]!;
    replayTrace(provider, trace, start + turn);
    sent += trace.length;
    if (turn % 100 === 99) await provider.forceFlush();
  }
  await provider.shutdown();
  server.close();
  return bodies;
}

async function send(bodies: readonly Buffer[], port: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const queue = bodies.values();
  const takeTurns = async () => {
    for (const body of queue) {
      const sent = request({
        agent,
        host: '127.0.0.1',
        port,
        path: '/v1/traces',
        method: 'POST',
        headers: { 'Content-Type': 'application/x-protobuf', 'Content-Length': body.length },
      });
      sent.end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      if (response.statusCode !== 200) throw new Error(`answered ${String(response.statusCode)}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, takeTurns));
  agent.destroy();
}

async function main(): Promise<void> {
  const bodies = await recordBatches();
  const bytes = bodies.reduce((sum, body) => sum + body.length, 0);
  process.send?.({ batches: bodies.length, bytes });
  const [port] = (await once(process, 'message')) as [number];
  await send(bodies, port);
  process.disconnect();
}

void main();
