import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { Log } from '../../core/ports.ts';
import type { EngineEvents, MappingReportAnswer } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';

export interface ReadingState {
  /** The last report; it stays while a later one is read or fails. */
  readonly answer: MappingReportAnswer | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  /** Of the report being read; undefined before its first trace. */
  readonly progress: EngineEvents['reportProgress'] | undefined;
  /** The code or the window changed since: a new report would differ. New spans are not looked out for. */
  readonly outdated: boolean;
}

const nothingRead: ReadingState = {
  answer: undefined,
  error: undefined,
  busy: false,
  progress: undefined,
  outdated: false,
};

/** Enough to see every route of a busy system, little enough to read in seconds. */
const traces = 500;
const seconds = 60;

/** The mapping report, read when someone asks for it and never by itself. */
export class MappingReportLoader implements Disposable {
  readonly #engine: EngineSession;
  readonly #log: Log;
  readonly #window: () => TimeWindow;
  readonly #changed: Emitter<ReadingState>;
  readonly #listening: Disposable;
  #state = nothingRead;
  #reading: AbortController | undefined;

  constructor(options: {
    readonly engine: EngineSession;
    readonly window: () => TimeWindow;
    readonly log: Log;
  }) {
    const { engine, window, log } = options;
    this.#engine = engine;
    this.#window = window;
    this.#log = log;
    this.#changed = new Emitter((error) => {
      log.error('A listener of the mapping report failed.', error);
    });
    this.#listening = engine.onReportProgress((progress) => {
      if (this.#state.busy) this.#set({ progress });
    });
  }

  get onChange() {
    return this.#changed.event;
  }
  get state(): ReadingState {
    return this.#state;
  }

  /** Reads a report, taking over from one under way. Never rejects: failure is a state. */
  async read(): Promise<void> {
    this.cancel();
    const reading = new AbortController();
    this.#reading = reading;
    this.#set({ busy: true, progress: undefined });
    try {
      const params = { window: this.#window(), service: undefined, traces, seconds };
      const answer = await this.#engine.call('mappingReport', params, reading.signal);
      if (this.#reading !== reading) return;
      this.#set({ answer, error: undefined, busy: false, outdated: false });
    } catch (error) {
      if (this.#reading !== reading) return;
      if (!isAbort(error)) this.#log.error('Failed to generate the mapping report.', error);
      this.#set({ busy: false, ...(isAbort(error) ? {} : { error }) });
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  /** Stops the reading under way; the report before stays. */
  cancel(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    if (this.#state.busy) this.#set({ busy: false });
  }

  /** Forgets the report: it came from another source. */
  forget(): void {
    this.cancel();
    this.#set(nothingRead);
  }

  /** Rows don't move under the reader: the view says that a new report would differ. */
  outdate(): void {
    const { answer, outdated } = this.#state;
    if (answer && !outdated) this.#set({ outdated: true });
  }

  dispose(): void {
    this.cancel();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #set(change: Partial<ReadingState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}
