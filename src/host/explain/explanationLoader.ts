import type { Disposable } from '../../core/base/disposable.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import type { ExplainAnswer } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { LastAnswer, type AnswerState } from '../lastAnswer.ts';

/** What is to be explained. */
export interface Asked {
  /** What it was called where it was asked; hostile text. */
  readonly title: string;
  /** The line that it is asked for; undefined: whatever most of the time goes to. */
  readonly line?: CodeLocation;
  readonly about: { readonly endpointId: string } | { readonly traceId: string };
}

export interface ExplanationState extends AnswerState<ExplainAnswer> {
  /** Undefined: nothing was asked yet, or of another source. */
  readonly asked: Asked | undefined;
}

/** Where the time of one endpoint or trace goes, read when someone asks for it and never by itself. */
export class ExplanationLoader implements Disposable {
  readonly #engine: Pick<EngineSession, 'call'>;
  readonly #window: () => TimeWindow;
  readonly #last: LastAnswer<ExplainAnswer>;
  #asked: Asked | undefined;

  constructor(options: {
    readonly engine: Pick<EngineSession, 'call'>;
    readonly window: () => TimeWindow;
    readonly log: Log;
  }) {
    this.#engine = options.engine;
    this.#window = options.window;
    this.#last = new LastAnswer('an explanation', options.log);
  }

  get onChange() {
    return this.#last.onChange;
  }
  get state(): ExplanationState {
    return { ...this.#last.state, asked: this.#asked };
  }

  /** Explains this in place of what was explained before. Never rejects: failure is a state. */
  async explain(asked: Asked): Promise<void> {
    this.#asked = asked;
    await this.#last.readAnother((signal) => this.#ask(asked, signal));
  }

  /** Never rejects: failure is a state. */
  async readAgain(): Promise<void> {
    const asked = this.#asked;
    if (asked) await this.#last.read((signal) => this.#ask(asked, signal));
  }

  cancel(): void {
    this.#last.cancel();
  }

  /** What was asked is of another source. */
  forget(): void {
    this.#asked = undefined;
    this.#last.forget();
  }

  outdate(): void {
    this.#last.outdate();
  }

  dispose(): void {
    this.#last.dispose();
  }

  #ask({ about }: Asked, signal: AbortSignal): Promise<ExplainAnswer> {
    return this.#engine.call('explain', { about, window: this.#window() }, signal);
  }
}
