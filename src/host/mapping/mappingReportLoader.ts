import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { Log } from '../../core/ports.ts';
import type { EngineEvents, MappingReportAnswer } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { LastAnswer, type AnswerState } from '../lastAnswer.ts';

export interface ReadingState extends AnswerState<MappingReportAnswer> {
  /** Of the report being read; undefined before its first trace. */
  readonly progress: EngineEvents['reportProgress'] | undefined;
}

/** Enough to see every route of a busy system, little enough to read in seconds. */
const traces = 500;
const seconds = 60;

/** The mapping report, read when someone asks for it and never by itself. */
export class MappingReportLoader implements Disposable {
  readonly #engine: EngineSession;
  readonly #window: () => TimeWindow;
  readonly #owned = new DisposableStore();
  readonly #last: LastAnswer<MappingReportAnswer>;
  readonly #changed: Emitter<ReadingState>;
  #progress: EngineEvents['reportProgress'] | undefined;

  constructor(options: {
    readonly engine: EngineSession;
    readonly window: () => TimeWindow;
    readonly log: Log;
  }) {
    const { engine, window, log } = options;
    this.#engine = engine;
    this.#window = window;
    this.#last = this.#owned.add(new LastAnswer('the mapping report', log));
    this.#changed = this.#owned.add(
      new Emitter((error) => {
        log.error('A listener of the mapping report failed.', error);
      }),
    );
    this.#owned.add(this.#last.onChange(() => this.#changed.fire(this.state)));
    this.#owned.add(
      engine.onReportProgress((progress) => {
        if (!this.#last.state.busy) return;
        this.#progress = progress;
        this.#changed.fire(this.state);
      }),
    );
  }

  /** The state as it changes, and with each progress of a reading. */
  get onChange() {
    return this.#changed.event;
  }
  get state(): ReadingState {
    return { ...this.#last.state, progress: this.#progress };
  }

  /** Reads a report, taking over from one under way. Never rejects: failure is a state. */
  async read(): Promise<void> {
    this.#progress = undefined;
    await this.#last.read((signal) => {
      const params = { window: this.#window(), service: undefined, traces, seconds };
      return this.#engine.call('mappingReport', params, signal);
    });
  }

  cancel(): void {
    this.#last.cancel();
  }

  /** Forgets the report: it came from another source. */
  forget(): void {
    this.#last.forget();
  }

  outdate(): void {
    this.#last.outdate();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
