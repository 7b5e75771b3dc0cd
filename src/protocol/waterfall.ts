import type { MessageBundle } from '../core/base/message.ts';
import type { SpanRow } from '../core/base/units.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import type { DroppedSpans } from '../core/ports.ts';
import type { AttributeCondition } from '../core/trace/filter/attributeCondition.ts';
import type { Attributes, SpanEvent, SpanLink } from '../core/trace/rawSpan.ts';
import type { TraceProblem, TraceShape } from '../core/trace/trace.ts';

/** Raised with each incompatible change; the page shows a reload notice on a mismatch. */
export const protocolVersion = 1;

/** Codes in `OpenedTrace.confidence`, by position. */
export const confidences = ['unmapped', 'weak', 'likely', 'strong', 'exact'] as const;

/** A trace as the page gets it: columns and one confidence code a row. */
export interface OpenedTrace extends DroppedSpans {
  readonly shape: TraceShape;
  readonly confidence: Uint8Array;
  /** For rows that repeat one call site: how many spans of its request share it; 0 where fewer than 2. */
  readonly repeats: Uint32Array;
  /** What each row is remembered by (`spanIdColumn`): keeps selection and folds when rows move. */
  readonly spanIds: BigUint64Array;
  /** `orders.service.ts:87` of each mapped row, for the row itself. */
  readonly places: SpanPlaces;
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
  /** That spans could not be read, and why the trace may be cut; empty when whole. */
  readonly notices: readonly string[];
}

/** Short locations, each text once: `row[r]` is an index into `texts`, -1 where the span is unmapped. */
interface SpanPlaces {
  readonly texts: readonly string[];
  readonly row: Int32Array;
}

/** A location as the page may show it: it never sees absolute paths. */
export interface ShownLocation {
  /** Relative to the workspace folder: `src/orders/orders.controller.ts`. */
  readonly file: string;
  readonly line: number;
  readonly symbol: string;
}

/** A line of a stack trace; the page asks for one by its position. */
export interface ShownFrame {
  /** As it was recorded. */
  readonly text: string;
  /** Undefined: of a library, or of code that isn't here. */
  readonly location: ShownLocation | undefined;
  /** How sure the location is and why, as a sentence; empty without one. */
  readonly reason: string;
}

/** A stack trace that a span carries. */
export interface ShownStack {
  readonly type: string;
  readonly message: string;
  /** Innermost first. */
  readonly frames: readonly ShownFrame[];
}

/** The other side of a request or message that a span sends or answers. */
export interface ShownPeer {
  /** `to`: it is handled there. `from`: it was sent there. */
  readonly direction: 'to' | 'from';
  /** Empty: not known. */
  readonly service: string;
  /** Name of the span there; empty where only the code is known. */
  readonly operation: string;
  /** Undefined: no span of this trace. */
  readonly row: SpanRow | undefined;
  /** Position in `SpanDetail.links`, where it is of another trace. */
  readonly link: number | undefined;
  readonly count: number;
  readonly location: ShownLocation | undefined;
  readonly confidence: SpanMatch['confidence'];
  /** The trace that a link leads to was not read yet: ask `linkedPeers`. */
  readonly isUnread: boolean;
}

export interface SpanDetail {
  readonly row: SpanRow;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly statusMessage: string;
  readonly scope: string;
  readonly attributes: Attributes;
  readonly resource: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly warnings: readonly string[];
  readonly confidence: SpanMatch['confidence'];
  readonly reason: string;
  readonly location: ShownLocation | undefined;
  readonly alternatives: readonly ShownLocation[];
  /** The code changed since the span was recorded: the location follows it by name. */
  readonly drifted: boolean;
  readonly stacks: readonly ShownStack[];
  readonly peers: readonly ShownPeer[];
}

/** What a page keeps with `setState`, to be rebuilt after hide, show and reload. */
export interface WaterfallState {
  readonly version: typeof protocolVersion;
  readonly traceId: string;
  readonly selectedSpanId: string | undefined;
  readonly collapsedSpanIds: readonly string[];
  readonly scrollTop: number;
  readonly filter: string;
  /** Zoomed part of the trace in µs from its start; both 0: all of it, however long it becomes. */
  readonly viewStart: number;
  readonly viewEnd: number;
  readonly detailsOpen: boolean;
  /** Show only matches and their ancestors. */
  readonly onlyMatches?: boolean;
  /** Dim what is not on the critical path. */
  readonly onlyCritical?: boolean;
  /** Share of the page's width, 0 to 1. */
  readonly namesShare?: number;
  readonly detailsShare?: number;
}

interface ReadyAnswer {
  readonly trace: OpenedTrace;
  /** For `useMessages`: the page's language. */
  readonly messages: MessageBundle;
}

/** Where an attribute is as a filter wants it. */
export interface AttributeAnswer {
  readonly rows: readonly SpanRow[];
  readonly isKnown: boolean;
}

/** What the page may ask of the host. It sends row numbers, never a path, URL or command. */
export interface WaterfallHostMethods {
  /** First call of a page: the host answers with the trace it should show. */
  ready(params: { version: number }): ReadyAnswer;
  spanDetail(params: { row: SpanRow }): SpanDetail;
  /** Opens the span's code, with the focus; `alternative` picks one of `SpanDetail.alternatives`. */
  openCode(params: { row: SpanRow; alternative: number | undefined; beside: boolean }): {
    opened: boolean;
    reason: string;
  };
  /** Shows the span's code beside and leaves the keyboard with the page, where the user wants that of a click. */
  previewCode(params: { row: SpanRow }): { opened: boolean; reason: string };
  /** Opens the code of a frame: `stack` and `frame` are positions in `SpanDetail.stacks`. */
  openFrame(params: { row: SpanRow; stack: number; frame: number; beside: boolean }): {
    opened: boolean;
    reason: string;
  };
  /** The peers of a span with the code of those in other traces, which are read for it. */
  linkedPeers(params: { row: SpanRow }): readonly ShownPeer[];
  /** Opens the code of a peer: `peer` is a position in `SpanDetail.peers`. */
  openPeer(params: { row: SpanRow; peer: number; beside: boolean }): {
    opened: boolean;
    reason: string;
  };
  openLinkedTrace(params: { row: SpanRow; link: number }): { opened: boolean; reason: string };
  /** Rows with that attribute, which the page doesn't have, and whether any span has one of its name. */
  rowsWithAttribute(params: AttributeCondition): AttributeAnswer;
  copy(params: { text: string }): Record<string, never>;
}

/** What the host may ask of the page. */
export interface WaterfallPageMethods {
  /** Selects the first of `rows`, marks them all, scrolls there; `label` says what they are. */
  selectRows(params: { rows: readonly SpanRow[]; label: string }): Record<string, never>;
  /** Puts the cursor into the filter field. */
  focusFilter(params: Record<string, never>): Record<string, never>;
}

/** Events the page sends to the host. */
export interface WaterfallPageEvents {
  /** A key or the mouse was used in the page: the editor tells the host of neither. */
  used: Record<string, never>;
}

/** Events the host sends to the page. */
export interface WaterfallHostEvents {
  /** The trace was read again, or the code changed: new columns or matches. */
  traceChanged: OpenedTrace;
}
