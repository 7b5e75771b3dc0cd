import { disposable, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { message } from '../../core/base/message.ts';
import type { ReceiverState } from '../../engine/receiver.ts';

export interface LocalReceiverOptions {
  /** Whether traces are read from the local store: only then is the port used. */
  readonly isWanted: () => boolean;
  readonly start: (onState: (state: ReceiverState) => void) => Disposable;
}

/** The embedded OTLP receiver: runs while the local store is the source, again after its settings change. */
export class LocalReceiver implements Disposable {
  readonly #options: LocalReceiverOptions;
  readonly #changed = new Emitter<ReceiverState | undefined>();
  #running: Disposable | undefined;
  #state: ReceiverState | undefined;
  #generation = 0;

  /** Starts once the caller is done: nothing of it belongs to activation. */
  constructor(options: LocalReceiverOptions) {
    this.#options = options;
    const starting = setImmediate(() => {
      this.settingsChanged();
    });
    this.#running = disposable(() => {
      clearImmediate(starting);
    });
  }

  get onChange() {
    return this.#changed.event;
  }
  /** Undefined: not started, or not wanted. */
  get state(): ReceiverState | undefined {
    return this.#state;
  }

  settingsChanged(): void {
    const generation = ++this.#generation;
    this.#running?.dispose();
    this.#running = undefined;
    this.#set(undefined);
    if (!this.#options.isWanted()) return;
    this.#running = this.#options.start((state) => {
      if (generation === this.#generation) this.#set(state);
    });
  }

  dispose(): void {
    this.#generation += 1;
    this.#running?.dispose();
    this.#running = undefined;
    this.#changed.dispose();
  }

  #set(state: ReceiverState | undefined): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

/** What the receiver does now, as a sentence; empty when there is nothing to say. */
export function receiverSentence(state: ReceiverState): string {
  switch (state.kind) {
    case 'listening':
      return message('Receiving OTLP at http://127.0.0.1:{0}.', state.port);
    case 'sharing':
      return message(
        'Another window receives OTLP at http://127.0.0.1:{0}; this one reads the same traces.',
        state.port,
      );
    case 'portTaken':
    case 'failed':
      return state.message;
    case 'stopped':
      return '';
  }
}
