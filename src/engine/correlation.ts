import { epochMicroseconds } from '../core/base/units.ts';
import type { CodeIndex } from '../core/code/model.ts';
import type { WorkspacePath } from '../core/code/location.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { KnownRequests } from '../core/correlate/behind/endpointsBehind.ts';
import { sampledRequests, type SampledRequest } from '../core/correlate/behind/sampledRequests.ts';
import { independentAwaits } from '../core/correlate/calls/independentAwaits.ts';
import { sequentialRuns, type SequentialRuns } from '../core/correlate/calls/sequentialRuns.ts';
import { callSiteFigures, type CallSiteFigures } from '../core/correlate/calls/callSites.ts';
import type { ExceptionBasis } from '../core/correlate/exceptions/exceptionText.ts';
import {
  placeNow,
  seenExceptions,
  type SeenException,
  type SeenExceptions,
} from '../core/correlate/exceptions/exceptions.ts';
import { handlerPeers, peersNow, type HandlerPeers } from '../core/correlate/peers/handlerPeers.ts';
import { callCosts, loopsRunning, type CallCost } from '../core/explain/callCosts.ts';
import { handlerCosts, type HandlerCosts } from '../core/explain/handlerCosts.ts';
import { handlerTrees } from '../core/explain/handlerTrees.ts';
import { loopsOf } from '../core/explain/loops.ts';
import { endpointRows, type EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import type { OperationSelector } from '../core/matching/operations/operationKinds.ts';
import { slownessOf } from '../core/correlate/figures/slownessOf.ts';
import { matchTrace } from '../core/matching/matchTrace.ts';
import { pathOptions, type MatchOptions, type PathOptions } from '../core/matching/options.ts';
import { noEvidence, withTraces, type Evidence } from '../core/matching/evidence.ts';
import { lookupsOf } from '../core/matching/lookups.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import {
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
import type {
  CallCostLine,
  CallSiteLine,
  ExceptionLine,
  HandlerLine,
  ServiceFolder,
  WorkspaceSettings,
} from './methods.ts';
import { createSourceMapper } from './sourceMaps.ts';
import { sampledLinks, type SampledLinks } from './spanLinks.ts';

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
  #sequential: ReadonlyMap<string, SequentialRuns> = new Map();
  #peers: ReadonlyMap<string, HandlerPeers> = new Map();
  #costs: ReadonlyMap<string, HandlerCosts> = new Map();
  #callCosts: ReadonlyMap<string, CallCost> = new Map();
  #exceptions: readonly SeenException[] = [];
  #links: SampledLinks = new Map();
  #sampled: ExceptionBasis = nothingSampled;
  /** Undefined: no traces were sampled yet. */
  #requests: readonly SampledRequest[] | undefined;
  readonly #services = new Set<string>();
  /** What the traces sampled so far tell. */
  #evidence: Evidence = noEvidence;
  #folders: ServiceFolders | undefined;
  #rows: readonly EndpointRow[] | undefined;

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
      this.setSample([], noEvidence, nothingSampled);
      this.#requests = undefined;
    }
    this.#answer = answer;
    this.#sourceLabel = sourceLabel;
    for (const { key } of answer?.operations ?? []) this.#services.add(key.service);
    this.#changed();
  }

  /**
   * What the sampled traces say, in place of what others said before.
   * @param evidence that they were mapped with
   * @returns the exceptions in them
   */
  setSample(
    mapped: readonly MappedTrace[],
    evidence: Evidence,
    sampled: ExceptionBasis,
  ): SeenExceptions {
    this.#evidence = evidence;
    this.#changed();
    this.#callSites = callSiteFigures(mapped);
    this.#sequential = sequentialRuns(mapped);
    this.#peers = handlerPeers(mapped, this.#index);
    const [trees, loops] = [handlerTrees(mapped), loopsOf(this.#index)];
    this.#costs = handlerCosts(trees, loops);
    this.#callCosts = callCosts(trees, loops);
    this.#requests = mapped.flatMap(sampledRequests);
    this.#links = sampledLinks(mapped.map(({ trace }) => trace));
    const seen = seenExceptions(mapped, this.#index, (service) => this.pathsOf(service, evidence));
    this.#exceptions = seen.exceptions;
    this.#sampled = sampled;
    return seen;
  }

  get hasSample(): boolean {
    return this.#requests !== undefined;
  }

  /** Of the sampled traces. */
  get links(): SampledLinks {
    return this.#links;
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

  get evidence(): Evidence {
    return this.#evidence;
  }

  /** The evidence with that of these traces, for mapping them; what is mapped afterwards knows nothing of it. */
  evidenceWith(traces: Iterable<readonly RawSpan[]>): Evidence {
    const folders = this.folders();
    const isKnown = (service: string) => folders.get(service)?.project !== undefined;
    return withTraces(this.#evidence, traces, this.#index, isKnown);
  }

  /**
   * The match of each row.
   * @param evidence with the trace's own: see `evidenceWith`
   */
  match(trace: Trace, evidence: Evidence): readonly SpanMatch[] {
    return matchTrace(trace, this.#index, this.folders(evidence), this.#matchOptions(evidence));
  }

  /** Where paths of a service's spans are looked for; ask anew for each question, since builds change maps. */
  pathsOf(service: string, evidence: Evidence): PathOptions {
    const root = this.folders(evidence).get(service)?.project?.root;
    return pathOptions(this.#matchOptions(evidence), service, root);
  }

  /** Handlers without requests alone while nothing was read of the source yet. */
  endpoints(): readonly EndpointRow[] {
    return (this.#rows ??= this.endpointsBy(this.#evidence));
  }

  /** The same where these traces are known as well. */
  endpointsBy(evidence: Evidence): readonly EndpointRow[] {
    const folders = this.folders(evidence);
    return endpointRows(this.#answer ?? nothingRead, this.#index, folders, this.#sourceLabel);
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
      .map((call) => {
        const cost = this.#costOf(call.id);
        const loops = loopsRunning(call, cost);
        const runs = this.#sequential.get(call.id);
        return {
          call,
          figures: this.#callSites.get(call.id),
          cost,
          independent: independentAwaits(call, loops, runs, this.#index),
        };
      });
  }

  #costOf(callId: string): CallCostLine | undefined {
    const cost = this.#callCosts.get(callId);
    const handler = cost && lookupsOf(this.#index).handlers.get(cost.handlerId);
    return handler && { ...cost, handler };
  }

  exceptionsIn(path: WorkspacePath): readonly ExceptionLine[] {
    return this.#exceptions.flatMap((exception) => {
      const location = exception.place && placeNow(exception.place, this.#index);
      return location?.path === path ? [{ exception, location, basis: this.#sampled }] : [];
    });
  }

  /** One trace of each operation, that of its slowest request; the slowest operations first. */
  slowestTraceIds(limit: number): readonly string[] {
    const slowest = (this.#answer?.operations ?? []).toSorted(
      (a, b) => slownessOf(b) - slownessOf(a),
    );
    const ids = new Set(slowest.flatMap(({ slowestTraceId }) => slowestTraceId ?? []));
    return [...ids].slice(0, limit);
  }

  /** Of the services that the source, its figures and the evidence name. */
  folders({ services, operations }: Evidence = this.#evidence): ServiceFolders {
    const isKnown =
      operations === this.#evidence.operations && services === this.#evidence.services;
    if (isKnown && this.#folders) return this.#folders;
    const asked = (this.#answer?.operations ?? []).map(({ key }) => key);
    const folders = resolveServiceFolders(
      new Set([...this.#services, ...services]),
      serviceProjects(this.#index),
      this.#workspace.serviceFolders,
      routeShares([...asked, ...operations.values()], this.#index),
    );
    if (isKnown) this.#folders = folders;
    return folders;
  }

  serviceFolders(evidence: Evidence): readonly ServiceFolder[] {
    return [...this.folders(evidence).values()].map(({ service, project, evidence }) => ({
      service,
      folder: project?.root,
      evidence,
    }));
  }

  #matchOptions({ paths }: Evidence): MatchOptions {
    const roots = [...this.#index.projects.map(({ root }) => root), ...this.#workspace.folders];
    const { pathMappings } = this.#workspace;
    return {
      pathMappings,
      sourceMapper: createSourceMapper(roots),
      seenOf: (service) => paths.get(service) ?? noPaths,
    };
  }

  #changed(): void {
    this.#folders = undefined;
    this.#rows = undefined;
  }
}

const noPaths: ReadonlySet<string> = new Set();

const nothingSampled: ExceptionBasis = { sampledTraces: 0, isWhole: false };

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
