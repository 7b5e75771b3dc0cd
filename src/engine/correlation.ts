import { epochMicroseconds } from '../core/base/units.ts';
import type { CodeIndex } from '../core/code/model.ts';
import type { WorkspacePath } from '../core/code/location.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { KnownRequests } from '../core/correlate/behind/endpointsBehind.ts';
import { sampledRequests, type SampledRequest } from '../core/correlate/behind/sampledRequests.ts';
import { callSiteFigures, type CallSiteFigures } from '../core/correlate/callSites.ts';
import { handlerPeers, peersNow, type HandlerPeers } from '../core/correlate/peers/handlerPeers.ts';
import { handlerCosts, type HandlerCosts } from '../core/explain/handlerCosts.ts';
import { endpointRows, type EndpointRow } from '../core/correlate/endpoints.ts';
import {
  keyText,
  layerOf,
  type OperationKey,
  type OperationSelector,
} from '../core/matching/operations/operationKinds.ts';
import { slownessOf } from '../core/correlate/slownessOf.ts';
import { matchTrace } from '../core/matching/matchTrace.ts';
import { pathOptions, type MatchOptions, type PathOptions } from '../core/matching/options.ts';
import type { SeenPaths } from '../core/matching/files/seenPaths.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import {
  operationSeen,
  resolveServiceFolders,
  routeShares,
  serviceProjects,
  type ServiceFolders,
} from '../core/matching/serviceFolders.ts';
import type { FiguresAnswer } from '../core/ports.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Trace } from '../core/trace/trace.ts';
import { noneDropped } from '../sources/droppedSpanList.ts';
import { emptyIndex } from './emptyIndex.ts';
import type { HandlerLine, CallSiteLine, ServiceFolder, WorkspaceSettings } from './methods.ts';
import { createSourceMapper } from './sourceMaps.ts';

/**
 * The code as it is now beside what was last read of the traces. Whatever follows from both is worked
 * out when first asked for, and again after either changed.
 */
export class Correlation {
  #index: CodeIndex = emptyIndex;
  #workspace: Pick<WorkspaceSettings, 'folders' | 'serviceFolders' | 'pathMappings'> = {
    folders: [],
    serviceFolders: {},
    pathMappings: [],
  };
  #answer: FiguresAnswer | undefined;
  #sourceLabel = '';
  #callSites: ReadonlyMap<string, CallSiteFigures> = new Map();
  #peers: ReadonlyMap<string, HandlerPeers> = new Map();
  #costs: ReadonlyMap<string, HandlerCosts> = new Map();
  /** Undefined: no traces were sampled yet. */
  #requests: readonly SampledRequest[] | undefined;
  readonly #services = new Set<string>();
  /** Operations seen in traces of services whose folder wasn't known. */
  readonly #seen = new Map<string, OperationKey>();
  readonly #seenPaths: SeenPaths;
  #folders: ServiceFolders | undefined;
  #rows: readonly EndpointRow[] | undefined;

  /** @param seenPaths what the spans looked at so far name: whoever reads traces adds them before they are matched */
  constructor(seenPaths: SeenPaths) {
    this.#seenPaths = seenPaths;
  }

  get index(): CodeIndex {
    return this.#index;
  }

  setIndex(index: CodeIndex, workspace = this.#workspace): void {
    this.#index = index;
    this.#workspace = workspace;
    this.#changed();
  }

  /** @param answer undefined: nothing was read of this source yet. */
  setFigures(answer: FiguresAnswer | undefined, sourceLabel: string): void {
    if (answer === this.#answer && sourceLabel === this.#sourceLabel) return;
    if (answer === undefined) {
      this.setSample([]);
      this.#requests = undefined;
    }
    this.#answer = answer;
    this.#sourceLabel = sourceLabel;
    for (const { key } of answer?.operations ?? []) this.#services.add(key.service);
    this.#changed();
  }

  /** What the sampled traces say, in place of what others said before. */
  setSample(mapped: readonly MappedTrace[]): void {
    this.#callSites = callSiteFigures(mapped);
    this.#peers = handlerPeers(mapped, this.#index);
    this.#costs = handlerCosts(mapped, this.#index);
    this.#requests = mapped.flatMap(sampledRequests);
  }

  get hasSample(): boolean {
    return this.#requests !== undefined;
  }

  /** What figures, which `setFigures` was given, and sampled traces say of requests. */
  known(figures: FiguresAnswer): KnownRequests {
    return {
      figures,
      endpoints: this.endpoints(),
      sample: this.#requests ?? [],
      index: this.#index,
      folders: this.folders(),
      source: this.#sourceLabel,
    };
  }

  seeServices(services: Iterable<string>): void {
    const before = this.#services.size;
    for (const service of services) this.#services.add(service);
    if (this.#services.size > before) this.#changed();
  }

  /** The match of each row. */
  match(trace: Trace): readonly SpanMatch[] {
    this.seeServices(trace.services);
    this.see(trace.spans);
    return matchTrace(trace, this.#index, this.folders(), this.#matchOptions());
  }

  /** Where paths of a service's spans are looked for; ask anew for each question, since builds change maps. */
  pathsOf(service: string): PathOptions {
    const root = this.folders().get(service)?.project?.root;
    return pathOptions(this.#matchOptions(), service, root);
  }

  /** Handlers without requests alone while nothing was read of the source yet. */
  endpoints(): readonly EndpointRow[] {
    return (this.#rows ??= endpointRows(
      this.#answer ?? nothingRead,
      this.#index,
      this.folders(),
      this.#sourceLabel,
    ));
  }

  /** Names the spans of an Endpoints row; empty when it had no request. */
  selectorsOf(endpointId: string): readonly OperationSelector[] {
    return this.endpoints().find(({ id }) => id === endpointId)?.keys ?? [];
  }

  handlersIn(path: WorkspacePath): readonly HandlerLine[] {
    const lines: HandlerLine[] = [];
    for (const { id, handler, figures } of this.endpoints()) {
      if (handler?.location.path !== path) continue;
      const peers = this.#peers.get(handler.id);
      lines.push({
        endpointId: id,
        handler,
        figures,
        peers: peers && peersNow(peers, this.#index),
        costs: this.#costs.get(handler.id),
      });
    }
    return lines;
  }

  callSitesIn(path: WorkspacePath): readonly CallSiteLine[] {
    return this.#index.calls
      .filter(({ location }) => location.path === path)
      .map((call) => ({ call, figures: this.#callSites.get(call.id) }));
  }

  /** One trace of each operation, that of its slowest request; the slowest operations first. */
  slowestTraceIds(limit: number): readonly string[] {
    const slowest = (this.#answer?.operations ?? []).toSorted(
      (a, b) => slownessOf(b) - slownessOf(a),
    );
    const ids = new Set(slowest.flatMap(({ slowestTraceId }) => slowestTraceId ?? []));
    return [...ids].slice(0, limit);
  }

  /** Of the services seen so far. */
  folders(): ServiceFolders {
    return (this.#folders ??= resolveServiceFolders(
      this.#services,
      serviceProjects(this.#index),
      this.#workspace.serviceFolders,
      routeShares(
        [...(this.#answer?.operations ?? []).map(({ key }) => key), ...this.#seen.values()],
        this.#index,
      ),
    ));
  }

  serviceFolders(): readonly ServiceFolder[] {
    return [...this.folders().values()].map(({ service, project, evidence }) => ({
      service,
      folder: project?.root,
      evidence,
    }));
  }

  /** What a service answers tells its folder, also where no figures were read yet. */
  see(spans: readonly RawSpan[]): void {
    const before = this.#seen.size;
    for (const span of spans) {
      if (this.folders().get(span.resource.service)?.project) continue;
      const key = operationSeen(span, this.#index);
      if (key && layerOf(key) !== 'other' && this.#seen.size < mostSeen)
        this.#seen.set(keyText(key), key);
    }
    if (this.#seen.size > before) this.#changed();
  }

  #matchOptions(): MatchOptions {
    const roots = [...this.#index.projects.map(({ root }) => root), ...this.#workspace.folders];
    const { pathMappings } = this.#workspace;
    return {
      pathMappings,
      sourceMapper: createSourceMapper(roots),
      seenOf: (service) => this.#seenPaths.ofService(service),
    };
  }

  #changed(): void {
    this.#folders = undefined;
    this.#rows = undefined;
  }
}

/** Traces of strangers never end; so many operations tell as well as more. */
const mostSeen = 2_000;

const nothingRead: FiguresAnswer = {
  operations: [],
  window: { start: epochMicroseconds(0), end: epochMicroseconds(0) },
  basis: 'complete',
  sampledTraces: undefined,
  fetchedAt: epochMicroseconds(0),
  ...noneDropped,
  complete: true,
  reason: '',
};
