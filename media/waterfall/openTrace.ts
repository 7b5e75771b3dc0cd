import { spanRow, type SpanRow } from '../../src/core/base/units.ts';
import { serviceColors } from '../../src/core/waterfall/serviceColors.ts';
import { siblingPlaces, type SiblingPlaces } from '../../src/core/waterfall/siblings.ts';
import { isError, type RowMarks } from '../../src/core/waterfall/describeRow.ts';
import { confidences, type OpenedTrace } from '../../src/protocol/waterfall.ts';
import type { ConfidenceName } from './icons.tsx';
import { oneLine, TraceText } from './traceText.ts';

/** An opened trace with what is worked out of it once. */
export interface PageTrace {
  readonly opened: OpenedTrace;
  readonly text: TraceText;
  /** Color index of each service. */
  readonly colors: Uint8Array;
  /** Spans of each service. */
  readonly serviceSizes: Uint32Array;
  readonly siblings: SiblingPlaces;
  readonly errorCount: number;
  readonly maxDepth: number;
  readonly places: readonly string[];
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
    siblings: siblingPlaces(shape),
    errorCount,
    maxDepth,
    places: opened.places.texts.map(oneLine),
  };
}

/** Color index of the span's service. */
export const colorOf = (trace: PageTrace, row: SpanRow): number =>
  trace.colors[trace.opened.shape.columns.service[row] ?? 0] ?? 0;

export const confidenceOf = (trace: PageTrace, row: SpanRow): ConfidenceName =>
  confidences[trace.opened.confidence[row] ?? 0] ?? 'unmapped';

/** `orders.service.ts:87`; empty when unmapped or not sent. */
export const placeOf = (trace: PageTrace, row: SpanRow): string =>
  trace.places[trace.opened.places.row[row] ?? -1] ?? '';

export const marksOf = (
  trace: PageTrace,
  row: SpanRow,
  folded: boolean,
  matched: boolean,
): RowMarks => ({
  confidence: confidenceOf(trace, row),
  repeats: trace.opened.repeats[row] ?? 0,
  folded,
  matched,
});
