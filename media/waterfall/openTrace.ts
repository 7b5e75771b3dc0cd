import { microseconds, spanRow, type SpanRow } from '../../src/core/base/units.ts';
import { serviceColors } from '../../src/core/waterfall/serviceColors.ts';
import {
  groupFigures,
  type GroupFigures,
  type SpanGroups,
} from '../../src/core/waterfall/groups.ts';
import { shownMembers } from '../../src/core/waterfall/lineRefs.ts';
import type { Lines } from '../../src/core/waterfall/lines.ts';
import { isError, type RowMarks } from '../../src/core/waterfall/describeRow.ts';
import {
  confidences,
  type ConfidenceName,
  type OpenedTrace,
} from '../../src/protocol/waterfall.ts';
import { oneLine, TraceText } from './traceText.ts';

/** An opened trace with what is worked out of it once. */
export interface PageTrace {
  readonly opened: OpenedTrace;
  readonly text: TraceText;
  /** Color index of each service. */
  readonly colors: Uint8Array;
  /** Spans of each service. */
  readonly serviceSizes: Uint32Array;
  readonly groups: SpanGroups;
  readonly errorCount: number;
  readonly maxDepth: number;
  readonly places: readonly string[];
  /** Where the trees of other traces begin that are shown with it. */
  readonly joinedRoots: ReadonlySet<SpanRow>;
}

export function pageTrace(opened: OpenedTrace): PageTrace {
  const { shape } = opened;
  const serviceSizes = new Uint32Array(shape.services.length);
  let errorCount = 0;
  let maxDepth = 0;
  for (let row = 0; row < shape.size; row++) {
    const service = shape.columns.service[row] ?? 0;
    serviceSizes[service] = (serviceSizes[service] ?? 0) + 1;
    if (isError(shape, spanRow(row))) errorCount += 1;
    maxDepth = Math.max(maxDepth, shape.columns.depth[row] ?? 0);
  }
  return {
    opened,
    text: new TraceText(shape),
    colors: serviceColors(shape.services),
    serviceSizes,
    groups: opened.groups,
    errorCount,
    maxDepth,
    places: opened.places.texts.map(oneLine),
    joinedRoots: new Set(opened.joined.flatMap(({ roots }) => roots)),
  };
}

/** Of the members that are shown: worked out once for each layout and group. */
const figuresByLines = new WeakMap<Lines, Map<number, GroupFigures>>();

/** What the shown members of a group take. */
export function figuresOfGroup(trace: PageTrace, lines: Lines, group: number): GroupFigures {
  let byGroup = figuresByLines.get(lines);
  if (!byGroup) figuresByLines.set(lines, (byGroup = new Map<number, GroupFigures>()));
  let figures = byGroup.get(group);
  if (!figures) {
    figures = groupFigures(trace.opened.shape, shownMembers(trace.groups, lines, group));
    byGroup.set(group, figures);
  }
  return figures;
}

/** Positions of its services, that of most spans first. */
export function servicesBySize({ opened, serviceSizes }: PageTrace): readonly number[] {
  const bySize = opened.shape.services.map((_, index) => index);
  return bySize.sort((a, b) => (serviceSizes[b] ?? 0) - (serviceSizes[a] ?? 0));
}

/** Color index of the span's service. */
export const colorOf = (trace: PageTrace, row: SpanRow): number =>
  trace.colors[trace.opened.shape.columns.service[row] ?? 0] ?? 0;

export const confidenceOf = (trace: PageTrace, row: SpanRow): ConfidenceName =>
  confidences[trace.opened.confidence[row] ?? 0] ?? 'unmapped';

/** `orders.service.ts:87`; empty when unmapped or not sent. */
export const placeOf = (trace: PageTrace, row: SpanRow): string =>
  trace.places[trace.opened.places.row[row] ?? -1] ?? '';

/** Of the duration of the trace: repeated calls that take less of it don't stand out. */
const costlyShare = 0.1;

/** The calls that this one is one of take a part of the trace that is worth a look. */
export const isCostly = ({ opened: { repeatTime, shape } }: PageTrace, row: SpanRow): boolean =>
  (repeatTime[row] ?? 0) > 0 && (repeatTime[row] ?? 0) >= shape.duration * costlyShare;

export const marksOf = (
  trace: PageTrace,
  row: SpanRow,
  folded: boolean,
  matched: boolean,
): RowMarks => ({
  confidence: confidenceOf(trace, row),
  repeats: trace.opened.repeats[row] ?? 0,
  repeatTime: microseconds(trace.opened.repeatTime[row] ?? 0),
  folded,
  matched,
  ...(trace.joinedRoots.has(row) && { beginsTrace: true }),
});
