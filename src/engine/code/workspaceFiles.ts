import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { extractConfig, isConfigFile, type ConfigFacts } from '../../core/code/configFacts.ts';
import type { FileFacts } from '../../core/code/language/facts.ts';
import { readFacts } from '../../core/code/language/factsText.ts';
import { importedFiles, relevantFiles } from '../../core/code/language/program/importedFiles.ts';
import { ModuleResolution } from '../../core/code/language/program/moduleResolution.ts';
import type { WorkspaceFacts } from '../../core/code/linker.ts';
import type { CodeProblem } from '../../core/code/model.ts';
import { isOtherSource, isSourceFile } from '../../core/code/relevance.ts';
import type { Log } from '../../core/ports.ts';
import type { LeftOutFiles } from '../leftOutFiles.ts';
import type { FileChange, WorkspaceSettings } from '../methods.ts';
import type { Whereabouts } from '../whereabouts.ts';
import {
  ExtractThreads,
  type ExtractThreadOptions,
  type FactsReader,
  type SourceAnswer,
} from './extractThreads.ts';
import type { FactsCache } from './factsCache.ts';
import { OtherSources } from './otherSources.ts';
import { isDirect } from './reach.ts';
import {
  factsTextsOf,
  loadParser,
  loadText,
  type LoadedText,
  type NoText,
  type SourceRequest,
} from './readSource.ts';
import { RepositoriesAround } from './repositoriesAround.ts';
import { scanFolder } from './scanFolder.ts';
import { WorkspaceRoots } from './workspaceRoots.ts';
import { TimeSlicer } from './yieldNow.ts';

export interface WorkspaceFilesOptions {
  readonly log: Log;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** Undefined: facts are read on this thread, however many. */
  readonly extractThreads?: ExtractThreadOptions | undefined;
  /** Where this thread says at which file it is. */
  readonly whereabouts?: Whereabouts | undefined;
  /** Files that aren't read until they change. */
  readonly leftOut?: LeftOutFiles | undefined;
}

/** Reading fewer takes less time than starting threads for it. */
const manyFiles = 200;
/** While other threads read, this one reads smaller files only: it must be free again within some milliseconds. */
const maxOwnLength = 50_000;

/** The files of a workspace and the facts read from them, from the cache where their content is known. */
export class WorkspaceFiles {
  readonly #settings: WorkspaceSettings;
  readonly #options: WorkspaceFilesOptions;
  readonly #cache: FactsCache;
  readonly #keys = new Map<string, string>();
  readonly #facts = new Map<string, FileFacts>();
  readonly #configs = new Map<string, ConfigFacts>();
  readonly #others = new OtherSources((path) => {
    const found = this.#load(path, this.#texts.get(path));
    this.#options.whereabouts?.leave();
    return found.kind === 'text' ? found.text : undefined;
  });
  readonly #problems = new Map<string, CodeProblem>();
  /** Editor texts, which win over the disk. */
  readonly #texts = new Map<string, string>();
  readonly #leftOut: LeftOutFiles;
  #roots: WorkspaceRoots;
  /** Of folders that are a part of a repository. */
  #around = new RepositoriesAround();
  /** Undefined: files or configurations came or went. */
  #modules: ModuleResolution | undefined;
  /** Of the module resolution. */
  #sources: ReadonlySet<string> = new Set();
  /** While many files are read. */
  #threads: ExtractThreads | undefined;
  readonly #reader: FactsReader = {
    take: (request, answer) => {
      this.#takeAnswer(request, answer);
    },
    read: (request) => {
      this.#readHere(request);
    },
    leaveOut: ({ path }, reason) => {
      this.#leftOut.set(path, reason);
      this.#takeNone(path, { kind: 'unread', reason });
    },
  };

  constructor(settings: WorkspaceSettings, options: WorkspaceFilesOptions, cache: FactsCache) {
    this.#settings = settings;
    this.#roots = new WorkspaceRoots([], settings);
    this.#options = options;
    this.#cache = cache;
    this.#leftOut = options.leftOut ?? new Map<string, string>();
    for (const { path, text } of settings.unsaved ?? [])
      if (typeof text === 'string') this.#texts.set(path, text);
  }

  /** Content keys by path; empty for a file that can't be read. */
  get keys(): ReadonlyMap<string, string> {
    return this.#keys;
  }

  /** What is to be linked. */
  get facts(): WorkspaceFacts {
    const modules = this.#resolution();
    return {
      files: relevantFiles(this.#facts, modules),
      sources: this.#insideOf(this.#sources),
      outside: this.#outside(),
      otherSources: this.#others.paths,
      goSources: this.#others.go,
      configs: this.#around.linkedWith(this.#configs),
      problems: this.#sortedProblems(),
      modules,
    };
  }

  /** A digest of all that linking these files depends on. */
  get digest(): string {
    const all = [
      [...this.#keys].sort(byPath),
      [...this.#around.linkedWith(this.#configs)].sort(byPath),
      [...this.#others.keys()].sort(),
      this.#sortedProblems(),
    ];
    return createHash('sha1').update(JSON.stringify(all)).digest('hex');
  }

  #sortedProblems(): readonly CodeProblem[] {
    return [...this.#problems.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Reads everything anew. */
  async scan(): Promise<void> {
    const { signal } = this.#options;
    const { folders, isTrusted } = this.#settings;
    this.#roots = new WorkspaceRoots(folders, this.#settings);
    const sources = new Set<string>();
    const configs = new Set<string>();
    this.#problems.clear();
    this.#others.clear();
    for (const { path: root, rules, reach } of this.#roots.all) {
      const scan = await scanFolder(root, { rules, reach, signal });
      for (const path of scan.sources) sources.add(path);
      for (const path of scan.configs) configs.add(path);
      for (const path of scan.others) this.#others.add(path);
      for (const problem of scan.problems) this.#problems.set(problem.path, problem);
    }
    for (const path of this.#keys.keys()) if (!sources.has(path)) this.#forget(path);
    for (const path of this.#configs.keys()) if (!configs.has(path)) this.#configs.delete(path);
    for (const path of configs) this.#readConfig(path);
    this.#around = isTrusted
      ? RepositoriesAround.of(folders, this.#configs)
      : new RepositoriesAround();
    const { extractThreads, log } = this.#options;
    const isMuch = sources.size - this.#cache.size > manyFiles;
    const threads =
      isMuch && extractThreads && new ExtractThreads(extractThreads, log, this.#reader);
    if (threads) this.#threads = threads;
    try {
      await this.#readSources([...sources], true);
    } finally {
      this.#threads = undefined;
      if (threads) threads.dispose();
    }
  }

  /** Reads the changed files again. Rejects with the signal's reason when it aborts. */
  async take(changes: readonly FileChange[]): Promise<void> {
    if (changes.some(({ path }) => path.endsWith('/.gitignore'))) {
      await this.scan();
      return;
    }
    const sources: string[] = [];
    for (const { path, text } of changes) {
      this.#leftOut.delete(path);
      if (typeof text === 'string') this.#texts.set(path, text);
      else this.#texts.delete(path);
      if (text === null) this.#forget(path);
      else if (await this.#isFolder(path, text)) sources.push(...(await this.#enterFolder(path)));
      else if (!this.#roots.of(path) && this.#keys.has(path)) sources.push(path);
      else if (this.#roots.ignores(path)) this.#forget(path);
      else if (isSourceFile(path)) sources.push(path);
      else if (isConfigFile(path)) this.#readConfig(path);
      else if (isOtherSource(path)) this.#others.add(path);
    }
    await this.#readSources(sources, false);
  }

  async #isFolder(path: string, text: string | undefined): Promise<boolean> {
    if (text !== undefined || isSourceFile(path) || isConfigFile(path) || isOtherSource(path))
      return false;
    const found = await stat(path).catch(() => undefined);
    return found?.isDirectory() ?? false;
  }

  async #enterFolder(path: string): Promise<readonly string[]> {
    const root = this.#roots.of(path);
    if (!root || this.#roots.ignores(path, true)) return [];
    const { rules, reach } = root;
    if (!isDirect(reach, root.path, path)) return []; // the next scan decides on links
    const { signal } = this.#options;
    const scan = await scanFolder(root.path, { rules, reach, signal, start: path });
    for (const config of scan.configs) this.#readConfig(config);
    for (const other of scan.others) this.#others.add(other);
    return [...scan.sources];
  }

  #outside(): ReadonlySet<string> {
    if (this.#around.isEmpty) return none;
    return new Set([...this.#keys.keys()].filter((path) => !this.#roots.of(path)));
  }

  #insideOf(paths: ReadonlySet<string>): ReadonlySet<string> {
    return this.#around.isEmpty
      ? paths
      : new Set([...paths].filter((path) => this.#roots.of(path)));
  }

  /** Forgets a file, or all that is in a folder. */
  #forget(path: string): void {
    this.#modules = undefined;
    const known = [this.#keys, this.#facts, this.#configs, this.#problems, this.#others];
    for (const one of known) one.delete(path);
    if (isSourceFile(path) || isConfigFile(path) || isOtherSource(path)) return;
    const start = `${path}/`;
    for (const one of known) {
      for (const inside of one.keys()) if (inside.startsWith(start)) one.delete(inside);
    }
  }

  #readConfig(path: string): void {
    this.#modules = undefined;
    this.#problems.delete(path);
    const found = this.#load(path, this.#texts.get(path));
    const facts = found.kind === 'text' ? extractConfig(path, found.text) : undefined;
    this.#options.whereabouts?.leave();
    if (found.kind === 'unread') this.#addProblem(path, found.reason);
    if (facts) this.#configs.set(path, facts);
    else this.#configs.delete(path);
  }

  /** Reads sources, then what those that matter import, as far as that leads. */
  async #readSources(paths: readonly string[], reportsProgress: boolean): Promise<void> {
    await this.#readAll(paths, false, reportsProgress);
    // A file that came may be what any other imports.
    let importers: Iterable<string> = this.#modules ? paths : this.#facts.keys();
    for (;;) {
      const missing = importedFiles(this.#facts, this.#resolution(), importers);
      const wanted = [...missing].filter((path) => !this.#problems.has(path));
      if (wanted.length === 0) break;
      await this.#readAll(wanted, true, false);
      importers = wanted;
    }
    this.#around.readSchemas(this.#outside(), this.#configs);
  }

  async #readAll(
    paths: readonly string[],
    wanted: boolean,
    reportsProgress: boolean,
  ): Promise<void> {
    const breather = new TimeSlicer();
    for (const [done, path] of paths.entries()) {
      this.#options.signal.throwIfAborted();
      if (reportsProgress && done % 50 === 0) this.#options.onProgress(done, paths.length);
      const text = this.#texts.get(path);
      const request = { path, text, matters: this.#matters(path, wanted) };
      if (!this.#takeUntouched(request)) {
        await loadParser();
        this.#readSource(request);
      }
      await breather.breathe();
    }
    await this.#threads?.finish();
    if (reportsProgress) this.#options.onProgress(paths.length, paths.length);
  }

  /** From the cache, where nobody has touched the file. */
  #takeUntouched(request: SourceRequest): boolean {
    const { path, text } = request;
    const known = text === undefined ? this.#cache.stamps.keyOf(path) : undefined;
    return known !== undefined && this.#takeCached(request, known);
  }

  /** On another thread or on this one. */
  #readSource(request: SourceRequest): void {
    if (this.#leftOut.has(request.path) || !this.#threads?.offer(request)) this.#readHere(request);
  }

  /** The text, with this thread at the file from then on. */
  #load(path: string, text: string | undefined): LoadedText | NoText {
    const reason = this.#leftOut.get(path);
    if (reason !== undefined) return { kind: 'unread', reason };
    this.#options.whereabouts?.begin(path);
    return loadText(path, text);
  }

  #readHere(request: SourceRequest): void {
    this.#readFacts(request);
    this.#options.whereabouts?.leave();
  }

  #readFacts(request: SourceRequest): void {
    const { path } = request;
    const found = this.#load(path, request.text);
    if (found.kind !== 'text') {
      this.#takeNone(path, found);
      return;
    }
    const { key, text, state } = found;
    if (this.#takeCached(request, key)) {
      if (state) this.#cache.stamps.set(path, state, key, Date.now());
    } else if (text.length <= maxOwnLength || !this.#threads?.offer(request, true)) {
      this.#takeAnswer(request, { kind: 'facts', key, state, facts: factsTextsOf(request, text) });
    }
  }

  #takeAnswer({ path }: SourceRequest, answer: SourceAnswer): void {
    if (answer.kind !== 'facts') {
      this.#takeNone(path, answer);
      return;
    }
    const { key, state } = answer;
    const facts = answer.facts === undefined ? undefined : readFacts(answer.facts);
    this.#cache.set(key, facts);
    this.#take(path, key, facts);
    if (state) this.#cache.stamps.set(path, state, key, Date.now());
  }

  #takeNone(path: string, none: NoText): void {
    this.#facts.delete(path);
    this.#modules = undefined;
    this.#problems.delete(path);
    if (none.kind === 'gone') this.#keys.delete(path);
    else {
      this.#keys.set(path, '');
      this.#addProblem(path, none.reason);
    }
  }

  #addProblem(path: string, text: string): void {
    this.#problems.set(path, { path, line: undefined, message: text });
  }

  /** Takes facts from the cache; false when it doesn't have what is needed of this content. */
  #takeCached({ path, matters }: SourceRequest, key: string): boolean {
    const cached = this.#cache.get(key);
    if (!cached || (!cached.facts && matters)) return false;
    this.#take(path, key, cached.facts);
    return true;
  }

  /** `wanted`: another file imports it; so may one import what had facts before. */
  #matters(path: string, wanted: boolean): boolean {
    return wanted || this.#facts.has(path);
  }

  #take(path: string, key: string, facts: FileFacts | undefined): void {
    if (!this.#keys.has(path)) this.#modules = undefined;
    this.#keys.set(path, key);
    this.#problems.delete(path);
    if (facts) this.#facts.set(path, facts);
    else this.#facts.delete(path);
  }

  #resolution(): ModuleResolution {
    if (!this.#modules) {
      const sources = new Set(this.#keys.keys());
      this.#sources = sources;
      const around = this.#around;
      // Of two packages of one name the same counts, whichever was read first.
      const configs = [...around.configs, ...this.#configs].sort(byPath);
      this.#modules = new ModuleResolution(
        (path) => sources.has(path) || around.has(path),
        new Map(configs),
      );
    }
    return this.#modules;
  }
}

const none: ReadonlySet<string> = new Set();

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) =>
  a < b ? -1 : 1;
