import { disposable, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { message } from '../../core/base/message.ts';

export interface ReceiverState {
  /** `sharing`: another window owns the port and writes to the same database. */
  readonly kind: 'listening' | 'sharing' | 'portTaken' | 'failed';
  readonly port: number;
  readonly sentence: string;
}

export interface ReceiverOptions {
  /** Whether traces are read from the local store: only then is the port used. */
  readonly isWanted: () => boolean;
  readonly start: (listener: {
    onState: (state: ReceiverState) => void;
    onSpans: () => void;
  }) => Disposable;
  readonly onSpans: () => void;
}

/** The embedded OTLP receiver: runs while the local store is the source, again after its settings change. */
export class LocalReceiver implements Disposable {
  readonly #options: ReceiverOptions;
  readonly #changed = new Emitter<ReceiverState | undefined>();
  #running: Disposable | undefined;
  #state: ReceiverState | undefined;

  constructor(options: ReceiverOptions) {
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
    this.#running?.dispose();
    this.#running = undefined;
    this.#set(undefined);
    if (!this.#options.isWanted()) return;
    this.#running = this.#options.start({
      onState: (state) => {
        this.#set(state);
      },
      onSpans: this.#options.onSpans,
    });
  }

  dispose(): void {
    this.#running?.dispose();
    this.#running = undefined;
    this.#changed.dispose();
  }

  #set(state: ReceiverState | undefined): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}

/** What the receiver does now, for the status bar. */
export function receiverSentence(kind: ReceiverState['kind'], port: number, why: string): string {
  switch (kind) {
    case 'listening':
      return message('Receiving OTLP at http://127.0.0.1:{0}.', port);
    case 'sharing':
      return message(
        'Another window receives OTLP at http://127.0.0.1:{0}; this one reads the same traces.',
        port,
      );
    case 'portTaken':
      return message(
        'Another program uses port {0}, so no traces arrive here. Choose another port, or stop that program.',
        port,
      );
    case 'failed':
      return message('The receiver stopped: {0}', why);
  }
}
