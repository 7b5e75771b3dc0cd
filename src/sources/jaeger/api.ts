import type { Operation } from '../../core/ports.ts';
import { noneDropped } from '../droppedSpanList.ts';
import { readAddress } from './address.ts';
import { inShape, readAnswer, type Asked } from './answer.ts';
import { isUnwritable, readV3, v3Parameters } from './apiV3.ts';
import { readOperations, readServices } from './readNames.ts';
import { readTraces, type JaegerTraces } from './readTraces.ts';
import { openRequests, type Answer, type RequestLimits } from './request.ts';
import { hideSecrets } from './secrets.ts';
import { traceParameters, type TracesQuestion } from './tracesQuestion.ts';

/** The questions Spanhop asks of a Jaeger, whichever of its APIs answers them. */
export interface JaegerApi {
  /** The address without credentials. */
  readonly shown: string;
  /** In no order. */
  services(signal: AbortSignal): Promise<readonly string[]>;
  operations(service: string, signal: AbortSignal): Promise<readonly Operation[]>;
  /** Whole traces with a span that meets the question, at most `limit`, in no order. */
  traces(question: TracesQuestion, signal: AbortSignal): Promise<JaegerTraces>;
  /** One trace; none when there is no such trace. */
  trace(traceId: string, signal: AbortSignal): Promise<JaegerTraces>;
}

/**
 * The JSON API of Jaeger 1.x (and of 2.x up to 2.20) under `<url>/api`; its API v3 where that can't write
 * the answer.
 * @throws SourceError `rejected` when `url` isn't a web address
 * @see https://github.com/jaegertracing/jaeger/blob/v1.67.0/cmd/query/app/http_handler.go
 */
export function openJsonApi({
  url,
  headers,
  ...limits
}: RequestLimits & {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}): JaegerApi {
  const address = readAddress(url);
  const hide = hideSecrets([...Object.values(headers), address.password]);
  const get = openRequests(address, headers, limits, hide);
  const shown = address.shown;

  const ask = async (path: string, parameters: Record<string, string>, signal: AbortSignal) => {
    const answer = await get(path, new URLSearchParams(parameters), signal);
    return { answer, asked: { shown, path, hide } };
  };
  const names = async <T>(read: (data: unknown) => T, ...question: Parameters<typeof ask>) => {
    const { answer, asked } = await ask(...question);
    return inShape(asked, () => read(readAnswer(answer, asked)));
  };
  const tracesAt = async (
    path: string,
    parameters: Record<string, string>,
    parametersV3: Record<string, string>,
    signal: AbortSignal,
  ): Promise<JaegerTraces> => {
    const { answer, asked } = await ask(`/api${path}`, parameters, signal);
    if (isTraceNotFound(answer)) return noTraces;
    if (!isUnwritable(answer)) return tracesIn(answer, asked);
    const second = await ask(`/api/v3${path}`, parametersV3, signal);
    return readV3(second.answer, second.asked);
  };

  return {
    shown,
    services: (signal) => names(readServices, '/api/services', {}, signal),
    operations: (service, signal) => names(readOperations, '/api/operations', { service }, signal),
    traces: (question, signal) =>
      tracesAt('/traces', traceParameters(question), v3Parameters(question), signal),
    trace: (traceId, signal) => tracesAt(`/traces/${traceId}`, {}, {}, signal),
  };
}

const tracesIn = (answer: Answer, asked: Asked): JaegerTraces =>
  inShape(asked, () => readTraces(readAnswer(answer, asked), answer.checkTime));

/** Jaeger's own 404, which says so in its envelope; another one comes from a wrong path. */
const isTraceNotFound = ({ status, body }: Answer): boolean =>
  status === 404 && body.toString('latin1', 0, 1_000).includes('trace not found');

const noTraces: JaegerTraces = { traces: [], ...noneDropped };
