import type { Disposable } from '../../core/base/disposable.ts';
import { headersFromSecret, originOf } from './origin.ts';

type Headers = Readonly<Record<string, string>>;

/** What is used of VS Code's `SecretStorage`. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
  onDidChange(listener: (event: { readonly key: string }) => void): Disposable;
}

/** Request headers with secrets. Each belongs to the origin it was entered for and is sent nowhere else. */
export class JaegerHeaders {
  readonly #secrets: SecretStore;

  constructor(secrets: SecretStore) {
    this.#secrets = secrets;
  }

  /** Headers entered for the origin of `url`; none for an address that isn't HTTP. */
  async read(url: string): Promise<Headers> {
    const origin = originOf(url);
    return origin === undefined ? {} : headersFromSecret(await this.#secrets.get(keyOf(origin)));
  }

  async set(origin: string, name: string, value: string): Promise<void> {
    const kept = Object.entries(await this.read(origin)).filter(
      ([other]) => other.toLowerCase() !== name.toLowerCase(),
    );
    const headers = Object.fromEntries([...kept, [name, value]]);
    await this.#secrets.store(keyOf(origin), JSON.stringify(headers));
  }

  async clear(origin: string): Promise<void> {
    await this.#secrets.delete(keyOf(origin));
  }

  onChange(changed: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) changed();
    });
  }
}

const prefix = 'spanhop.headers:';
const keyOf = (origin: string) => prefix + origin;
