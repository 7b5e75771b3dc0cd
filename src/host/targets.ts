import type { CodeLocation } from '../core/code/location.ts';

/** What commands are about; tree nodes and lenses carry them, so that both can be a command's argument. */

export interface EndpointTarget {
  /** `EndpointRow.id`, or the id of a handler. */
  readonly endpointId: string;
  /** `DELETE /api/orders/:id`. */
  readonly title: string;
  readonly location: CodeLocation | undefined;
  readonly slowestTraceId: string | undefined;
  /** Why there is no location. */
  readonly reason: string;
}

/** An endpoint, and the line that it is explained for. */
export interface CostTarget extends EndpointTarget {
  readonly costly: CodeLocation;
}

export interface TraceTarget {
  readonly traceId: string;
}

/** A span to look at in its waterfall. */
export interface SpanTarget extends TraceTarget {
  readonly spanId: string;
  /** What the waterfall calls it; hostile text. */
  readonly label: string;
}

/** An exception, and the span that recorded it last. */
export interface ExceptionTarget {
  readonly latest: SpanTarget;
}

/** What a row of a view opens: a line of code, a trace, or a span in its trace. */
export type RowTarget = EndpointTarget | TraceTarget | SpanTarget;

/** A line of code, in a trace that runs it; of a call site the one in which it ran most often. */
export interface CallTarget extends TraceTarget {
  readonly location: CodeLocation;
}

/** A file of the explorer: what VS Code gives is a `Uri`. */
export interface FileTarget {
  readonly scheme: string;
  readonly fsPath: string;
}

export interface ServiceTarget {
  readonly service: string;
}

export const searchFields = [
  'service',
  'operation',
  'attributes',
  'minDuration',
  'maxDuration',
  'traceDuration',
  'errorsOnly',
  'order',
  'window',
] as const;
export type SearchField = (typeof searchFields)[number];

/** A row of the search form. */
export interface SearchFieldTarget {
  readonly field: SearchField;
}
