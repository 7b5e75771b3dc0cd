import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import {
  earlier,
  epochFromMilliseconds,
  fromMinutes,
  type EpochMicroseconds,
} from '../../core/base/units.ts';
import type { Log, TraceSummary } from '../../core/ports.ts';
import { isWithin } from '../../core/base/durationRange.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { GrowingTraces } from './growingTraces.ts';
import type { SearchForm } from './searchQuery.ts';

export type TraceFinder = Pick<EngineSession, 'call' | 'source'>;

export interface SearchState {
  readonly form: SearchForm;
  /** Of any duration; undefined: not searched yet. */
  readonly found: readonly TraceSummary[] | undefined;
  /** Of them, those that are listed: as long as the form says, and as many as were asked for. */
  readonly traces: readonly TraceSummary[] | undefined;
  readonly searchedAt: EpochMicroseconds | undefined;
  /** How many of those that were found are as long as the form says. */
  readonly inRange: number;
  /** There are more than are listed. */
  readonly hasMore: boolean;
  /** The source has more than were found. */
  readonly isPart: boolean;
  /** Why the answer isn't whole; empty when it is. */
  readonly reason: string;
  readonly error: unknown;
  readonly busy: boolean;
  /** The user stopped the last search. */
  readonly cancelled: boolean;
  /** Spans arrived since: a search would find more. */
  readonly outdated: boolean;
}

/** Traces a search brings, and as many again with each "load more". */
const pageSize = 50;
/** So many are found at once where they cost little, for the view of their durations. */
const cheapSize = 500;

/** The search of the Traces view. What was found stays while a later search runs or fails. */
export class TraceSearch implements Disposable {
  readonly #engine: TraceFinder;
  readonly #log: Log;
  readonly #changed: Emitter<SearchState>;
  readonly #growing: GrowingTraces;
  #state: SearchState;
  #limit = pageSize;
  /** Traces to ask for, where those that were found don't have as many in the range. */
  #wanted = 0;
  #searching: AbortController | undefined;
  /** The search during which spans last arrived. */
  #arrivedDuring: AbortController | undefined;
  #lastReason: object | undefined;

  constructor(engine: TraceFinder, log: Log, form: SearchForm) {
    this.#engine = engine;
    this.#log = log;
    this.#state = emptySearch(form);
    this.#changed = new Emitter((error) => {
      log.error('A listener of the search failed.', error);
    });
    this.#growing = new GrowingTraces({
      found: () => this.#state.found ?? [],
      ask: async (signal) => {
        const limit = Math.max(pageSize, this.#state.found?.length ?? 0);
        return (await this.#ask(limit, signal)).traces;
      },
      show: (found) => this.#set({ found }),
      outdate: () => {
        if (!this.#state.outdated) this.#set({ outdated: true });
      },
      log,
    });
  }

  get onChange() {
    return this.#changed.event;
  }
  get state(): SearchState {
    return this.#state;
  }
  /** Whether there is a search to repeat: one that has found, failed or was stopped. */
  get wasAsked(): boolean {
    const { traces, error, cancelled } = this.#state;
    return traces !== undefined || error !== undefined || cancelled;
  }

  /** Searches with a changed form, from the first page; what was found is enough to list other durations of it. */
  async change(form: Partial<SearchForm>): Promise<void> {
    this.#limit = pageSize;
    this.#wanted = 0;
    this.#set({ form: { ...this.#state.form, ...form } });
    const isNarrowed = Object.keys(form).every((field) => field === 'traceDuration');
    if (!isNarrowed || !this.#state.found) await this.search();
  }

  /** Looks back as far as the settings say now. */
  async lookBack(windowMinutes: number): Promise<void> {
    if (this.wasAsked || this.#state.busy) await this.change({ windowMinutes });
    else this.#set({ form: { ...this.#state.form, windowMinutes } });
  }

  /** Lists more of those that were found; where all of them are listed, finds more, once at a time. */
  async loadMore(): Promise<void> {
    const { found = [], inRange, busy } = this.#state;
    const areHere = inRange > this.#limit;
    const areOnTheirWay = busy && this.#wanted > found.length;
    if (!areHere && areOnTheirWay) return;
    this.#limit += pageSize;
    if (areHere) {
      this.#set({});
      return;
    }
    this.#wanted = found.length + pageSize;
    await this.search();
  }

  /**
   * Forgets what was found: it came from another source. Where anything was asked for, searches the new one.
   * @param opened once the new one is open; never rejects
   */
  async startOver(opened: Promise<unknown>): Promise<void> {
    const isAsked = this.wasAsked || this.#state.busy;
    const { windowMinutes, order } = this.#state.form;
    this.#stop();
    this.#limit = pageSize;
    this.#wanted = 0;
    this.#state = emptySearch({ ...anyTrace, order, windowMinutes });
    this.#changed.fire(this.#state);
    if (!isAsked) return;
    await opened;
    await this.search();
  }

  /** Rows don't move under the reader: the view says that there is more, and traces that grow are told of as they are. */
  spansArrived(): void {
    const { traces, busy } = this.#state;
    if (busy) this.#arrivedDuring = this.#searching;
    else if (traces) this.#growing.spansArrived();
  }

  /** Searches again after an empty answer, once for each new `reason` to expect more. */
  searchOnceMore(reason: object): void {
    if (this.#lastReason === reason) return;
    this.#lastReason = reason;
    void this.search();
  }

  /** Never rejects: failure is a state. */
  async search(): Promise<void> {
    this.#stop();
    const searching = new AbortController();
    this.#searching = searching;
    this.#set({ busy: true, outdated: false, cancelled: false });
    try {
      const { capabilities } = await this.#engine.source();
      const fewest = capabilities.listsCheaply === true ? cheapSize : 0;
      const limit = Math.max(fewest, this.#limit, this.#wanted);
      const { traces: found, complete, reason } = await this.#ask(limit, searching.signal);
      if (this.#searching !== searching) return;
      const isPart = found.length >= limit;
      const searchedAt = epochFromMilliseconds(Date.now());
      const answer = { found, isPart, searchedAt, reason: complete ? '' : reason };
      this.#set({ ...answer, error: undefined, busy: false });
      if (this.#arrivedDuring === searching) this.spansArrived();
    } catch (error) {
      if (this.#searching !== searching) return;
      if (!isAbort(error)) this.#log.error('The search failed.', error);
      this.#set({ busy: false, ...(isAbort(error) ? {} : { error }) });
    } finally {
      if (this.#searching === searching) this.#searching = undefined;
    }
  }

  /** Stops the search under way, as the user wants it; what was found before stays. */
  cancel(): void {
    this.#stop();
    if (this.#state.busy) this.#set({ busy: false, cancelled: true });
  }

  dispose(): void {
    this.#stop();
    this.#growing.dispose();
    this.#changed.dispose();
  }

  #stop(): void {
    this.#growing.stop();
    this.#searching?.abort();
    this.#searching = undefined;
  }

  #ask(limit: number, signal: AbortSignal) {
    const { windowMinutes, service, operation, attributes, order, ...rest } = this.#state.form;
    const { minDuration, maxDuration, errorsOnly } = rest;
    const asked = { service, operation, attributes, minDuration, maxDuration, errorsOnly, order };
    const end = epochFromMilliseconds(Date.now());
    const window = { start: earlier(end, fromMinutes(windowMinutes)), end };
    return this.#engine.call('search', { ...asked, window, limit }, signal);
  }

  #set(change: Partial<SearchState>): void {
    const state = { ...this.#state, ...change };
    const inRange = state.found?.filter(({ duration }) =>
      isWithin(duration, state.form.traceDuration),
    );
    this.#state = {
      ...state,
      traces: inRange?.slice(0, this.#limit),
      inRange: inRange?.length ?? 0,
      hasMore: state.isPart || (inRange?.length ?? 0) > this.#limit,
    };
    this.#changed.fire(this.#state);
  }
}

/** What a form that finds every trace asks for. */
export const anyTrace = {
  service: undefined,
  operation: undefined,
  attributes: [],
  minDuration: undefined,
  maxDuration: undefined,
  traceDuration: undefined,
  errorsOnly: false,
} as const satisfies Partial<SearchForm>;

const emptySearch = (form: SearchForm): SearchState => ({
  form,
  found: undefined,
  traces: undefined,
  inRange: 0,
  searchedAt: undefined,
  hasMore: false,
  isPart: false,
  reason: '',
  error: undefined,
  busy: false,
  cancelled: false,
  outdated: false,
});
