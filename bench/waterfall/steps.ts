import { buildTrace } from '../../src/core/trace/build.ts';
import { Correlation } from '../../src/engine/correlation.ts';
import { mappedTrace } from '../../src/engine/mappedTrace.ts';
import { openedTrace } from '../../src/engine/openedTrace.ts';
import { openTraceSource } from '../../src/sources/openSource.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openIndex } from '../../test/support/openIndex.ts';
import { benchSource } from './benchSource.ts';

/** What the bench starts this process with. */
export interface StepsWanted {
  readonly jaegerUrl: string;
  readonly workspace: string;
  readonly traceId: string;
}

/** What the engine does with a trace, step by step, in ms; the same functions as in its thread. */
export interface StepFigures {
  /** Until the answer was there, parsed and checked. */
  readonly readMs: number;
  /** Of an answer that is there already: `JSON.parse` of it all, to compare with. */
  readonly jsonParseMs: number | undefined;
  readonly buildMs: number;
  readonly mapMs: number;
  /** The columns that the page gets. */
  readonly columnsMs: number;
  readonly mappedSpans: number;
  /** Of the engine, MB, with the trace and nothing else. */
  readonly engineHeapMB: number;
}

async function steps({ jaegerUrl, workspace, traceId }: StepsWanted): Promise<StepFigures> {
  const correlation = new Correlation();
  const index = await openIndex(workspace, true);
  correlation.setIndex(index.current, {
    folders: [workspace],
    serviceFolders: {},
    pathMappings: [],
  });
  const nothing = () => undefined;
  const source = openTraceSource(benchSource(jaegerUrl), {
    clock: systemClock,
    log: { info: nothing, warn: nothing, error: console.error },
  });
  const { signal } = new AbortController();
  await source.services(signal);
  const times: number[] = [];
  const timed = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work();
    times.push(performance.now() - begun);
    return result;
  };
  const answer = await timed(() => source.trace(traceId, signal));
  const built = await timed(() => buildTrace(answer.spans));
  const kept = await timed(() => mappedTrace({ answer, built }, correlation));
  const opened = await timed(() => openedTrace(kept));
  const [readMs = 0, buildMs = 0, mapMs = 0, columnsMs = 0] = times;
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const engineHeapMB = Math.round((heapUsed + external) / 1e6);
  return {
    readMs,
    jsonParseMs: await jsonParse(`${jaegerUrl}/api/traces/${traceId}`),
    buildMs,
    mapMs,
    columnsMs,
    mappedSpans: opened.confidence.filter((code) => code > 0).length,
    engineHeapMB,
  };
}

/** Undefined where the answer is longer than a text can be. */
async function jsonParse(url: string): Promise<number | undefined> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  if (bytes.length > 500_000_000) return undefined;
  const begun = performance.now();
  JSON.parse(bytes.toString('utf8'));
  return performance.now() - begun;
}

process.once('message', (wanted: StepsWanted) => {
  void steps(wanted).then((figures) => {
    process.send?.(figures);
    process.disconnect();
  });
});
