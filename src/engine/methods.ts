import type { TimeWindow } from '../core/base/timeWindow.ts';
import type { EpochMicroseconds, SpanRow } from '../core/base/units.ts';
import type { CallSite, CodeProblem, Handler } from '../core/code/model.ts';
import type { CodeLocation, WorkspacePath } from '../core/code/location.ts';
import type { BehindBasis } from '../core/correlate/behind/behindText.ts';
import type { EndpointBehind } from '../core/correlate/behind/endpointsBehind.ts';
import type { SeenQuestion } from '../core/correlate/behind/questions.ts';
import type { IndependentAwaits } from '../core/correlate/calls/independentAwaits.ts';
import type { CallSiteFigures } from '../core/correlate/calls/callSites.ts';
import type { CallCost } from '../core/explain/callCosts.ts';
import type { EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import type { ExceptionBasis } from '../core/correlate/exceptions/exceptionText.ts';
import type { SeenException, SeenExceptions } from '../core/correlate/exceptions/exceptions.ts';
import type { Difference } from '../core/explain/differences.ts';
import type { Explanation } from '../core/explain/explanation.ts';
import type { LocatedCall } from '../core/explain/compare/comparedPlaces.ts';
import type { HandlerCosts } from '../core/explain/handlerCosts.ts';
import type { CostSelector, TraceCosts } from '../core/explain/traceCosts.ts';
import type { TraceFacts } from '../core/explain/traceFacts.ts';
import type { OperationKinds } from '../core/explain/requestKinds.ts';
import type { SpanPercentile } from '../core/correlate/figures/spanPercentile.ts';
import type { Figures, FiguresBasis } from '../core/correlate/figures/figures.ts';
import type { LocatedLine } from '../core/correlate/lines/comparedLines.ts';
import type { TraceTimes } from '../core/correlate/lines/timesByLine.ts';
import type { PathMapping } from '../core/matching/options.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import type { PathSuggestion } from '../core/matching/files/suggestPathMapping.ts';
import type { MappingReport } from '../core/correlate/report/mappingReport.ts';
import type { RecordedStack } from '../core/matching/stack/recordedStacks.ts';
import type { HandlerPeers } from '../core/correlate/peers/handlerPeers.ts';
import type { SpanPeer } from '../core/correlate/peers/spanPeers.ts';
import type {
  Bounded,
  DroppedSpans,
  Operation,
  SearchAnswer,
  SourceCapabilities,
  TraceQuery,
  TraceSummary,
} from '../core/ports.ts';
import type { ComparedTrace } from '../core/trace/compare/comparedTrace.ts';
import type { TracePace } from '../core/trace/compare/spreadTraces.ts';
import type { AttributeCondition } from '../core/trace/filter/attributeCondition.ts';
import type { AttributeSummary } from '../core/trace/filter/completion/filterWords.ts';
import type { SpanFormat } from '../protocol/spanActions.ts';
import type { AttributeAnswer, OpenedTrace, SpanDetail } from '../protocol/waterfall.ts';
import type { SourceSettings, SourceValues } from '../sources/registry.ts';
import type { Discovery } from '../sources/sourceDescriptor.ts';

export interface WorkspaceSettings {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly WorkspacePath[];
  /** False: nothing outside the folders is read, whatever links and configurations in them say. */
  readonly isTrusted: boolean;
  /** Where facts are cached, by content hash; undefined: no cache. */
  readonly cacheFolder: string | undefined;
  /** Globs of `files.exclude`, besides .gitignore, node_modules and build output. */
  readonly exclude: readonly string[];
  /** The user's `spanhop.services`: service name to folder (absolute). */
  readonly serviceFolders: Readonly<Record<string, WorkspacePath>>;
  /** The user's `spanhop.pathMappings`; targets are absolute. */
  readonly pathMappings: readonly PathMapping[];
  /** Texts of editors that differ from their files; later ones come by `filesChanged`. */
  readonly unsaved?: readonly FileChange[];
}

/** All of the code index that a listing shows. */
interface IndexedCode {
  readonly handlers: readonly Handler[];
  readonly calls: readonly CallSite[];
  readonly problems: readonly CodeProblem[];
}

export interface FileChange {
  readonly path: WorkspacePath;
  /** The editor's text; undefined: read the file; null: it is gone. */
  readonly text?: string | null;
}

export interface IndexSummary {
  readonly files: number;
  readonly handlers: number;
  /** Calls that leave a method. */
  readonly calls: number;
  readonly problems: number;
  readonly durationMs: number;
}

/** A handler with what is known of it; `figures` undefined: no request in the window. */
export interface HandlerLine {
  /** For `tracesOf`. */
  readonly endpointId: string;
  readonly handler: Handler;
  readonly figures: Figures | undefined;
  /** Of sampled traces; undefined: none shows a request or message to or from another handler. */
  readonly peers: HandlerPeers | undefined;
  /** Of sampled traces; undefined: too few requests. */
  readonly costs: HandlerCosts | undefined;
}

/** A call that leaves a method, with what sampled traces say of it. */
export interface CallSiteLine {
  readonly call: CallSite;
  readonly figures: CallSiteFigures | undefined;
  /** Undefined: no slow request of a handler that the code still has makes it. */
  readonly cost: CallCostLine | undefined;
  /** Undefined: its loop doesn't await it one by one, or has to. */
  readonly independent: IndependentAwaits | undefined;
}

/** What a call costs, and in whose requests. */
export interface CallCostLine extends CallCost {
  readonly handler: Handler;
}

export interface EndpointsAnswer extends Bounded, DroppedSpans {
  readonly rows: readonly EndpointRow[];
  readonly window: TimeWindow;
  readonly basis: FiguresBasis;
  readonly sampledTraces: number | undefined;
  /** The source was too slow or too busy to be asked for all of it. */
  readonly overloaded: boolean;
  /** How long the source took, in ms. */
  readonly readMs: number;
  /** See `FiguresAnswer`. */
  readonly restMs: number;
}

/** What whole traces say of requests, besides what is asked of a file. */
export interface SampledRequests extends ExceptionBasis, SeenExceptions {
  readonly kinds: readonly OperationKinds[];
}

/** An exception that a line threw, where the line is now. */
export interface ExceptionLine {
  readonly exception: SeenException;
  readonly location: CodeLocation;
  readonly basis: ExceptionBasis;
}

/** The endpoints behind a method, status or proxy's part, those that cost the most time first. */
export interface BehindAnswer extends Bounded, BehindBasis {
  /** The question as it is typed: `DELETE 500`. */
  readonly asked: string;
  readonly endpoints: readonly EndpointBehind[];
  readonly window: TimeWindow;
}

/** Where the time of an endpoint's requests, or of one trace, goes. */
export interface ExplainAnswer extends Bounded {
  /** `DELETE /api/v1/orders/:id`; of a trace what its root is called. */
  readonly title: string;
  /** Undefined: of one trace. */
  readonly endpoint: EndpointRow | undefined;
  readonly window: TimeWindow;
  readonly explanation: Explanation;
  /** What slow requests have and others don't; none of one trace. */
  readonly differences: readonly Difference[];
}

/** Two traces by what they call, from where and on which lines. */
export interface TraceComparison {
  /** The one that is compared with, and the one that is looked at. */
  readonly traces: readonly [before: ComparedTrace, after: ComparedTrace];
  /** Those with the largest differences, each with all that lead to it, of `callCount`. */
  readonly calls: readonly LocatedCall[];
  readonly callCount: number;
  /** Largest difference first; the first of `lineCount`. */
  readonly lines: readonly LocatedLine[];
  readonly lineCount: number;
}

/** What is asked of a comparison: one of its calls, by `ComparedCall.id`, or a line. */
export type ComparedPart = { readonly call: number } | { readonly line: CodeLocation };

/** Traces of the same kind of request as another one. */
export interface SimilarTraces {
  /** What they answer: `DELETE /api/orders/:id`; empty: not known, then there are none. Hostile text. */
  readonly title: string;
  readonly traces: readonly { readonly pace: TracePace; readonly summary: TraceSummary }[];
}

/** What a mapping report rests on. */
interface ReportBasis {
  /** Label of the source. */
  readonly source: string;
  readonly window: TimeWindow;
  /** Undefined: of every service. */
  readonly service: string | undefined;
  /** How many traces the window has; undefined: the source can't say without reading them. */
  readonly traces: number | undefined;
  /** Handlers without a span were looked for among all requests, not only those of the traces read. */
  readonly countsEveryRequest: boolean;
  readonly complete: boolean;
  /** Why not all traces were looked at; empty when they were. */
  readonly reason: string;
  readonly readAt: EpochMicroseconds;
}

export interface MappingReportAnswer {
  readonly basis: ReportBasis;
  readonly report: MappingReport;
}

/** As the page gets it, but with the match itself: absolute paths stay on this side. */
export interface EngineSpanDetail extends Omit<
  SpanDetail,
  | 'confidence'
  | 'reason'
  | 'location'
  | 'alternatives'
  | 'drifted'
  | 'stacks'
  | 'peers'
  | 'sourcePage'
> {
  /** What its row is remembered by: see `keyOfSpan`. */
  readonly key: string;
  readonly match: SpanMatch;
  readonly stacks: readonly RecordedStack[];
  readonly peers: readonly SpanPeer[];
}

export interface ServiceFolder {
  readonly service: string;
  /** Undefined: none found. */
  readonly folder: WorkspacePath | undefined;
  readonly evidence: string;
}

/**
 * What the engine answers: sources, code index and correlation behind one door, so that the extension
 * host (through a worker) and the command line (in process) do the same. Errors are `SourceError`s.
 */
export interface EngineMethods {
  /** Replaces the source; nothing is asked of it until something needs an answer. */
  openSource(params: SourceSettings): { label: string; capabilities: SourceCapabilities };
  /** Asks a server what it needs to be opened, besides its address; the source that is open stays. */
  discoverSource(params: SourceSettings): Discovery<SourceValues>;
  /** Asks the source for its services: proof that it answers. */
  checkSource(params: Record<string, never>): { services: readonly string[] };
  /** Indexes the folders; progress comes as events. */
  openWorkspace(params: WorkspaceSettings): IndexSummary;
  /** What the code index holds; empty before `openWorkspace` has answered. */
  indexedCode(params: Record<string, never>): IndexedCode;
  filesChanged(params: { changes: readonly FileChange[] }): IndexSummary;

  services(params: Record<string, never>): readonly string[];
  operations(params: { service: string }): readonly Operation[];
  search(params: TraceQuery): SearchAnswer;
  /** The traces of a handler or Endpoints row, slowest (by its own span) first. */
  tracesOf(params: { endpointId: string; window: TimeWindow; limit: number }): SearchAnswer;

  /** The slowest traces of the handlers that lead to the method around a line. */
  tracesThrough(params: {
    path: WorkspacePath;
    line: number;
    window: TimeWindow;
    limit: number;
  }): SearchAnswer;
  /** Of the method around a line: its name (empty: there is none), and how many handlers lead there. */
  methodAt(params: { path: WorkspacePath; line: number }): { symbol: string; handlers: number };

  /** Reads figures again: one request to the source however many views wait for it. */
  endpoints(params: { window: TimeWindow; refresh: boolean }): EndpointsAnswer;
  /** From the figures last read: never waits for the source. */
  handlersIn(params: { path: WorkspacePath }): readonly HandlerLine[];
  callSitesIn(params: { path: WorkspacePath }): readonly CallSiteLine[];
  exceptionsIn(params: { path: WorkspacePath }): readonly ExceptionLine[];
  /**
   * Maps whole traces, for `callSitesIn` and `exceptionsIn`: those that the figures were counted from, else a sample of
   * `traces`.
   */
  sampleCallSites(params: { window: TimeWindow; traces: number }): SampledRequests;
  /**
   * Which endpoints answer `DELETE`, `DELETE 500`, `5xx`, or what `orders@docker` passes on. By method from the figures
   * last read; else also from sampled traces, which are read where that wasn't done yet.
   */
  endpointsBehind(params: { asked: string; window: TimeWindow }): BehindAnswer;
  /**
   * Where the time goes: of an endpoint, from its slowest and its newest requests, which are read for it; or of a trace.
   * @throws SourceError `notFound` without requests, `rejected` where `asked` fits several endpoints
   */
  explain(params: {
    about:
      | { readonly endpointId: string }
      /** As people name it: see `askedEndpoint`. */
      | { readonly asked: string }
      | { readonly traceId: string };
    window: TimeWindow;
  }): ExplainAnswer;
  /** What `endpointsBehind` can be asked of the requests that were seen. */
  seenQuestions(params: { window: TimeWindow }): readonly SeenQuestion[];
  serviceFolders(params: Record<string, never>): readonly ServiceFolder[];
  /** The path mapping that would tell the file of most spans seen so far; `declined`: not these again. */
  suggestPathMapping(params: { declined: readonly string[] }): PathSuggestion | undefined;
  /**
   * Reads and maps the newest traces of the window, `traces` at most, and says what became of their spans.
   * Progress comes as events. Stops by itself after a million spans or `seconds`, and says so.
   */
  mappingReport(params: {
    window: TimeWindow;
    /** Undefined: every service. */
    service: string | undefined;
    traces: number;
    seconds: number;
  }): MappingReportAnswer;

  /** Every trace of a file, the slowest first. @throws SourceError as `openTraceFile` */
  tracesInFile(params: { path: string }): SearchAnswer;
  /** Where a link of the trace `from` leads, for `openTrace`: see `linkedTraceKey`. */
  linkedTrace(params: { from: string; traceId: string }): { traceId: string };
  /**
   * Reads, builds and maps a trace and keeps it (a few at most) for the calls below. Here and there `traceId` is the id
   * of a trace of the source, or names one of a file: see `fileTraceKey`.
   */
  openTrace(params: { traceId: string; joined?: readonly string[] }): OpenedTrace;
  /** Maps a kept trace again, after the code changed; undefined when it is no longer kept. */
  remapTrace(params: { traceId: string }): OpenedTrace | undefined;
  /** Writes the trace to a file that opens again, whole or not at all. */
  saveTrace(params: {
    traceId: string;
    format: 'jaeger' | 'otlp';
    /** Absolute. */
    path: string;
  }): Record<string, never>;
  /** What is told of a trace in few words. */
  traceFacts(params: { traceId: string }): TraceFacts;
  /** Compares a kept trace with another one, which is read where it isn't kept. @throws SourceError */
  compareTraces(params: { traceId: string; other: string }): TraceComparison;
  /** Rows of the trace that a part of that comparison stands for; none where only the other one has it. */
  comparedRows(params: { traceId: string; other: string; of: ComparedPart }): readonly SpanRow[];
  /** A few fast, typical and slow traces to compare a kept one with; itself isn't among them. */
  similarTraces(params: { traceId: string; window: TimeWindow }): SimilarTraces;
  spanDetail(params: { traceId: string; row: SpanRow }): EngineSpanDetail;
  /** A span as text to be copied; undefined where it has no such form. */
  spanAs(params: { traceId: string; row: SpanRow; format: SpanFormat }): string | undefined;
  /** The peers of a span (`EngineSpanDetail.peers`) with the code of those that its links lead to. */
  linkedPeers(params: { traceId: string; row: SpanRow }): readonly SpanPeer[];
  /** Where the time of a kept trace goes; undefined: it has no spans. */
  traceCosts(params: { traceId: string }): TraceCosts | undefined;
  /** Rows of a kept trace that a line or a kind of its costs stands for. */
  costRows(params: { traceId: string; of: CostSelector }): readonly SpanRow[];
  /**
   * Of a kept trace's span, among the figures last read, else read for it; undefined: none are kept of such spans, or
   * too little is known.
   */
  spanPercentile(params: {
    traceId: string;
    row: SpanRow;
    window: TimeWindow;
  }): SpanPercentile | undefined;
  /**
   * Row of a kept trace's span; undefined when it has no such span. Of several with that id it is the one with that
   * label (`exampleOf`), else the first.
   */
  rowOfSpan(params: { traceId: string; spanId: string; label: string }): SpanRow | undefined;
  /** Rows of a kept trace with that attribute, and whether any span has one of its name. */
  rowsWithAttribute(params: { traceId: string; condition: AttributeCondition }): AttributeAnswer;
  /** Attributes of a kept trace: see `attributesOfTrace`. */
  attributesOfTrace(params: { traceId: string }): readonly AttributeSummary[];
  /** Rows of a kept trace whose code is the method around that line, or a call below it: see `rowsAt`. */
  rowsAt(params: { traceId: string; path: WorkspacePath; line: number }): {
    rows: readonly SpanRow[];
    symbol: string;
  };
  /** What a kept trace spent at each line, as it is mapped now; worked out once a mapping. */
  traceTimes(params: { traceId: string }): TraceTimes;
}

export interface EngineEvents {
  indexProgress: { done: number; total: number };
  indexChanged: IndexSummary;
  /** `total` undefined: not known. */
  reportProgress: { traces: number; total: number | undefined };
  log: { level: 'info' | 'warn' | 'error'; message: string };
}
