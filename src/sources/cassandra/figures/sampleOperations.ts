import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { Tolerant } from '../../search/tolerant.ts';
import { countedAs } from './countedAs.ts';
import type { ReadBudget } from './readBudget.ts';
import { textOf, type FiguresTables, type NamedOperation } from './reading.ts';
import type { SpanSample } from './spanSample.ts';

/** Traces of each operation that errors are counted in. */
const wantedTraces = 20;
/** Spans read in one refresh, of all operations together. */
const mostSpans = 2_000;
/** Of one trace: what an operation's span says doesn't need the others. */
const mostSpansOfTrace = 500;
/** Operations looked at for the first time in one refresh that may well answer no request. */
const mostUnknown = 50;

export interface SampleOptions {
  readonly tables: FiguresTables;
  readonly sample: SpanSample;
  readonly budget: ReadBudget;
  readonly tolerant: Tolerant;
}

export interface Sampled {
  /** Operations with spans in the window that answer requests. */
  readonly counted: readonly NamedOperation[];
  /** How many may have some, and weren't looked at yet. */
  readonly unknown: number;
}

/**
 * Reads some of the newest traces of the operations of servers and consumers, and of those that were seen to answer
 * requests (NestJS's, GraphQL's, jobs): what their keys are, and how many fail. Then looks at a few of which nothing
 * is known. What was seen is remembered: in a steady state it is a trace of each operation.
 */
export async function sampleOperations(
  operations: readonly NamedOperation[],
  window: TimeWindow,
  options: SampleOptions,
): Promise<Sampled> {
  const { sample } = options;
  const reader = new TraceReader(window, options);
  const isCounted = (operation: NamedOperation) =>
    countedAs(operation, sample.of(operation)) !== undefined;
  const isUnknown = (operation: NamedOperation) => sample.of(operation).length === 0;
  const isWanted = (operation: NamedOperation) => isEntry(operation) || isCounted(operation);

  await reader.read(operations.filter(isWanted), wantedTraces);
  const unknown = operations.filter((one) => !isWanted(one) && isUnknown(one));
  await reader.read(unknown.slice(0, mostUnknown), 1);
  // What the others' traces have shown besides.
  await reader.read(
    operations.filter((one) => isCounted(one) && !reader.has(one)),
    wantedTraces,
  );
  const left = unknown.slice(mostUnknown).filter(isUnknown);
  return {
    counted: operations.filter((one) => isCounted(one) && !reader.isIdle(one)),
    unknown: left.length + operations.filter((one) => reader.isUnread(one)).length,
  };
}

/** Servers and consumers answer requests. */
export const isEntry = ({ kinds }: NamedOperation): boolean =>
  kinds.includes('server') || kinds.includes('consumer');

class TraceReader {
  readonly #window: TimeWindow;
  readonly #options: SampleOptions;
  /** The newest traces of each operation that was asked for. */
  readonly #newest = new Map<string, readonly string[]>();
  #spans = 0;

  constructor(window: TimeWindow, options: SampleOptions) {
    this.#window = window;
    this.#options = options;
  }

  has(operation: NamedOperation): boolean {
    return this.#newest.has(textOf(operation));
  }

  /** No span of it starts within the window. */
  isIdle(operation: NamedOperation): boolean {
    return this.#newest.get(textOf(operation))?.length === 0;
  }

  /** It has spans in the window, and none was read. */
  isUnread(operation: NamedOperation): boolean {
    const isBusy = (this.#newest.get(textOf(operation))?.length ?? 0) > 0;
    return isBusy && this.#options.sample.of(operation).length === 0;
  }

  /** The newest trace of each, then the next of each: when there is no room for all, each has some. */
  async read(operations: readonly NamedOperation[], most: number): Promise<void> {
    const { tolerant, tables, budget } = this.#options;
    await tolerant.each(operations, async (operation, signal) => {
      budget.check();
      const traces = await tables.newestTraces(operation, this.#window, most, signal);
      budget.sent(traces.length);
      this.#newest.set(textOf(operation), traces);
    });
    const wanted = Array.from({ length: most }, (_, rank) =>
      operations.flatMap((operation) => this.#traceAt(operation, rank)),
    ).flat();
    await tolerant.each(wanted, async ([operation, traceId], signal) => {
      if (this.#spans < mostSpans) await this.#readTrace(operation, traceId, signal);
    });
  }

  /** Where enough were seen already, only the newest. */
  #traceAt(
    operation: NamedOperation,
    rank: number,
  ): readonly (readonly [NamedOperation, string])[] {
    const traceId = this.#newest.get(textOf(operation))?.[rank];
    const isEnough = this.#options.sample.within(operation, this.#window).length >= wantedTraces;
    return traceId === undefined || (rank > 0 && isEnough) ? [] : [[operation, traceId]];
  }

  /** Whole where nothing is known of the operation: the others in it are known then, too. */
  async #readTrace(operation: NamedOperation, traceId: string, signal: AbortSignal): Promise<void> {
    const { sample } = this.#options;
    const isKnown = () => sample.of(operation).length > 0;
    const isRead = () => sample.has(traceId, operation.name);
    if (!isKnown() && !isRead()) await this.#readSpans(traceId, undefined, signal);
    if (!isKnown() || !isRead()) await this.#readSpans(traceId, operation.name, signal);
  }

  async #readSpans(traceId: string, name: string | undefined, signal: AbortSignal): Promise<void> {
    const { tables, sample, budget } = this.#options;
    budget.check();
    const spans = await tables.spans(traceId, name, mostSpansOfTrace, signal);
    budget.sent(spans.length);
    this.#spans += spans.length;
    sample.add(traceId, name, spans);
  }
}
