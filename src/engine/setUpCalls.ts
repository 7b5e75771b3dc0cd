import type { EngineMethods, FileChange, WorkspaceSettings } from './methods.ts';

/** Calls that set the engine up, in the order in which they are repeated on another thread. */
const setUpMethods = ['openSource', 'openWorkspace'] as const satisfies (keyof EngineMethods)[];

type SetUpMethod = (typeof setUpMethods)[number];

/** What a thread that replaces another one is told: its source and its workspace as they are by now. */
export class SetUpCalls {
  readonly #params = new Map<keyof EngineMethods, unknown>();
  /** Texts of editors that differ from their files. */
  readonly #unsaved = new Map<string, string>();

  /** Takes what a call changes of it. */
  take<K extends keyof EngineMethods>(method: K, params: Parameters<EngineMethods[K]>[0]): void {
    if (method === 'filesChanged') {
      this.#change((params as { readonly changes: readonly FileChange[] }).changes);
    }
    if (!setUpMethods.some((name) => name === method)) return;
    this.#params.set(method, params);
    if (method !== 'openWorkspace') return;
    this.#unsaved.clear();
    this.#change((params as WorkspaceSettings).unsaved ?? []);
  }

  /** What to call, with what. */
  *all(): Iterable<{ readonly method: SetUpMethod; readonly params: unknown }> {
    for (const method of setUpMethods) {
      const params = this.#params.get(method);
      if (params === undefined) continue;
      const unsaved = [...this.#unsaved].map(([path, text]) => ({ path, text }));
      yield { method, params: method === 'openWorkspace' ? { ...params, unsaved } : params };
    }
  }

  #change(changes: readonly FileChange[]): void {
    for (const { path, text } of changes) {
      if (typeof text === 'string') this.#unsaved.set(path, text);
      else this.#unsaved.delete(path);
    }
  }
}
