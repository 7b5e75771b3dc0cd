import { formatCount, formatDuration, formatPercent } from '../../../../src/core/base/format.ts';
import { message } from '../../../../src/core/base/message.ts';
import { microseconds } from '../../../../src/core/base/units.ts';
import { criticalPathLength } from '../../../../src/core/trace/mainRoot.ts';
import type { CallGraph, GraphNode } from '../../../../src/core/waterfall/services/callGraph.ts';
import {
  entryKey,
  type GraphEntry,
  type GraphKey,
} from '../../../../src/core/waterfall/services/graphLines.ts';
import type { TableLine } from '../../../../src/core/waterfall/tableLines.ts';
import type { PageTrace } from '../../openTrace.ts';
import { operationName, serviceName } from '../../traceText.ts';
import { timeWidth, type GridColumn, type GridLine } from '../grid/gridLine.ts';

const time = (value: number): string => formatDuration(microseconds(value));

/** The service of a node, and the operation where it is one. */
export function nodeNames(
  { opened: { shape } }: PageTrace,
  { service, operation }: GraphNode,
): { readonly service: string; readonly operation: string } {
  return {
    service: serviceName(shape.services[service] ?? ''),
    operation: operation < 0 ? '' : operationName(shape.operations[operation] ?? ''),
  };
}

/** `GET /orders · shop-api`. */
export function nodeTitle(trace: PageTrace, node: GraphNode): string {
  const { service, operation } = nodeNames(trace, node);
  return operation === '' ? service : `${operation} · ${service}`;
}

export const callsText = (calls: number): string =>
  calls === 1 ? message('1 call') : message('{0} calls', formatCount(calls));

/** `22 · 2.02 s`: on an arrow. */
export const arrowText = (calls: number, duration: number): string =>
  `${formatCount(calls)} · ${time(duration)}`;

export const selfText = ({ selfTime }: GraphNode): string => message('self {0}', time(selfTime));

const number = (
  key: GraphKey,
  label: string,
  width: number,
  hint = label,
): GridColumn<GraphKey> => ({
  key,
  label,
  width,
  hint,
  isNumber: true,
});

export const graphColumns = (): readonly GridColumn<GraphKey>[] => [
  { key: 'name', label: message('Service'), width: 200, isNumber: false },
  number('calls', message('Call count'), 92),
  number('time', message('Total'), timeWidth, message('Durations of the calls, added up')),
  number('selfTime', message('Self time'), timeWidth, message('Time without children, added up')),
  number('criticalTime', message('Critical path'), 116, message('Share of the critical path')),
  number('errors', message('Errors'), 76),
];

/** A line of the table: a node, or with an arrow what it calls. */
export function graphLine(
  trace: PageTrace,
  graph: CallGraph,
  { entry, isOpen, position, setSize }: TableLine<GraphEntry>,
): GridLine {
  const isCall = entry.to >= 0;
  const node = graph.nodes[isCall ? entry.to : entry.node];
  const share = entry.criticalTime / (criticalPathLength(trace.opened.shape.columns) || 1);
  const title = node ? nodeTitle(trace, node) : '';
  return {
    key: entryKey(graph, entry),
    texts: [
      isCall ? `→ ${title}` : title,
      formatCount(entry.calls),
      time(entry.time),
      isCall ? '–' : time(entry.selfTime),
      entry.criticalTime > 0 ? formatPercent(share) : '–',
      entry.errors > 0 ? formatCount(entry.errors) : '–',
    ],
    share: { column: 4, of: Math.max(0, share) },
    color: trace.colors[node?.service ?? 0],
    classes: entry.errors > 0 ? ['error'] : [],
    isOpen: entry.parts.length > 0 ? isOpen : undefined,
    level: isCall ? 2 : 1,
    position,
    setSize,
  };
}
