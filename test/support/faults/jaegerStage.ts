import { randomBytes } from 'node:crypto';
import { startJaeger, type RunningJaeger } from '../backends/jaeger.ts';
import { startJaeger2 } from '../backends/jaeger2.ts';
import { eventually } from '../eventually.ts';
import { sendOtlp } from '../sendOtlp.ts';
import { makeSpan } from '../span.ts';
import { withoutJsonApi } from '../withoutJsonApi.ts';
import type { FaultTimes } from './fault.ts';
import { startRelay, type Relay } from './relay.ts';

/** A Jaeger behind a relay, with spans. */
export interface JaegerStage {
  readonly jaeger: RunningJaeger;
  readonly relay: Relay;
  /** The port of Jaeger itself, or of what makes an older one like the newest. */
  readonly behind: number;
  /** `http://127.0.0.1:16686`, of the relay. */
  readonly url: string;
  readonly times: FaultTimes;
  /** Starts Jaeger again and sends it spans: those in its memory went with it. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The first by its JSON API, the second by v3: as from 2.21 on, without what was dropped of the other. */
export type JaegerRelease = 'Jaeger 1.67' | 'Jaeger 2';

/** More than what sockets hold between two processes that don't read: such a response can stop in the middle. */
export const longResponse = 12_000_000;

/**
 * Starts it.
 * @param bytes of the spans it is sent, about
 */
export async function stageJaeger(
  release: JaegerRelease,
  times: FaultTimes,
  bytes = 0,
): Promise<JaegerStage> {
  const jaeger = await (release === 'Jaeger 2' ? startJaeger2() : startJaeger());
  const front = release === 'Jaeger 2' ? await withoutJsonApi(jaeger.url) : undefined;
  const behind = Number(new URL(front?.url ?? jaeger.url).port);
  const relay = await startRelay(behind);
  await sendRequests(jaeger, bytes);
  return {
    jaeger,
    relay,
    behind,
    url: `http://127.0.0.1:${String(relay.port)}`,
    times,
    restart: async () => {
      await jaeger.restart();
      await sendRequests(jaeger, bytes);
    },
    close: async () => {
      await relay.close();
      await front?.close();
      await jaeger.stop();
    },
  };
}

const requests = 20;

/** Twenty requests of one route, a minute ago, and waits until Jaeger has them. */
async function sendRequests({ url, otlp }: RunningJaeger, bytes: number): Promise<void> {
  const start = (Date.now() - 60_000) * 1_000;
  for (let sent = 0; sent < requests; sent += 1)
    await sendOtlp(otlp, [
      makeSpan({
        id: randomBytes(8).toString('hex'),
        traceId: randomBytes(16).toString('hex'),
        name: 'GET /orders/:id',
        kind: 'server',
        start: start + sent * 1_000_000,
        duration: 20_000 + sent,
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/orders/:id',
          // Of random letters, which no compression makes less of.
          ...(bytes > 0 && { note: randomBytes((bytes / requests) * 0.75).toString('base64') }),
        },
      }),
    ]);
  await eventually(
    'the traces',
    async () => {
      const answer = await fetch(`${url}/api/traces?service=shop-api&limit=${String(requests)}`);
      return (await answer.json()) as { data: readonly unknown[] };
    },
    ({ data }) => data.length === requests,
  );
}
