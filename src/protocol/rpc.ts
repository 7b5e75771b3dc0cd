import { isAbort } from '../core/base/sourceError.ts';
import type { Disposable } from '../core/base/disposable.ts';

/**
 * Calls between two ends that only exchange messages: host and page, host and worker. `Methods` maps a
 * method's name to `(params) => result`; `Events` maps an event's name to its value. Both ends are this
 * class. A call always settles: value, error, `AbortError`, or closed.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the bound of a generic map: each method brings its own types
export type MethodMap<M> = { [K in keyof M]: (params: any) => unknown };
export type Handlers<M extends MethodMap<M>> = {
  [K in keyof M]: (
    params: Parameters<M[K]>[0],
    signal: AbortSignal,
  ) => Promise<Awaited<ReturnType<M[K]>>> | Awaited<ReturnType<M[K]>>;
};

type Message =
  | { kind: 'request'; id: number; method: string; params: unknown }
  | { kind: 'cancel'; id: number }
  | { kind: 'reply'; id: number; ok: true; value: unknown }
  | { kind: 'reply'; id: number; ok: false; error: RemoteError }
  | { kind: 'event'; name: string; value: unknown };

/** An error as it crosses: `code` and words survive, classes don't. */
interface RemoteError {
  name: string;
  message: string;
  code?: string;
  detail?: string;
  stack?: string;
}

/** One end of a message channel. */
export interface Channel {
  post(message: Message): void;
  listen(receive: (message: unknown) => void): Disposable;
}

const closedMessage = 'The other end is gone.';

export class Rpc<
  Local extends MethodMap<Local>,
  Remote extends MethodMap<Remote>,
  LocalEvents extends object = object,
  RemoteEvents extends object = object,
> implements Disposable {
  readonly #channel: Channel;
  readonly #handlers: Map<string, (params: unknown, signal: AbortSignal) => unknown>;
  readonly #onEvent: (name: keyof RemoteEvents, value: RemoteEvents[keyof RemoteEvents]) => void;
  readonly #listening: Disposable;
  readonly #pending = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  readonly #serving = new Map<number, AbortController>();
  /** A page that is loaded again is not to take answers for its own that were for the page before. */
  #nextId = Math.floor(Math.random() * 2 ** 50);
  #closed = false;

  constructor(
    channel: Channel,
    handlers: Handlers<Local>,
    onEvent: <K extends keyof RemoteEvents>(name: K, value: RemoteEvents[K]) => void = () =>
      undefined,
  ) {
    this.#channel = channel;
    this.#handlers = new Map(
      Object.entries<(params: unknown, signal: AbortSignal) => unknown>(handlers),
    );
    this.#onEvent = onEvent;
    this.#listening = channel.listen((message) => {
      this.#receive(message);
    });
  }

  /** Calls the other end. Aborting rejects at once with `AbortError` and tells the other end. */
  call<K extends keyof Remote & string>(
    method: K,
    params: Parameters<Remote[K]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<Remote[K]>>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error(closedMessage));
        return;
      }
      if (signal?.aborted) {
        reject(abortError());
        return;
      }
      const id = this.#nextId++;
      const abort = () => {
        this.#pending.delete(id);
        this.#channel.post({ kind: 'cancel', id });
        reject(abortError());
      };
      const settled = () => {
        signal?.removeEventListener('abort', abort);
      };
      this.#pending.set(id, {
        resolve: (value) => {
          settled();
          resolve(value as Awaited<ReturnType<Remote[K]>>);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      signal?.addEventListener('abort', abort, { once: true });
      this.#channel.post({ kind: 'request', id, method, params });
    });
  }

  emit<K extends keyof LocalEvents & string>(name: K, value: LocalEvents[K]): void {
    if (!this.#closed) this.#channel.post({ kind: 'event', name, value });
  }

  /** @param reason what calls under way, which get no answer any more, reject with */
  dispose(reason = new Error(closedMessage)): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listening.dispose();
    for (const serving of this.#serving.values()) serving.abort();
    for (const pending of this.#pending.values()) pending.reject(reason);
    this.#serving.clear();
    this.#pending.clear();
  }

  #receive(message: unknown): void {
    if (!isMessage(message)) return;
    switch (message.kind) {
      case 'request':
        void this.#serve(message.id, message.method, message.params);
        return;
      case 'cancel':
        this.#serving.get(message.id)?.abort();
        return;
      case 'event':
        this.#onEvent(
          message.name as keyof RemoteEvents,
          message.value as RemoteEvents[keyof RemoteEvents],
        );
        return;
      case 'reply': {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (!pending) return;
        if (message.ok) pending.resolve(message.value);
        else pending.reject(errorFromRemote(message.error));
      }
    }
  }

  async #serve(id: number, method: string, params: unknown): Promise<void> {
    const handler = this.#handlers.get(method);
    const controller = new AbortController();
    this.#serving.set(id, controller);
    try {
      if (!handler) throw new Error(`There is no method "${method}".`);
      const value = await handler(params, controller.signal);
      if (this.#serving.has(id)) this.#channel.post({ kind: 'reply', id, ok: true, value });
    } catch (error) {
      if (this.#serving.has(id))
        this.#channel.post({ kind: 'reply', id, ok: false, error: remoteFromError(error) });
    } finally {
      this.#serving.delete(id);
    }
  }
}

function abortError(): Error {
  const error = new Error('Cancelled.');
  error.name = 'AbortError';
  return error;
}

function remoteFromError(error: unknown): RemoteError {
  if (isAbort(error)) return { name: 'AbortError', message: 'Cancelled.' };
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const remote: RemoteError = { name: error.name, message: error.message };
  if ('code' in error && typeof error.code === 'string') remote.code = error.code;
  if ('detail' in error && typeof error.detail === 'string') remote.detail = error.detail;
  if (error.stack !== undefined) remote.stack = error.stack;
  return remote;
}

function errorFromRemote(remote: RemoteError): Error {
  const error = new Error(remote.message);
  error.name = remote.name;
  if (remote.stack !== undefined) error.stack = remote.stack;
  return Object.assign(error, {
    ...(remote.code === undefined ? {} : { code: remote.code }),
    ...(remote.detail === undefined ? {} : { detail: remote.detail }),
  });
}

/** A cheap shape check: a page can send anything. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'event') return 'name' in value && typeof value.name === 'string';
  if (!('id' in value) || typeof value.id !== 'number') return false;
  if (value.kind === 'request') return 'method' in value && typeof value.method === 'string';
  return value.kind === 'cancel' || value.kind === 'reply';
}
