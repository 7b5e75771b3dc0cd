import type { TraceSummary } from '../../core/ports.ts';
import type { EndpointRow } from '../../core/correlate/endpoints/endpoints.ts';
import type { KindShares } from '../../core/explain/requestKinds.ts';
import type { ExceptionNode, ExceptionsNode } from './exceptionNodes.ts';
import type { EndpointTarget, ServiceTarget, TraceTarget } from '../targets.ts';
import type { LaidOutGroup, LaidOutRow } from './endpointLayout.ts';
import { rowTitle } from './rowTitle.ts';

/** What the Endpoints tree shows. Nodes are arguments of the commands in their menus. */
export type EndpointNode =
  ExceptionsNode | ExceptionNode | ServiceNode | RowNode | SlowTraceNode | NoteNode;

export interface ServiceNode extends ServiceTarget {
  readonly kind: 'service';
  readonly group: LaidOutGroup;
}

export interface RowNode extends EndpointTarget {
  readonly kind: 'row';
  readonly row: EndpointRow;
  readonly label: string;
  /** The route that the label has only the end of; else empty. */
  readonly rest: string;
  /** Of its bar's length: 0 to 1. */
  readonly share: number;
  readonly kinds: KindShares | undefined;
  readonly parent: ServiceNode;
}

export interface SlowTraceNode extends TraceTarget {
  readonly kind: 'trace';
  readonly summary: TraceSummary;
  readonly parent: RowNode;
}

/** A line of text in place of traces: why there are none. */
export interface NoteNode {
  readonly kind: 'note';
  readonly text: string;
  readonly parent: RowNode;
}

export function rowNode(laidOut: LaidOutRow, parent: ServiceNode): RowNode {
  const { row } = laidOut;
  return {
    kind: 'row',
    ...laidOut,
    parent,
    endpointId: row.id,
    title: rowTitle(row),
    location: row.handler?.location ?? row.location,
    slowestTraceId: row.figures?.slowestTraceId,
    reason: row.reason,
  };
}
