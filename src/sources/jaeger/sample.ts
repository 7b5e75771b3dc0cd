import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { OperationFigures } from '../../core/correlate/figures.ts';
import { keyText, TraceTally } from '../../core/correlate/figuresFromTraces.ts';
import type { FiguresAnswer } from '../../core/ports.ts';
import type { JaegerApi } from './api.ts';
import { askTraces, type AskedTraces } from './askTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** Figures of the traces read so far, each trace once, and why they are not of all there are. */
export class Sample {
  readonly #enough: number;
  readonly #newest: TraceTally;
  readonly #all: TraceTally;
  readonly #read = new Set<string>();
  readonly #reasons = new Set<string>();

  /** @param enough spans of one operation among the newest traces, for these to be counted alone */
  constructor(window: TimeWindow, enough: number) {
    this.#enough = enough;
    this.#newest = new TraceTally(window);
    this.#all = new TraceTally(window);
  }

  because(...reasons: readonly string[]): void {
    for (const reason of reasons) this.#reasons.add(reason);
  }

  /** Counts the newest traces of a service; true when there are more of them than were read. */
  async readNewest(
    api: JaegerApi,
    question: TracesQuestion,
    signal: AbortSignal,
  ): Promise<boolean> {
    const answer = await askTraces(api, question, signal);
    this.#add(answer, [this.#newest, this.#all]);
    return answer.more;
  }

  /** Counts the newest traces of a rare operation. */
  async readRare(api: JaegerApi, question: TracesQuestion, signal: AbortSignal): Promise<void> {
    this.#add(await askTraces(api, question, signal), [this.#all]);
  }

  /** Spans counted among the newest traces, by `operationId`. */
  newestCounts(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { key, durations } of this.#newest.figures()) {
      const id = operationId(key.service, key.name);
      counts.set(id, (counts.get(id) ?? 0) + durations.count);
    }
    return counts;
  }

  /** Figures of all there is count every request: they are a sample only where something is left out. */
  answer(): Pick<FiguresAnswer, 'operations' | 'basis' | 'sampledTraces' | 'complete' | 'reason'> {
    const newest = new Map(this.#newest.figures().map((row) => [keyText(row.key), row]));
    const operations = this.#all.figures().map((row): OperationFigures => {
      const own = newest.get(keyText(row.key));
      return own && own.durations.count >= this.#enough ? own : row;
    });
    const complete = this.#reasons.size === 0;
    return {
      operations,
      basis: complete ? 'complete' : 'sampled',
      sampledTraces: complete ? undefined : this.#read.size,
      complete,
      reason: [...this.#reasons].join(' '),
    };
  }

  #add({ traces, reasons }: AskedTraces, tallies: readonly TraceTally[]): void {
    this.because(...reasons);
    for (const { traceId, spans } of traces) {
      if (this.#read.has(traceId)) continue;
      this.#read.add(traceId);
      for (const tally of tallies) tally.add(spans);
    }
  }
}

export const operationId = (service: string, name: string): string =>
  JSON.stringify([service, name]);
