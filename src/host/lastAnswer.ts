import type { Disposable } from '../core/base/disposable.ts';
import { Emitter } from '../core/base/event.ts';
import { isAbort } from '../core/base/sourceError.ts';
import type { Log } from '../core/ports.ts';

export interface AnswerState<Answer> {
  /** The last one; it stays while a later one is read or fails. */
  readonly answer: Answer | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  /** The code or the window changed since: a new answer would differ. New spans are not looked out for. */
  readonly outdated: boolean;
}

const nothingRead = { answer: undefined, error: undefined, busy: false, outdated: false };

/** What a view shows that is read when someone asks for it, and never by itself. */
export class LastAnswer<Answer> implements Disposable {
  readonly #what: string;
  readonly #log: Log;
  readonly #changed: Emitter<AnswerState<Answer>>;
  #state: AnswerState<Answer> = nothingRead;
  #reading: AbortController | undefined;

  /** @param what is read, for the log: `the mapping report`. */
  constructor(what: string, log: Log) {
    this.#what = what;
    this.#log = log;
    this.#changed = new Emitter((error) => {
      log.error(`A listener of ${what} failed.`, error);
    });
  }

  get onChange() {
    return this.#changed.event;
  }
  get state(): AnswerState<Answer> {
    return this.#state;
  }

  /** Reads anew, taking over from a reading under way. Never rejects: failure is a state. */
  read(ask: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    return this.#read(ask, {});
  }

  /** Reads something else in place of the answer, which is forgotten. Never rejects: failure is a state. */
  readAnother(ask: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    return this.#read(ask, nothingRead);
  }

  /** One change from one reading to the next: nobody is told that loading stopped in between. */
  async #read(
    ask: (signal: AbortSignal) => Promise<Answer>,
    before: Partial<AnswerState<Answer>>,
  ): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#set({ ...before, busy: true });
    try {
      const answer = await ask(reading.signal);
      if (this.#reading !== reading) return;
      this.#set({ answer, error: undefined, busy: false, outdated: false });
    } catch (error) {
      if (this.#reading !== reading) return;
      if (!isAbort(error)) this.#log.error(`Failed to read ${this.#what}.`, error);
      this.#set({ busy: false, ...(isAbort(error) ? {} : { error }) });
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  /** Stops the reading under way; the answer before stays. */
  cancel(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    if (this.#state.busy) this.#set({ busy: false });
  }

  /** Forgets the answer: it is of something else than what is asked now. */
  forget(): void {
    this.cancel();
    this.#set(nothingRead);
  }

  /** Rows don't move under the reader: the view says that a new answer would differ. */
  outdate(): void {
    const { answer, outdated } = this.#state;
    if (answer !== undefined && !outdated) this.#set({ outdated: true });
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
  }

  #set(change: Partial<AnswerState<Answer>>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}
