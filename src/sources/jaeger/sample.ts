import { message } from '../../core/base/message.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { OperationFigures } from '../../core/correlate/figures/figures.ts';
import { TraceTally } from '../../core/correlate/figures/figuresFromTraces.ts';
import { keyText } from '../../core/matching/operations/operationKinds.ts';
import type { FiguresAnswer } from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList } from '../droppedSpanList.ts';
import type { JaegerApi } from './api.ts';
import { askTraces, type AskedTraces } from './askTraces.ts';
import type { TraceBudget } from './traceBudget.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** Spans of the traces kept for the figures of call sites: of larger samples the rest is counted only. */
const mostKeptSpans = 100_000;

type SampleAnswer = Omit<FiguresAnswer, 'window' | 'fetchedAt'>;

/** Figures of the traces read so far, each trace once, and why they are not of all there are. */
export class Sample {
  readonly #enough: number;
  readonly #budget: TraceBudget;
  readonly #newest: TraceTally;
  readonly #all: TraceTally;
  readonly #read = new Set<string>();
  readonly #kept: (readonly RawSpan[])[] = [];
  #keptSpans = 0;
  readonly #reasons = new Set<string>();
  #overloaded = false;
  readonly #dropped = new DroppedSpanList();

  /**
   * @param enough spans of one operation among the newest traces, for these to be counted alone
   * @param budget of all traces read
   */
  constructor(window: TimeWindow, enough: number, budget: TraceBudget) {
    this.#enough = enough;
    this.#budget = budget;
    this.#newest = new TraceTally(window);
    this.#all = new TraceTally(window);
  }

  because(...reasons: readonly string[]): void {
    for (const reason of reasons) this.#reasons.add(reason);
  }

  /** What kept the source from answering it all: it should be asked less. */
  strained(overloaded: boolean): void {
    this.#overloaded ||= overloaded;
  }

  /** Counts the newest traces of a service; true when there are more of them than were read. */
  async readNewest(
    api: JaegerApi,
    question: TracesQuestion,
    signal: AbortSignal,
  ): Promise<boolean> {
    return this.#ask(api, question, signal, [this.#newest, this.#all]);
  }

  /** Counts the newest traces of a rare operation. */
  async readRare(api: JaegerApi, question: TracesQuestion, signal: AbortSignal): Promise<void> {
    await this.#ask(api, question, signal, [this.#all]);
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
  answer(): SampleAnswer {
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
      traces: this.#kept,
      overloaded: this.#overloaded,
      ...this.#dropped.all(),
      complete,
      reason: [...this.#reasons].join(' '),
    };
  }

  /** Asks within the budget: what other questions have taken of it is not asked for. */
  async #ask(
    api: JaegerApi,
    question: TracesQuestion,
    signal: AbortSignal,
    tallies: readonly TraceTally[],
  ): Promise<boolean> {
    const limit = this.#budget.take(question.limit);
    if (limit === 0) return true;
    let unused = limit;
    const mayReadAgain = () => {
      const again = this.#budget.take(limit);
      unused += again;
      return again === limit;
    };
    try {
      const answer = await askTraces(api, { ...question, limit }, signal, mayReadAgain);
      if (answer.shrunk) this.because(fewerTraces(question.service, answer.limit, limit));
      unused -= answer.received;
      this.#overloaded ||= answer.shrunk;
      this.#add(answer, tallies);
      return answer.more;
    } finally {
      this.#budget.giveBack(unused);
    }
  }

  #add(answer: AskedTraces, tallies: readonly TraceTally[]): void {
    if (answer.reason !== '') this.because(answer.reason);
    this.#dropped.addAll(answer, (position) => position);
    for (const { traceId, spans } of answer.traces) {
      if (this.#read.has(traceId)) continue;
      this.#read.add(traceId);
      for (const tally of tallies) tally.add(spans);
      if (this.#keptSpans + spans.length > mostKeptSpans) continue;
      this.#keptSpans += spans.length;
      this.#kept.push(spans);
    }
  }
}

const fewerTraces = (service: string, asked: number, wanted: number): string =>
  message(
    'Only the latest {1} traces of {0} were read instead of {2} because they are large.',
    service,
    asked,
    wanted,
  );

export const operationId = (service: string, name: string): string =>
  JSON.stringify([service, name]);
