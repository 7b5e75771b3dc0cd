import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from './random.mts';
import { sendTo, type Answer, type Request, type Service } from './request.mts';
import { visits, type Visit } from './visits.mts';

export interface TrafficOptions {
  readonly urls: Readonly<Record<Service, string>>;
  /** The same seed, rate and length send the same requests. */
  readonly seed: number;
  /** Visits that begin in a second. */
  readonly rate: number;
  /** Seconds in which visits begin; the last ones end later. */
  readonly seconds: number;
  readonly signal?: AbortSignal;
}

/** What was sent to one route. */
export interface RouteTraffic {
  readonly service: Service;
  readonly method: string;
  /** As Nest registers it. */
  readonly route: string;
  readonly count: number;
  /** Status code to how many. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly meanMs: number;
  readonly maxMs: number;
}

export interface TrafficReport {
  readonly seed: number;
  readonly visits: number;
  readonly requests: number;
  readonly seconds: number;
  /** Most time first. */
  readonly routes: readonly RouteTraffic[];
  /** Requests that got no answer, each with its reason; none when all is well. */
  readonly failures: readonly string[];
}

/** Plays visitors against a running shop. Each kind of visit comes once, then by its weight. */
export async function drive(options: TrafficOptions): Promise<TrafficReport> {
  const { seed, rate, seconds, signal } = options;
  const started = performance.now();
  const sent: { request: Request; answer: Answer }[] = [];
  const failures: string[] = [];
  const running: Promise<void>[] = [];
  const order = createRandom(seed);
  const total = Math.max(1, Math.round(rate * seconds));
  for (let index = 0; index < total && signal?.aborted !== true; index++) {
    const visit = visits[index] ?? choose(order);
    running.push(play(visit, index));
    await pause(started + ((index + 1) * 1_000) / rate - performance.now(), signal);
  }
  await Promise.all(running);
  return {
    ...summary(sent),
    seed,
    visits: running.length,
    seconds: secondsSince(started),
    failures,
  };

  async function play(visit: Visit, index: number): Promise<void> {
    const send = async (request: Request): Promise<Answer> => {
      const answer = await sendTo(options.urls, request);
      sent.push({ request, answer });
      return answer;
    };
    try {
      await visit.run(send, createRandom(seed * 100_003 + index), `${seed}-${index}`);
    } catch (error) {
      failures.push(`${visit.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function choose(random: Random): Visit {
  const weights = visits.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.below(weights);
  return visits.find(({ weight }) => (left -= weight) < 0)!;
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0) return;
  // An abort ends the pause; the caller looks at the signal.
  await sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}

const secondsSince = (started: number): number => Math.round(performance.now() - started) / 1_000;

function summary(sent: readonly { request: Request; answer: Answer }[]) {
  const groups = Map.groupBy(
    sent,
    ({ request }) => `${request.service} ${request.method} ${request.route}`,
  );
  const routes = [...groups.values()].map(routeTraffic);
  routes.sort((a, b) => b.meanMs * b.count - a.meanMs * a.count);
  return { requests: sent.length, routes };
}

function routeTraffic(sent: readonly { request: Request; answer: Answer }[]): RouteTraffic {
  const { service, method, route } = sent[0]!.request;
  const statuses: Record<string, number> = {};
  let totalMs = 0;
  let maxMs = 0;
  for (const { status, durationMs } of sent.map(({ answer }) => answer)) {
    statuses[status] = (statuses[status] ?? 0) + 1;
    totalMs += durationMs;
    maxMs = Math.max(maxMs, durationMs);
  }
  return {
    service,
    method,
    route,
    count: sent.length,
    statuses,
    meanMs: totalMs / sent.length,
    maxMs,
  };
}
