import type { Operation } from '../../core/ports.ts';
import { noneDropped } from '../droppedSpanList.ts';
import { inShape } from '../http/jsonAnswer.ts';
import { openServer, type Answer, type ServerOptions } from '../http/httpServer.ts';
import { isUnwritable, readV3, v3Parameters } from './apiV3.ts';
import { readData } from './envelope.ts';
import { jaeger } from './product.ts';
import { readOperations, readServices } from './readNames.ts';
import { readTraces, type JaegerTraces } from './readTraces.ts';
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
export function openJsonApi(options: ServerOptions): JaegerApi {
  const { shown, get } = openServer(jaeger, options);
  const names = async <T>(read: (data: unknown) => T, ...question: Parameters<typeof get>) => {
    const answer = await get(...question);
    return inShape(answer.asked, () => read(readData(answer)));
  };
  const tracesAt = async (
    path: string,
    parameters: Record<string, string>,
    parametersV3: Record<string, string>,
    signal: AbortSignal,
  ): Promise<JaegerTraces> => {
    const answer = await get(`/api${path}`, parameters, signal);
    if (isTraceNotFound(answer)) return noTraces;
    if (!isUnwritable(answer)) return tracesIn(answer);
    return readV3(await get(`/api/v3${path}`, parametersV3, signal));
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

const tracesIn = (answer: Answer): JaegerTraces =>
  inShape(answer.asked, () => readTraces(readData(answer), answer.checkTime));

/** Jaeger's own 404, which says so in its envelope; another one comes from a wrong path. */
const isTraceNotFound = ({ status, body }: Answer): boolean =>
  status === 404 && body.toString('latin1', 0, 1_000).includes('trace not found');

const noTraces: JaegerTraces = { traces: [], ...noneDropped };
