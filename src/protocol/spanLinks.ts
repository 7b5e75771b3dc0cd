import type { SpanRow } from '../core/base/units.ts';
import type { SpanLink } from '../core/trace/rawSpan.ts';

/** A span that this one links to. */
export interface ShownLink extends SpanLink {
  /** Where it is of this trace, or of one shown with it. */
  readonly row: SpanRow | undefined;
}

/** A span that links to this one. */
export interface LinkingSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly service: string;
  readonly operation: string;
  readonly row: SpanRow | undefined;
}

/** Another trace that is shown in the same waterfall. */
export interface JoinedTrace {
  readonly traceId: string;
  /** Where its trees begin, in ascending order; none: it has no spans. */
  readonly roots: readonly SpanRow[];
}

/** A link by its position in `SpanDetail.links`, or `from` the other side, in `SpanDetail.linkedFrom`. */
export interface LinkRequest {
  readonly row: SpanRow;
  readonly link: number;
  readonly from: boolean;
}

/** What the page asks of the host for links between traces. */
export interface LinkMethods {
  /** Opens the trace at the other end of a link, at its span. */
  openLinkedTrace(params: LinkRequest): { opened: boolean; reason: string };
  /** Shows the trace at the other end of a link in this waterfall too: the page gets it by `traceChanged`. */
  joinTrace(params: LinkRequest): { opened: boolean; reason: string };
  /** Shows one trace again. */
  separateTraces(params: Record<string, never>): Record<string, never>;
}
