import type { TimeWindow } from '../../src/core/base/timeWindow.ts';
import { service, spansPerTrace } from './traces.ts';

const minuteUs = 60_000_000;

export interface JaegerAnswers {
  readonly bytes: number;
  readonly requests: number;
  readonly traceIds: ReadonlySet<string>;
}

interface Envelope {
  readonly data: readonly { readonly traceID: string }[] | null;
}

/** All traces of the service through Jaeger's JSON API, a minute at a time: what complete figures take. */
export async function readAll(url: string, { start, end }: TimeWindow): Promise<JaegerAnswers> {
  const traceIds = new Set<string>();
  let [bytes, requests] = [0, 0];
  for (let at: number = start; at < end; at += minuteUs) {
    // Jaeger reads three index rows for each trace asked for, and there is a row for each span.
    const limit = 2_000 * spansPerTrace;
    const answer = await ask(url, { start: at, end: at + minuteUs, limit });
    bytes += answer.bytes;
    requests += 1;
    for (const id of answer.traceIds) traceIds.add(id);
  }
  return { bytes, requests, traceIds };
}

/** One search. */
export async function ask(
  url: string,
  parameters: Readonly<Record<string, string | number>>,
): Promise<JaegerAnswers> {
  const query = new URLSearchParams({ service });
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value));
  const response = await fetch(`${url}/api/traces?${query.toString()}`);
  const text = await response.text();
  const { data } = JSON.parse(text) as Envelope;
  const traceIds = new Set(data?.map(({ traceID }) => traceID.padStart(32, '0')));
  return { bytes: Buffer.byteLength(text), requests: 1, traceIds };
}
