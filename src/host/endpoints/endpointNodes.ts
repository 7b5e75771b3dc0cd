import type { TraceSummary } from '../../core/ports.ts';
import type { EndpointRow } from '../../core/correlate/endpoints.ts';
import type { EndpointTarget, ServiceTarget, TraceTarget } from '../targets.ts';
import type { ServiceGroup } from './endpointOrder.ts';
import { rowTitle } from './rowTitle.ts';

/** What the Endpoints tree shows. Nodes are arguments of the commands in their menus. */
export type EndpointNode = ServiceNode | RowNode | SlowTraceNode | NoteNode;

export interface ServiceNode extends ServiceTarget {
  readonly kind: 'service';
  readonly group: ServiceGroup;
}

export interface RowNode extends EndpointTarget {
  readonly kind: 'row';
  readonly row: EndpointRow;
  readonly parent: ServiceNode;
  /** Of the largest value in the tree, by the order chosen: 0 to 1. */
  readonly share: number;
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

export function rowNode(row: EndpointRow, parent: ServiceNode, share: number): RowNode {
  return {
    kind: 'row',
    row,
    parent,
    share,
    endpointId: row.id,
    title: rowTitle(row),
    location: row.handler?.location,
    slowestTraceId: row.figures?.slowestTraceId,
    reason: row.reason,
  };
}
