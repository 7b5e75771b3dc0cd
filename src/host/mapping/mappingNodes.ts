import type { CodeProblem } from '../../core/code/model.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import type {
  CauseCount,
  MappingReport,
  ReasonCount,
  ServiceReport,
  UncoveredReason,
  UncoveredHandler,
  SortReport,
  SpanExample,
  UndeclaredRoute,
} from '../../core/correlate/report/mappingReport.ts';
import { servicesWithoutFolder } from '../../core/correlate/report/servicesWithoutFolder.ts';
import type { Confidence } from '../../core/matching/match.ts';
import type { EndpointTarget, ServiceTarget, SpanTarget } from '../targets.ts';

/**
 * What the Mapping tree shows. Nodes are arguments of the commands that a click on them runs. `id` is the
 * same after a refresh, so that what was open stays open.
 */
export type MappingNode =
  | ServiceNode
  | SortNode
  | ConfidenceNode
  | CauseNode
  | ReasonNode
  | SectionNode
  | FolderlessNode
  | SilenceNode
  | HandlerNode
  | RouteNode
  | ProblemNode;

interface Identified {
  readonly id: string;
}

export interface ServiceNode extends Identified, ServiceTarget {
  readonly kind: 'service';
  readonly report: ServiceReport;
}
interface SortNode extends Identified {
  readonly kind: 'sort';
  readonly report: SortReport;
}
interface ConfidenceNode extends Identified, SpanTarget {
  readonly kind: 'confidence';
  readonly confidence: Confidence;
  readonly count: number;
}
export interface CauseNode extends Identified, SpanTarget {
  readonly kind: 'cause';
  readonly cause: CauseCount;
}
interface ReasonNode extends Identified, SpanTarget {
  readonly kind: 'reason';
  readonly reason: ReasonCount;
}

export type Section = 'folders' | 'handlers' | 'routes' | 'problems';
interface SectionNode extends Identified {
  readonly kind: 'section';
  readonly section: Section;
  readonly count: number;
  readonly children: readonly MappingNode[];
}
interface FolderlessNode extends Identified, ServiceTarget {
  readonly kind: 'folderless';
  readonly report: ServiceReport;
}
interface SilenceNode extends Identified {
  readonly kind: 'silence';
  readonly silence: UncoveredReason;
  readonly handlers: readonly UncoveredHandler[];
}
interface HandlerNode extends Identified, EndpointTarget {
  readonly kind: 'handler';
  readonly handler: UncoveredHandler['handler'];
}
interface RouteNode extends Identified, SpanTarget {
  readonly kind: 'route';
  readonly route: UndeclaredRoute;
}
interface ProblemNode extends Identified, EndpointTarget {
  readonly kind: 'problem';
  readonly problem: CodeProblem;
}

/** Two nodes of one id leave the whole tree empty: parts can hold any text, so they are kept apart. */
const idOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Services first, then what the code and the traces lack of each other; sections without rows are left out. */
export function rootNodes(report: MappingReport): readonly MappingNode[] {
  const services = report.services.map((one): ServiceNode => ({
    kind: 'service',
    id: `service ${one.service}`,
    service: one.service,
    report: one,
  }));
  const sections = [
    section('folders', folderlessNodes(report)),
    section('handlers', silenceNodes(report), report.uncoveredHandlers.length),
    section('routes', routeNodes(report)),
    section('problems', problemNodes(report)),
  ];
  return [...services, ...sections.filter(({ count }) => count > 0)];
}

export function childNodes(node: MappingNode): readonly MappingNode[] {
  switch (node.kind) {
    case 'service':
      return node.report.sorts.map((report) => ({
        kind: 'sort',
        id: idOf(node.id, report.sort),
        report,
      }));
    case 'sort':
      return [...confidenceNodes(node), ...causeNodes(node)];
    case 'cause':
      return reasonNodes(node);
    case 'section':
      return node.children;
    case 'silence':
      return node.handlers.map((one) => handlerNode(one, node.id));
    default:
      return [];
  }
}

function confidenceNodes({ id, report }: SortNode): readonly ConfidenceNode[] {
  return report.confidences.map(({ confidence, count, example }) => ({
    kind: 'confidence',
    id: idOf(id, confidence),
    confidence,
    count,
    ...spanTarget(example),
  }));
}

function causeNodes({ id, report }: SortNode): readonly CauseNode[] {
  return report.causes.map((cause) => ({
    kind: 'cause',
    id: idOf(id, cause.cause),
    cause,
    ...spanTarget(cause.example),
  }));
}

/** A cause with one sentence says it itself. */
function reasonNodes({ id, cause }: CauseNode): readonly ReasonNode[] {
  if (cause.reasons.length < 2) return [];
  return cause.reasons.map((reason) => ({
    kind: 'reason',
    id: idOf(id, reason.reason),
    reason,
    ...spanTarget(reason.example),
  }));
}

const spanTarget = ({ traceId, spanId, label }: SpanExample): SpanTarget => ({
  traceId,
  spanId,
  label,
});

const section = (
  name: Section,
  children: readonly MappingNode[],
  count = children.length,
): SectionNode => ({ kind: 'section', id: `section ${name}`, section: name, count, children });

function folderlessNodes(report: MappingReport): readonly FolderlessNode[] {
  return servicesWithoutFolder(report).map((one) => ({
    kind: 'folderless',
    id: `folderless ${one.service}`,
    service: one.service,
    report: one,
  }));
}

/** By why they are silent. */
function silenceNodes({ uncoveredHandlers }: MappingReport): readonly SilenceNode[] {
  return [...Map.groupBy(uncoveredHandlers, ({ silence }) => silence)].map(
    ([silence, handlers]) => ({
      kind: 'silence',
      id: `silence ${silence}`,
      silence,
      handlers,
    }),
  );
}

const handlerNode = ({ handler }: UncoveredHandler, parent: string): HandlerNode => ({
  kind: 'handler',
  id: idOf(parent, handler.id),
  handler,
  endpointId: handler.id,
  title: handlerTitle(handler),
  location: handler.location,
  slowestTraceId: undefined,
  reason: '',
});

function routeNodes({ undeclaredRoutes }: MappingReport): readonly RouteNode[] {
  return undeclaredRoutes.map((route) => ({
    kind: 'route',
    id: idOf('route', route.service, route.title),
    route,
    ...spanTarget(route.example),
  }));
}

function problemNodes({ problems }: MappingReport): readonly ProblemNode[] {
  return problems.map((problem, at) => ({
    kind: 'problem',
    id: idOf('problem', problem.path, String(at)),
    problem,
    endpointId: '',
    title: problem.path,
    location: { path: problem.path, line: problem.line ?? 1, column: 1 },
    slowestTraceId: undefined,
    reason: problem.message,
  }));
}
