import type { Disposable } from '../../core/base/disposable.ts';

type Secrets = Readonly<Record<string, string>>;

/** What is used of VS Code's `SecretStorage`. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  onDidChange(listener: () => void): Disposable;
}

/**
 * Named secrets of the sources. Each belongs to the server it was entered for and is given to no other;
 * `storedAs` is the descriptor's.
 */
export class SourceSecrets {
  readonly #store: SecretStore;

  constructor(store: SecretStore) {
    this.#store = store;
  }

  /** By name, those entered for that server. */
  async read(storedAs: string, boundTo: string): Promise<Secrets> {
    return readSecrets(await this.#store.get(keyOf(storedAs, boundTo)));
  }

  /** Names that differ in capitals only are the same. */
  async set(storedAs: string, boundTo: string, name: string, value: string): Promise<void> {
    const kept = Object.entries(await this.read(storedAs, boundTo)).filter(
      ([other]) => other.toLowerCase() !== name.toLowerCase(),
    );
    const secrets = Object.fromEntries([...kept, [name, value]]);
    await this.#store.store(keyOf(storedAs, boundTo), JSON.stringify(secrets));
  }

  async clear(storedAs: string, boundTo: string): Promise<void> {
    await this.#store.delete(keyOf(storedAs, boundTo));
  }

  onChange(changed: () => void): Disposable {
    return this.#store.onDidChange(changed);
  }
}

const keyOf = (storedAs: string, boundTo: string) => `${storedAs}:${boundTo}`;

/** What a stored text holds; nothing where it isn't what Spanhop wrote. */
export function readSecrets(stored: string | undefined): Secrets {
  if (stored === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== 'object' || parsed === null) return {};
    return Object.fromEntries(
      Object.entries(parsed).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    );
  } catch {
    return {}; // not Spanhop's writing: as if nothing were stored
  }
}
