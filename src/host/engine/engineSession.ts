import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { formatDuration } from '../../core/base/format.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { fromMilliseconds } from '../../core/base/units.ts';
import type { Log, SourceCapabilities } from '../../core/ports.ts';
import { fileTraceOf } from '../../core/trace/fileTrace.ts';
import type { EngineClient } from '../../engine/client.ts';
import type {
  EngineEvents,
  EngineMethods,
  IndexSummary,
  WorkspaceSettings,
} from '../../engine/methods.ts';
import type { SourceKind, SourceSettings } from '../../sources/registry.ts';

export interface OpenedSource {
  readonly kind: SourceKind;
  readonly label: string;
  readonly capabilities: SourceCapabilities;
}

export interface EngineSessionOptions {
  readonly start: (
    onEvent: <K extends keyof EngineEvents>(name: K, value: EngineEvents[K]) => void,
  ) => EngineClient;
  readonly readSource: () => Promise<SourceSettings>;
  readonly readWorkspace: () => Promise<WorkspaceSettings>;
  readonly log: Log;
}

/** Calls that read the code index: they wait until the workspace has been indexed once. */
const codeMethods: ReadonlySet<keyof EngineMethods> = new Set([
  'endpoints',
  'handlersIn',
  'callSitesIn',
  'exceptionsIn',
  'sampleCallSites',
  'serviceFolders',
  'suggestPathMapping',
  'tracesOf',
  'tracesThrough',
  'methodAt',
  'explain',
  'openTrace',
  'remapTrace',
  'saveTrace',
  'traceFacts',
  'filesChanged',
  'mappingReport',
]);

/** Calls that answer from what is known, whatever the source does. */
const sourcelessMethods: ReadonlySet<keyof EngineMethods> = new Set([
  'discoverSource',
  'handlersIn',
  'callSitesIn',
  'exceptionsIn',
  'methodAt',
  'filesChanged',
  'tracesInFile',
]);

/** Calls about a trace of a file that lead from it into the source, where that can be opened. */
const leadingOutMethods: ReadonlySet<keyof EngineMethods> = new Set([
  'linkedPeers',
  'spanPercentile',
]);

/** A file's trace is there whatever the source is; one of the source that it is compared with isn't. */
function isOfFile(params: object): boolean {
  const { traceId, from, other, about } = params as Readonly<Record<string, unknown>>;
  const isKey = (key: unknown) => typeof key === 'string' && fileTraceOf(key) !== undefined;
  if (typeof about === 'object' && about !== null) return isOfFile(about);
  return (isKey(traceId) || isKey(from)) && (other === undefined || isKey(other));
}

/** Others are shown with it, which may be of the same file or of the source. */
const isJoined = (params: object): boolean => 'joined' in params;

/**
 * The engine as the window uses it: the first call opens the source and the workspace that the settings
 * name; a change opens them again.
 */
export class EngineSession implements Disposable {
  readonly #options: EngineSessionOptions;
  readonly #sourceChanged: Emitter<OpenedSource | undefined>;
  readonly #indexChanged: Emitter<IndexSummary>;
  readonly #indexProgress: Emitter<EngineEvents['indexProgress'] | undefined>;
  readonly #reportProgress: Emitter<EngineEvents['reportProgress']>;
  readonly #client: EngineClient;
  #source: Promise<OpenedSource> | undefined;
  #sourceGeneration = 0;
  #workspace: Promise<void> | undefined;
  #disposed = false;

  constructor(options: EngineSessionOptions) {
    this.#options = options;
    const failed = (error: unknown) => {
      options.log.error('A listener of the engine failed.', error);
    };
    this.#sourceChanged = new Emitter(failed);
    this.#indexChanged = new Emitter(failed);
    this.#indexProgress = new Emitter(failed);
    this.#reportProgress = new Emitter(failed);
    this.#client = options.start((name, value) => {
      this.#receive({ [name]: value });
    });
  }

  /** Undefined: the settings name another one, which isn't open yet. */
  get onSourceChange() {
    return this.#sourceChanged.event;
  }
  get onIndexChange() {
    return this.#indexChanged.event;
  }
  /** Undefined: indexing has ended. */
  get onIndexProgress() {
    return this.#indexProgress.event;
  }
  get onReportProgress() {
    return this.#reportProgress.event;
  }
  /** True once something was asked of the engine: until then a change of files is nobody's business. */
  get started(): boolean {
    return this.#workspace !== undefined || this.#source !== undefined;
  }

  /** Calls the engine once it has what the call needs. @throws SourceError, or `AbortError`. */
  async call<K extends keyof EngineMethods>(
    method: K,
    params: Parameters<EngineMethods[K]>[0],
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<EngineMethods[K]>>> {
    await this.#sourceFor(method, params);
    if (codeMethods.has(method)) await (this.#workspace ??= this.#openWorkspace());
    signal?.throwIfAborted();
    return this.#client.call(method, params, signal);
  }

  /** The source, opened when it isn't; one that could not be opened is tried again by the next call. */
  source(): Promise<OpenedSource> {
    if (this.#source) return this.#source;
    const source = this.#openSource(++this.#sourceGeneration);
    this.#source = source;
    source.catch(() => {
      if (this.#source === source) this.#source = undefined;
    });
    return source;
  }

  /** Opens the source again, when one was open: its settings or headers changed. */
  async sourceSettingsChanged(): Promise<void> {
    if (!this.started) return;
    this.#source = undefined;
    this.#sourceChanged.fire(undefined);
    await this.source();
  }

  /** Indexes the workspace again, when it was indexed: folders or settings changed. */
  async workspaceChanged(): Promise<void> {
    if (this.#workspace === undefined) return;
    this.#workspace = this.#openWorkspace();
    await this.#workspace;
  }

  dispose(): void {
    this.#disposed = true;
    this.#client.dispose();
    this.#sourceChanged.dispose();
    this.#indexChanged.dispose();
    this.#indexProgress.dispose();
    this.#reportProgress.dispose();
  }

  async #sourceFor(method: keyof EngineMethods, params: object): Promise<void> {
    if (sourcelessMethods.has(method)) return;
    if (!isOfFile(params)) await this.source();
    else if (leadingOutMethods.has(method) || isJoined(params))
      await this.source().catch(() => undefined);
  }

  async #openSource(generation: number): Promise<OpenedSource> {
    const settings = await this.#options.readSource();
    // Headers come from the secret storage: settings that changed meanwhile may have been read sooner.
    if (generation !== this.#sourceGeneration) return this.source();
    const opened = { kind: settings.kind, ...(await this.#client.call('openSource', settings)) };
    this.#options.log.info(`Trace source: ${opened.label}.`);
    this.#sourceChanged.fire(opened);
    return opened;
  }

  async #openWorkspace(): Promise<void> {
    try {
      const summary = await this.#client.call('openWorkspace', await this.#options.readWorkspace());
      this.#logIndex(summary);
    } catch (error) {
      if (!this.#disposed && !isAbort(error))
        this.#options.log.error('Failed to index the workspace.', error);
    } finally {
      this.#indexProgress.fire(undefined);
    }
  }

  #receive(event: Partial<EngineEvents>): void {
    if (event.indexProgress) this.#indexProgress.fire(event.indexProgress);
    if (event.indexChanged) this.#indexChanged.fire(event.indexChanged);
    if (event.reportProgress) this.#reportProgress.fire(event.reportProgress);
    if (event.log) this.#options.log[event.log.level](event.log.message);
  }

  #logIndex({ files, handlers, calls, problems, durationMs }: IndexSummary): void {
    this.#options.log.info(
      `Indexed ${files} files in ${formatDuration(fromMilliseconds(durationMs))}: ${handlers} handlers, ${calls} calls, ${problems} problems.`,
    );
  }
}
