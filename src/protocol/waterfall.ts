import type { MessageBundle } from '../core/base/message.ts';
import type { SpanRow } from '../core/base/units.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import type { DroppedSpans } from '../core/ports.ts';
import type { AttributeCondition } from '../core/trace/filter/attributeCondition.ts';
import type { AttributeSummary } from '../core/trace/filter/completion/filterWords.ts';
import type { Attributes, SpanEvent } from '../core/trace/rawSpan.ts';
import type { TraceProblem, TraceShape } from '../core/trace/trace.ts';
import type { FoldBase } from '../core/waterfall/foldBase.ts';
import type { SpanGroups } from '../core/waterfall/groups.ts';
import type { RowHabits } from '../core/waterfall/rowHabits.ts';
import type { TextColumn } from '../core/waterfall/statistics/groupings.ts';
import type { ViewName } from '../core/waterfall/viewNames.ts';
import type { ViewSettings } from '../core/waterfall/viewSettings.ts';
import type { PictureHostMethods, PicturePageMethods } from './picture.ts';
import type { JoinedTrace, LinkingSpan, LinkMethods, ShownLink } from './spanLinks.ts';
import type { SpanActionMethods } from './spanActions.ts';
import type { CompareMethods } from './traceComparison.ts';
import type { TraceCostMethods } from './traceCosts.ts';

/** Raised with each incompatible change; the page shows a reload notice on a mismatch. */
export const protocolVersion = 1;

/** Codes in `OpenedTrace.confidence`, by position. */
export const confidences = ['unmapped', 'weak', 'likely', 'strong', 'exact'] as const;
export type ConfidenceName = (typeof confidences)[number];

/** A trace as the page gets it: columns and one confidence code a row. */
export interface OpenedTrace extends DroppedSpans {
  readonly shape: TraceShape;
  readonly confidence: Uint8Array;
  /** For rows that repeat one call site: how many spans of its request share it; 0 where fewer than 2. */
  readonly repeats: Uint32Array;
  /** Of such rows: the critical path's time of those calls together, with everything below them, µs. */
  readonly repeatTime: Float64Array;
  /** What each row is remembered by (`spanIdColumn`): keeps selection and folds when rows move. */
  readonly spanIds: BigUint64Array;
  /** `orders.service.ts:87` of each mapped row, for the row itself. */
  readonly places: TextColumn;
  /** `OrdersController.remove`: the handler in whose request each row ran. */
  readonly handlers: TextColumn;
  /** Siblings that one line can stand for. */
  readonly groups: SpanGroups;
  readonly problems: readonly TraceProblem[];
  readonly problemCount: number;
  /** That spans could not be read, and why the trace may be cut; empty when whole. */
  readonly notices: readonly string[];
  /** Of a trace of a file: how many traces it has. */
  readonly tracesInFile?: number | undefined;
  /** Other traces that are shown with it. */
  readonly joined: readonly JoinedTrace[];
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
  readonly links: readonly ShownLink[];
  /** Of this trace and of others that were opened: sources can't be asked for links to a span. */
  readonly linkedFrom: readonly LinkingSpan[];
  readonly warnings: readonly string[];
  readonly confidence: SpanMatch['confidence'];
  readonly reason: string;
  readonly location: ShownLocation | undefined;
  readonly alternatives: readonly ShownLocation[];
  /** The code changed since the span was recorded: the location follows it by name. */
  readonly drifted: boolean;
  readonly stacks: readonly ShownStack[];
  readonly peers: readonly ShownPeer[];
  /** What the source's own web page is called, where it shows this trace: `Jaeger UI`; empty where it has none. */
  readonly sourcePage: string;
}

/** What a page keeps with `setState`, to be rebuilt after hide, show and reload. */
export interface WaterfallState {
  readonly version: typeof protocolVersion;
  readonly traceId: string;
  readonly selectedSpanId: string | undefined;
  /** Of repeated spans that are selected as one, `selectedSpanId` is the first. */
  readonly isGroupSelected?: boolean;
  /** See `FoldDifference`, with spans by their key. */
  readonly foldBase: FoldBase;
  readonly flippedSpanIds: readonly string[];
  readonly isGrouped: boolean;
  /** First spans of open groups. */
  readonly openGroupIds: readonly string[];
  readonly focusSpanId?: string;
  /** Shorter spans are left out, µs. */
  readonly shortest: number;
  readonly scrollTop: number;
  readonly filter: string;
  /** Zoomed part of the trace in µs from its start; both 0: all of it, however long it becomes. */
  readonly viewStart: number;
  readonly viewEnd: number;
  /** When the trace began then, µs since the epoch: one that grew may begin earlier. */
  readonly traceStart?: number;
  readonly detailsOpen: boolean;
  /** Whether it is shown where the time went; undefined: where there is room for it. */
  readonly costsOpen?: boolean;
  /** The traces shown with it. */
  readonly joinedTraceIds?: readonly string[];
  /** Show only matches and their ancestors. */
  readonly onlyMatches?: boolean;
  /** Dim what is not on the critical path. */
  readonly onlyCritical?: boolean;
  /** Share of the page's width, 0 to 1. */
  readonly namesShare?: number;
  readonly detailsShare?: number;
  /** The tab that is open; undefined: the waterfall. */
  readonly view?: ViewName;
  readonly viewSettings?: ViewSettings;
  /** Id of the trace that it is compared with. */
  readonly comparedWith?: string;
}

interface ReadyAnswer {
  readonly trace: OpenedTrace;
  /** For `useMessages`: the page's language. */
  readonly messages: MessageBundle;
  /** How rows of such traces were looked at last. */
  readonly habits: RowHabits;
}

/** Where an attribute is as a filter wants it. */
export interface AttributeAnswer {
  /** One entry a row, 1 where it is so. */
  readonly marks: Uint8Array;
  readonly isKnown: boolean;
}

/** How a span was selected: a key stands for all that isn't a click on it. */
export const selectedBy = ['click', 'key'] as const;
export type SelectedBy = (typeof selectedBy)[number];

/** What the page may ask of the host. It sends row numbers, never a path, URL or command. */
export interface WaterfallHostMethods
  extends SpanActionMethods, TraceCostMethods, LinkMethods, PictureHostMethods, CompareMethods {
  /** First call of a page: the host answers with the trace it should show. */
  ready(params: { version: number }): ReadyAnswer;
  spanDetail(params: { row: SpanRow }): SpanDetail;
  /** Opens the span's code, with the focus; `alternative` picks one of `SpanDetail.alternatives`. */
  openCode(params: { row: SpanRow; alternative: number | undefined; beside: boolean }): {
    opened: boolean;
    reason: string;
  };
  /** Shows the span's code beside and leaves the keyboard with the page, where the user wants that of a click. */
  previewCode(params: { row: SpanRow; by: SelectedBy }): { opened: boolean; reason: string };
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
  /** Rows with that attribute, which the page doesn't have, and whether any span has one of its name. */
  rowsWithAttribute(params: AttributeCondition): AttributeAnswer;
  /** The attributes of the trace's spans, the most frequent first; not all where there are very many. */
  attributesOfTrace(params: Record<string, never>): readonly AttributeSummary[];
  copy(params: { text: string }): Record<string, never>;
  /** For the next trace of this kind. */
  keepHabits(params: RowHabits): Record<string, never>;
  /** Asks the user which trace of the file to show. */
  chooseTrace(params: Record<string, never>): Record<string, never>;
  /** Looks for new spans again, for as long as there are any. */
  follow(params: Record<string, never>): Record<string, never>;
}

/** What the host may ask of the page. */
export interface WaterfallPageMethods extends PicturePageMethods {
  /** Selects the first of `rows`, marks them all, scrolls there; `label` says what they are. */
  selectRows(params: { rows: readonly SpanRow[]; label: string }): Record<string, never>;
  /**
   * The same where the reader is elsewhere, in the code: nothing is unfolded, hidden or said, a filter stays, and so does the
   * selection where it is one of `rows`.
   */
  pointOut(params: { rows: readonly SpanRow[]; label: string }): Record<string, never>;
  /** Shows the trace compared with the one that was chosen for it. */
  showComparison(params: Record<string, never>): Record<string, never>;
  /** Puts the cursor into the filter field. */
  focusFilter(params: Record<string, never>): Record<string, never>;
}

/** Events the page sends to the host. */
export interface WaterfallPageEvents {
  /** A key or the mouse was used in the page: the editor tells the host of neither. */
  used: Record<string, never>;
}

/** Whether spans of the trace may still arrive; none: nobody looks for them. */
export type Growth = 'none' | 'receiving' | 'stopped';

/** Events the host sends to the page. */
export interface WaterfallHostEvents {
  /** The trace was read again, or the code changed: new columns or matches. */
  traceChanged: OpenedTrace;
  growthChanged: Growth;
}
