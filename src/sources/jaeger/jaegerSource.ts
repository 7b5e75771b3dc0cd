import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { fromMilliseconds, later } from '../../core/base/units.ts';
import type { Clock, Log, SourceCapabilities, TraceAnswer, TraceSource } from '../../core/ports.ts';
import { droppedSentence } from '../droppedSentence.ts';
import { readTraceId } from '../search/traceId.ts';
import type { JaegerServer } from './api.ts';
import { findSummaries } from './findSummaries.ts';
import { findTraces } from './findTraces.ts';
import { openJaegerServer } from './jaegerServer.ts';
import { FiguresReader } from './figuresReader.ts';
import type { JaegerSettings } from './settings.ts';

export interface JaegerOptions extends Omit<JaegerSettings, 'kind'> {
  readonly clock: Clock;
  readonly log: Log;
}

/** An answer made of many questions asks no more after this many times the time that one may take. */
const mostTimeouts = 3;

/**
 * The traces of a Jaeger of any release, over its query service. Nothing is asked until a method is called.
 * @throws SourceError `rejected` when `url` isn't a web address
 */
export function openJaegerSource(options: JaegerOptions): TraceSource {
  const { clock, log, sampleSize, timeoutMs } = options;
  const closed = new AbortController();
  const api = openJaegerServer(options);
  const figures = new FiguresReader(api, sampleSize);
  const until = (signal: AbortSignal) => AbortSignal.any([signal, closed.signal]);
  const latenessFromNow = () => {
    const latest = later(clock.now(), fromMilliseconds(timeoutMs * mostTimeouts));
    return () => clock.now() > latest;
  };
  const logCut = <T extends { complete: boolean; reason: string }>(answer: T): T => {
    if (!answer.complete) log.warn(`${api.shown}: ${answer.reason}`);
    return answer;
  };
  return {
    label: message('Jaeger at {0}', api.shown),
    capabilities: capabilities(),
    services: async (signal) => [...new Set(await api.services(until(signal)))].sort(),
    operations: (service, signal) => api.operations(service, until(signal)),
    search: async (query, signal) => {
      const lines = await findSummaries(api, query, latenessFromNow(), until(signal));
      if (lines) return logCut(lines);
      const { traces, ...bounds } = await findTraces(api, query, latenessFromNow(), until(signal));
      return logCut({ traces: traces.map(({ summary }) => summary), ...bounds });
    },
    sample: async (query, signal) => {
      const { traces, ...bounds } = await findTraces(api, query, latenessFromNow(), until(signal));
      return logCut({ traces: traces.map(({ spans }) => spans), ...bounds });
    },
    trace: async (id, signal) => logCut(await readTrace(api, readTraceId(id), until(signal))),
    figures: async (window, signal) => {
      const answer = await figures.read(window, latenessFromNow(), until(signal));
      return logCut({ ...answer, fetchedAt: clock.now() });
    },
    dispose: () => closed.abort(),
  };
}

async function readTrace(
  api: JaegerServer,
  traceId: string,
  signal: AbortSignal,
): Promise<TraceAnswer> {
  const answer = await api.trace(traceId, signal);
  const spans = answer.traces.flatMap((trace) => trace.spans);
  if (spans.length === 0 && answer.droppedCount === 0)
    throw new SourceError(
      'notFound',
      message(
        "Trace {1} isn't in {0}. It may have expired, or not have arrived yet.",
        api.shown,
        traceId,
      ),
    );
  const { dropped, droppedCount } = answer;
  const reason = droppedSentence(answer, message('the Jaeger response'));
  return { spans, dropped, droppedCount, complete: reason === '', reason };
}

const capabilities = (): SourceCapabilities => ({
  completeFigures: false,
  searchAllServices: true,
  searchSlowest: true,
  limitations: [
    message(
      'Unless Jaeger has a metrics store, metrics are based on the latest traces of each service and endpoint.',
    ),
  ],
});
