import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { Linker } from '../../core/code/linker.ts';
import type { CodeIndex } from '../../core/code/model.ts';
import { emptyIndex } from '../emptyIndex.ts';
import type { FileChange, IndexSummary, WorkspaceSettings } from '../methods.ts';
import { FactsCache } from './factsCache.ts';
import { LinkedListsFile } from './linkedLists.ts';
import { WorkspaceFiles, type WorkspaceFilesOptions } from './workspaceFiles.ts';
import { TimeSlicer, yieldNow } from './yieldNow.ts';

export interface WorkspaceIndexOptions extends WorkspaceFilesOptions {
  /** Names the program that links, and its language: what another one linked is linked again. Undefined: that isn't kept at all. */
  readonly build?: string | undefined;
  /** What was taken up as linked before is linked by now: another object, the same contents. */
  readonly onLinked?: (index: CodeIndex) => void;
}

/** The code index of a workspace, kept up to date with its files. */
export interface WorkspaceIndex extends Disposable {
  readonly current: CodeIndex;
  readonly summary: IndexSummary;
  /** Ends when the cache holds what was read; a change waits for what is left of it, nobody else. */
  readonly saved: Promise<void>;
  /** Reads the changed files again and links; changes given meanwhile wait their turn. */
  change(changes: readonly FileChange[]): Promise<CodeIndex>;
}

/** After the last of several changes, and at most so long after the first: a day of editing isn't a day of writing. */
const saveAfterMs = 60_000;
const saveAtLastMs = 600_000;

/**
 * Scans the folders, reads their files (from the cache where their content is known) and links them.
 * Rejects with the signal's reason when it aborts; files that can't be read are problems of the index.
 */
export async function openWorkspaceIndex(
  settings: WorkspaceSettings,
  options: WorkspaceIndexOptions,
): Promise<WorkspaceIndex> {
  const { cacheFolder, folders } = settings;
  const { build, log } = options;
  const folder = cacheFolder === undefined ? undefined : folderOfCache(cacheFolder, folders);
  const cache = await FactsCache.open(folder, log);
  const kept =
    folder !== undefined && build !== undefined
      ? new LinkedListsFile({ folder, build, log })
      : undefined;
  const files = new WorkspaceFiles(settings, options, cache);
  const index = new LinkedWorkspace({ files, cache, kept, options });
  await index.open();
  return index;
}

interface Parts {
  readonly files: WorkspaceFiles;
  readonly cache: FactsCache;
  readonly kept: LinkedListsFile | undefined;
  readonly options: WorkspaceIndexOptions;
}

class LinkedWorkspace implements WorkspaceIndex {
  readonly #parts: Parts;
  readonly #linker: Linker;
  #index: CodeIndex = emptyIndex;
  /** Files were read that aren't linked yet. */
  #isBehind = true;
  #durationMs = 0;
  #saved = Promise.resolve();
  #saving = new AbortController();
  #saveTimer: NodeJS.Timeout | undefined;
  /** When the first change came that isn't saved. */
  #unsavedSince: number | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isDisposed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#linker = new Linker(parts.options.whereabouts);
  }

  get current(): CodeIndex {
    return this.#index;
  }

  get saved(): Promise<void> {
    return this.#saved;
  }

  get summary(): IndexSummary {
    return {
      files: this.#parts.files.keys.size,
      handlers: this.#index.handlers.length,
      calls: this.#index.calls.length,
      problems: this.#index.problems.length,
      durationMs: this.#durationMs,
    };
  }

  async open(): Promise<void> {
    const started = performance.now();
    await this.#parts.files.scan();
    const isResumed = await this.#resume();
    if (!isResumed) await this.#link();
    this.#durationMs = Math.round(performance.now() - started);
    this.#saved = this.#save();
    if (isResumed) this.#turn = this.#linkResumed().catch(this.#failed);
  }

  change(changes: readonly FileChange[]): Promise<CodeIndex> {
    this.#saving.abort();
    const turn = this.#turn.then(() => this.#change(changes));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#saving.abort();
    clearTimeout(this.#saveTimer);
  }

  async #change(changes: readonly FileChange[]): Promise<CodeIndex> {
    await this.#saved;
    const started = performance.now();
    if (this.#isDisposed) return this.#index;
    this.#isBehind = true;
    await this.#parts.files.take(changes);
    await this.#link();
    this.#durationMs = Math.round(performance.now() - started);
    this.#saveLater();
    return this.#index;
  }

  #saveLater(): void {
    const now = performance.now();
    this.#unsavedSince ??= now;
    clearTimeout(this.#saveTimer);
    const wait = Math.min(saveAfterMs, this.#unsavedSince + saveAtLastMs - now);
    this.#saveTimer = setTimeout(this.#saveInTurn, Math.max(0, wait)).unref();
  }

  readonly #saveInTurn = () => {
    this.#unsavedSince = undefined;
    this.#turn = this.#turn.then(() => (this.#saved = this.#save()));
  };

  /** Takes up what was linked from the very same files and configurations; false: there is no such thing. */
  async #resume(): Promise<boolean> {
    const { files, kept } = this.#parts;
    if (!kept) return false;
    const lists = await kept.read(files.digest);
    this.#parts.options.signal.throwIfAborted();
    if (!lists) return false;
    this.#index = this.#linker.resume(files.facts, lists);
    this.#isBehind = false;
    return true;
  }

  /** Then a change finds linked what it doesn't touch, and the lists that were read can go. */
  async #linkResumed(): Promise<void> {
    await yieldNow(); // whoever waits for the index goes first
    await this.#link();
    if (!this.#isDisposed) this.#parts.options.onLinked?.(this.#index);
  }

  async #link(): Promise<void> {
    const breather = new TimeSlicer();
    const steps = this.#linker.link(this.#parts.files.facts);
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      this.#parts.options.signal.throwIfAborted();
      await breather.breathe();
    }
    this.#parts.options.whereabouts?.leave();
    this.#index = step.value;
    this.#isBehind = false;
  }

  async #save(): Promise<void> {
    if (this.#isBehind) return;
    const { signal } = (this.#saving = new AbortController());
    const { files, cache, kept } = this.#parts;
    const { projects, handlers, calls, problems } = this.#index;
    const linkedFrom = kept && files.digest;
    const isSaved = await cache.save(files.keys);
    if (linkedFrom === undefined || !isSaved) return;
    await kept?.write(linkedFrom, { projects, handlers, calls, problems }, signal);
  }

  readonly #failed = (error: unknown) => {
    if (!isAbort(error)) this.#parts.options.log.error('Failed to link the code.', error);
  };
}

const folderOfCache = (cacheFolder: string, workspace: readonly string[]) =>
  join(
    cacheFolder,
    `code-${createHash('sha1').update(workspace.join('\n')).digest('hex').slice(0, 16)}`,
  );
