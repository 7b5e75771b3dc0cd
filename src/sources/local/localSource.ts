import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { Log, TraceSource } from '../../core/ports.ts';
import { readFigures } from './read/figures.ts';
import { listOperations, listServices } from './read/names.ts';
import { searchTraces } from './read/search.ts';
import { readSample, readTrace } from './read/traces.ts';
import { readTraceId } from '../search/traceId.ts';
import { StoreFile } from './storeFile.ts';

/**
 * The store that the embedded receiver fills, read while it is written. No store yet answers as an empty
 * one. Queries are synchronous and bounded in rows and bytes, so they belong in a worker.
 */
export function openLocalSource({
  databasePath,
}: {
  readonly databasePath: string;
  readonly log: Log;
}): TraceSource {
  const store = new StoreFile(databasePath);
  return {
    label: message('Local traces'),
    capabilities: {
      completeFigures: true,
      searchAllServices: true,
      searchSlowest: true,
      listsCheaply: true,
      limitations: [],
    },
    services: (signal) => answer(signal, () => store.ask([], listServices)),
    operations: (service, signal) =>
      answer(signal, () => store.ask([], (database) => listOperations(database, service))),
    search: (query, signal) => searchTraces(store, query, signal),
    sample: (query, signal) => readSample(store, query, signal),
    trace: (traceId, signal) =>
      answer(signal, () => {
        const id = readTraceId(traceId);
        return store.ask(undefined, (database) => readTrace(database, id)) ?? notFound(id);
      }),
    figures: (window, signal) =>
      answer(signal, () => readFigures(store, window, Date.now() * 1_000)),
    dispose: () => store.close(),
  };
}

/** What synchronous work answers, or throws, as a promise; nothing is read when already aborted. */
async function answer<T>(signal: AbortSignal, read: () => T): Promise<T> {
  await Promise.resolve();
  signal.throwIfAborted();
  return read();
}

function notFound(traceId: string): never {
  throw new SourceError(
    'notFound',
    message(
      "Trace {0} isn't in Local traces. It may have been deleted to make room for newer ones.",
      traceId,
    ),
  );
}
