import { message } from '../../core/base/message.ts';
import { isAbort, isSourceError, SourceError } from '../../core/base/sourceError.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { SpanRow } from '../../core/base/units.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { SpanPercentile } from '../../core/correlate/figures/spanPercentile.ts';
import type { TraceTimes } from '../../core/correlate/lines/timesByLine.ts';
import type { CostSelector, TraceCosts } from '../../core/explain/traceCosts.ts';
import type { Log } from '../../core/ports.ts';
import type { AttributeCondition } from '../../core/trace/filter/attributeCondition.ts';
import type { AttributeSummary } from '../../core/trace/filter/completion/filterWords.ts';
import { kindOf } from '../../core/waterfall/rowHabits.ts';
import { spanKey } from '../../core/waterfall/spanIds.ts';
import type { SpanPeer } from '../../core/correlate/peers/spanPeers.ts';
import type { ComparedPart, EngineSpanDetail, TraceComparison } from '../../engine/methods.ts';
import type { SpanFormat } from '../../protocol/spanActions.ts';
import type { AttributeAnswer, OpenedTrace } from '../../protocol/waterfall.ts';
import { abortError } from '../abort.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { hasSameMapping, hasSameSpans } from './sameTrace.ts';

export interface ShownTraceOptions {
  readonly traceId: string;
  /** Of those that were shown with it before the window was reloaded. */
  readonly joined?: readonly string[];
  readonly engine: Pick<EngineSession, 'call'>;
  /** Gives the page new columns in place of those it has. */
  readonly send: (opened: OpenedTrace) => void;
}

interface BegunReading {
  readonly opened: Promise<OpenedTrace>;
  readonly reading: AbortController;
  /** Settled once the page has it, or was told why it hasn't, or is gone. */
  readonly over: PromiseWithResolvers<undefined>;
  /** The code changed since: it may have been mapped by the code as it was. */
  isOutdated: boolean;
}

/**
 * The trace of a page. Traces grow, and the engine may have read this one again since: a page speaks of rows,
 * so that it gets new columns before any question is answered by them.
 */
export class ShownTrace {
  readonly #options: ShownTraceOptions;
  /** What the page has; undefined: none, it will ask. */
  #shown: OpenedTrace | undefined;

  /** The trace on its way to a page that will ask for it. */
  #begun: BegunReading | undefined;

  /** How often a page was let go: what it asked for before is for nobody. */
  #closings = 0;

  /** Ids of the traces that are shown with it. */
  #joined: readonly string[];

  constructor(options: ShownTraceOptions) {
    this.#options = options;
    this.#joined = options.joined ?? [];
  }

  /** Of the trace that the page has, as `kindOf`. */
  get kind(): string | undefined {
    return this.#shown && kindOf(this.#shown.shape);
  }

  /** Begins to read the trace for a page that is being loaded, and will ask for it with `open`. */
  begin(): void {
    this.#leaveBegun();
    const reading = new AbortController();
    const opened = this.#readForPage(reading.signal);
    opened.catch(() => undefined); // the page is told once it asks
    this.#begun = { opened, reading, over: Promise.withResolvers(), isOutdated: false };
  }

  /**
   * The trace for a page that has none: as it was begun to be read, else read now.
   * @throws AbortError where the page was let go in the meantime
   */
  async open(signal: AbortSignal): Promise<OpenedTrace> {
    const begun = this.#begun;
    const closings = this.#closings;
    const shown = (opened: OpenedTrace) => {
      if (this.#closings !== closings) throw abortError();
      return (this.#shown = opened);
    };
    if (!begun) return shown(await this.#readForPage(signal));
    const stop = () => begun.reading.abort();
    signal.addEventListener('abort', stop);
    try {
      shown(await begun.opened);
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#begun === begun) this.#begun = undefined;
      begun.over.resolve(undefined);
    }
    if (begun.isOutdated) return shown((await this.#remapped()) ?? (await begun.opened));
    return begun.opened;
  }

  /** Settles once a page that is being loaded has it, or can't have it; undefined: none is being loaded. */
  get loading(): Promise<undefined> | undefined {
    return this.#begun?.over.promise;
  }

  /** A page has it. */
  get isShown(): boolean {
    return this.#shown !== undefined;
  }

  /** The page is gone, or hidden: it will ask again. */
  close(): void {
    this.#closings += 1;
    this.#shown = undefined;
    this.#leaveBegun();
  }

  /** Reads the trace again where the page shows it, and sends what has arrived since. @returns whether anything has */
  async readAgain(signal?: AbortSignal): Promise<boolean> {
    return this.#shown !== undefined && this.#sendIfOther(await this.#read(signal));
  }

  /** As `readAgain`; where the source doesn't answer, or has the trace no more, what the page has stays. Never rejects. */
  async catchUp(log: Log): Promise<void> {
    try {
      await this.readAgain();
    } catch (error) {
      if (!isAbort(error)) log.warn(`An open trace was not read again: ${String(error)}`);
    }
  }

  /** Shows another trace with it. @throws SourceError where that can't be read: nothing changes then */
  async join(traceId: string, signal: AbortSignal): Promise<void> {
    if (!this.#joined.includes(traceId)) await this.#showWith([...this.#joined, traceId], signal);
  }

  /** Shows it alone again. @throws SourceError where it can't be read: nothing changes then */
  async separate(): Promise<void> {
    await this.#showWith([]);
  }

  /** The code changed: the same trace with new matches, where the page shows it and any of them is another. */
  async remap(): Promise<void> {
    if (this.#begun) this.#begun.isOutdated = true;
    if (!this.#shown) return;
    const opened = await this.#remapped();
    if (opened && !this.#isMappedAs(opened)) this.#send(opened);
  }

  /** @throws SourceError `rejected`: the row is another span by now, and the page was sent the new rows. */
  async detail(row: SpanRow, signal: AbortSignal): Promise<EngineSpanDetail> {
    const { engine, traceId } = this.#options;
    const detail = await this.ofKept(
      () => engine.call('spanDetail', { traceId, row }, signal),
      signal,
    );
    if (this.#shown && spanKey(this.#shown.spanIds, row) !== detail.key) {
      await this.remap();
      throw new SourceError(
        'rejected',
        message('The trace has been updated. Select the span again.'),
      );
    }
    return detail;
  }

  /** A span as text to be copied; undefined where it has no such form. */
  async spanAs(row: SpanRow, format: SpanFormat, signal: AbortSignal): Promise<string | undefined> {
    const { engine, traceId } = this.#options;
    await this.detail(row, signal);
    return engine.call('spanAs', { traceId, row, format }, signal);
  }

  async peers(row: SpanRow, signal: AbortSignal): Promise<readonly SpanPeer[]> {
    const { engine, traceId } = this.#options;
    await this.detail(row, signal);
    return engine.call('linkedPeers', { traceId, row }, signal);
  }

  rowsWithAttribute(condition: AttributeCondition, signal: AbortSignal): Promise<AttributeAnswer> {
    const { engine, traceId } = this.#options;
    return this.ofKept(
      () => engine.call('rowsWithAttribute', { traceId, condition }, signal),
      signal,
    );
  }

  costs(signal: AbortSignal): Promise<TraceCosts | undefined> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('traceCosts', { traceId }, signal), signal);
  }

  costRows(of: CostSelector, signal: AbortSignal): Promise<readonly SpanRow[]> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('costRows', { traceId, of }, signal), signal);
  }

  /** How slow a span is among others of its operation; asked of the source where no figures were read yet. */
  percentile(
    row: SpanRow,
    window: TimeWindow,
    signal: AbortSignal,
  ): Promise<SpanPercentile | undefined> {
    const { engine, traceId } = this.#options;
    return this.ofKept(
      () => engine.call('spanPercentile', { traceId, row, window }, signal),
      signal,
    );
  }

  /** Compares it with another trace, given as `openTrace` takes it. */
  compare(other: string, signal: AbortSignal): Promise<TraceComparison> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('compareTraces', { traceId, other }, signal), signal);
  }

  comparedRows(other: string, of: ComparedPart, signal: AbortSignal): Promise<readonly SpanRow[]> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('comparedRows', { traceId, other, of }, signal), signal);
  }

  /** What names the trace of an id that is seen beside this one: one of the same file, where that has it. */
  async keyOf(other: string, signal: AbortSignal): Promise<string> {
    const { engine, traceId } = this.#options;
    const params = { from: traceId, traceId: other };
    return (await engine.call('linkedTrace', params, signal)).traceId;
  }

  /** The rows of a line, else of the method around it, whose name is given; empty: there is none. */
  rowsAt(
    at: Pick<CodeLocation, 'path' | 'line'>,
    signal?: AbortSignal,
  ): Promise<{ readonly rows: readonly SpanRow[]; readonly symbol: string }> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('rowsAt', { traceId, ...at }, signal), signal);
  }

  /** What it spent on each line. */
  times(signal: AbortSignal): Promise<TraceTimes> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('traceTimes', { traceId }, signal), signal);
  }

  attributes(signal: AbortSignal): Promise<readonly AttributeSummary[]> {
    const { engine, traceId } = this.#options;
    return this.ofKept(() => engine.call('attributesOfTrace', { traceId }, signal), signal);
  }

  /** The engine keeps a few traces: one that had to make room is read again. */
  async ofKept<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (!mayBeGone(error)) throw error;
      this.#sendIfOther(await this.#read(signal));
      return ask();
    }
  }

  #leaveBegun(): void {
    this.#begun?.reading.abort();
    this.#begun?.over.resolve(undefined);
    this.#begun = undefined;
  }

  #isMappedAs(opened: OpenedTrace): boolean {
    const shown = this.#shown;
    return shown !== undefined && hasSameSpans(shown, opened) && hasSameMapping(shown, opened);
  }

  #remapped(): Promise<OpenedTrace | undefined> {
    const { engine, traceId } = this.#options;
    return engine.call('remapTrace', { traceId });
  }

  async #showWith(joined: readonly string[], signal?: AbortSignal): Promise<void> {
    const before = this.#joined;
    this.#joined = joined;
    try {
      this.#send(await this.#read(signal));
    } catch (error) {
      this.#joined = before;
      throw error;
    }
  }

  /** Alone where those that were shown with it can't be read any more. */
  async #readForPage(signal: AbortSignal): Promise<OpenedTrace> {
    try {
      return await this.#read(signal);
    } catch (error) {
      if (isAbort(error) || this.#joined.length === 0) throw error;
      const alone = await this.#read(signal, []);
      this.#joined = [];
      return alone;
    }
  }

  #read(signal?: AbortSignal, joined = this.#joined): Promise<OpenedTrace> {
    const { engine, traceId } = this.#options;
    return engine.call('openTrace', { traceId, ...(joined.length > 0 && { joined }) }, signal);
  }

  /** The code may have changed while the engine had let go of the trace. @returns whether it has other spans */
  #sendIfOther(opened: OpenedTrace): boolean {
    if (!this.#shown || this.#isMappedAs(opened)) return false;
    const hasGrown = !hasSameSpans(this.#shown, opened);
    this.#send(opened);
    return hasGrown;
  }

  /** A page that is gone by now asks for the trace once it is shown again. */
  #send(opened: OpenedTrace): void {
    if (!this.#shown) return;
    this.#shown = opened;
    this.#options.send(opened);
  }
}

/** Not where the source failed at another trace that is compared: that isn't waited for twice. */
const mayBeGone = (error: unknown): boolean =>
  isSourceError(error) ? ['notFound', 'rejected'].includes(error.code) : !isAbort(error);
