import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { message } from '../../core/base/message.ts';
import {
  endpointAt,
  isEveryAddress,
  type ReceiverState,
  type RunningReceiver,
} from '../../engine/receiver.ts';

export interface LocalReceiverOptions {
  /** Whether traces are read from the local store: only then is the port used. */
  readonly isWanted: () => boolean;
  readonly start: (onState: (state: ReceiverState) => void) => RunningReceiver;
}

/** The embedded OTLP receiver: runs while the local store is the source, again after its settings change. */
export class LocalReceiver implements Disposable {
  readonly #options: LocalReceiverOptions;
  readonly #changed = new Emitter<ReceiverState | undefined>();
  readonly #starting: NodeJS.Immediate;
  #running: RunningReceiver | undefined;
  /** When the port of the last one is free: the next one would otherwise take that one for another window's. */
  #ended: Promise<undefined> = Promise.resolve(undefined);
  #state: ReceiverState | undefined;
  #generation = 0;

  /** Starts once the caller is done: nothing of it belongs to activation. */
  constructor(options: LocalReceiverOptions) {
    this.#options = options;
    this.#starting = setImmediate(() => {
      this.settingsChanged();
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
    this.#stop();
    this.#set(undefined);
    void this.#startAfter(this.#ended, this.#generation);
  }

  dispose(): void {
    clearImmediate(this.#starting);
    this.#stop();
    this.#changed.dispose();
  }

  async #startAfter(ended: Promise<undefined>, generation: number): Promise<void> {
    await ended;
    if (generation !== this.#generation || !this.#options.isWanted()) return;
    this.#running = this.#options.start((state) => {
      if (generation === this.#generation) this.#set(state);
    });
  }

  #stop(): void {
    this.#generation += 1;
    if (this.#running) this.#ended = this.#running.ended;
    this.#running?.dispose();
    this.#running = undefined;
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
      return [addressSentence(state), state.problem ?? ''].join(' ').trim();
    case 'sharing':
      return message(
        'Another window receives OTLP at http://127.0.0.1:{0}; this window shows the same traces.',
        state.port,
      );
    case 'portTaken':
    case 'failed':
      return state.message;
    case 'stopped':
      return '';
  }
}

function addressSentence({ port, host }: Extract<ReceiverState, { kind: 'listening' }>): string {
  if (host === undefined) return message('Receiving OTLP at http://127.0.0.1:{0}.', port);
  return isEveryAddress(host)
    ? message(
        'Receiving OTLP at http://127.0.0.1:{0} and at all other addresses of this machine.',
        port,
      )
    : message('Receiving OTLP at http://127.0.0.1:{0} and {1}.', port, endpointAt(host, port));
}
