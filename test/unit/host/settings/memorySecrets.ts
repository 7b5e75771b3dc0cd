import type { SecretStore } from '../../../../src/host/settings/sourceSecrets.ts';

/** VS Code's secret storage, in memory. */
export class MemorySecrets implements SecretStore {
  readonly values = new Map<string, string>();
  get = (key: string) => Promise.resolve(this.values.get(key));
  store = (key: string, value: string) => {
    this.values.set(key, value);
    return Promise.resolve();
  };
  delete = (key: string) => {
    this.values.delete(key);
    return Promise.resolve();
  };
  onDidChange = () => ({ dispose: () => undefined });
}
