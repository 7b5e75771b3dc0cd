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
import type { EngineSession } from '../engine/engineSession.ts';
import type { SearchForm } from './searchQuery.ts';

export interface SearchState {
  readonly form: SearchForm;
  /** Undefined: not searched yet. */
  readonly traces: readonly TraceSummary[] | undefined;
  readonly searchedAt: EpochMicroseconds | undefined;
  /** The source had more than were asked for. */
  readonly hasMore: boolean;
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

/** The search of the Traces view. What was found stays while a later search runs or fails. */
export class TraceSearch implements Disposable {
  readonly #engine: EngineSession;
  readonly #log: Log;
  readonly #changed: Emitter<SearchState>;
  #state: SearchState;
  #limit = pageSize;
  #searching: AbortController | undefined;
  #lastReason: object | undefined;

  constructor(engine: EngineSession, log: Log, form: SearchForm) {
    this.#engine = engine;
    this.#log = log;
    this.#state = emptySearch(form);
    this.#changed = new Emitter((error) => {
      log.error('A listener of the search failed.', error);
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

  /** Searches with a changed form, from the first page. */
  async change(form: Partial<SearchForm>): Promise<void> {
    this.#limit = pageSize;
    this.#set({ form: { ...this.#state.form, ...form } });
    await this.search();
  }

  /** Looks back as far as the settings say now. */
  async lookBack(windowMinutes: number): Promise<void> {
    if (this.wasAsked || this.#state.busy) await this.change({ windowMinutes });
    else this.#set({ form: { ...this.#state.form, windowMinutes } });
  }

  async loadMore(): Promise<void> {
    this.#limit += pageSize;
    await this.search();
  }

  /** Forgets what was found: it came from another source. */
  async startOver(): Promise<void> {
    const { wasAsked } = this;
    const { windowMinutes } = this.#state.form;
    this.#stop();
    this.#limit = pageSize;
    this.#state = emptySearch({ ...anyTrace, windowMinutes });
    this.#changed.fire(this.#state);
    if (wasAsked) await this.search();
  }

  /** Rows don't move under the reader: the view says that there is more. */
  spansArrived(): void {
    const { traces, busy, outdated } = this.#state;
    if (traces && !busy && !outdated) this.#set({ outdated: true });
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
      const limit = this.#limit;
      const { traces, complete, reason } = await this.#ask(limit, searching.signal);
      if (this.#searching !== searching) return;
      const hasMore = traces.length >= limit;
      const searchedAt = epochFromMilliseconds(Date.now());
      const found = { traces, hasMore, searchedAt, reason: complete ? '' : reason };
      this.#set({ ...found, error: undefined, busy: false });
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
    this.#changed.dispose();
  }

  #stop(): void {
    this.#searching?.abort();
    this.#searching = undefined;
  }

  #ask(limit: number, signal: AbortSignal) {
    const { windowMinutes, ...form } = this.#state.form;
    const end = epochFromMilliseconds(Date.now());
    const window = { start: earlier(end, fromMinutes(windowMinutes)), end };
    return this.#engine.call('search', { ...form, window, limit, order: 'newest' }, signal);
  }

  #set(change: Partial<SearchState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}

/** A form that finds every trace. */
export const anyTrace = {
  service: undefined,
  operation: undefined,
  attributes: [],
  minDuration: undefined,
  maxDuration: undefined,
  errorsOnly: false,
} as const satisfies Partial<SearchForm>;

const emptySearch = (form: SearchForm): SearchState => ({
  form,
  traces: undefined,
  searchedAt: undefined,
  hasMore: false,
  reason: '',
  error: undefined,
  busy: false,
  cancelled: false,
  outdated: false,
});
