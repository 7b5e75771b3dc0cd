import type { MarkedText } from '../core/base/markedText.ts';
import type { SpanRow } from '../core/base/units.ts';

/** A form that a span is copied in. */
export type SpanFormat = 'json' | 'otlp' | 'curl';
export const spanFormats: readonly SpanFormat[] = ['json', 'otlp', 'curl'];

/** What the page asks of the host for the details of one span, besides what they are. */
export interface SpanActionMethods {
  /**
   * The SQL of an attribute on lines, by its position in `SpanDetail.attributes`. Undefined: it isn't SQL, or took too
   * long; it is shown as it was recorded.
   */
  formatSql(params: { row: SpanRow; attribute: number }): { marked: MarkedText | undefined };
  /** Puts the span on the clipboard. */
  copySpan(params: { row: SpanRow; format: SpanFormat }): Record<string, never>;
  /** Opens the span in the web page of its source: see `SpanDetail.sourcePage`. */
  openSourcePage(params: { row: SpanRow }): { opened: boolean; reason: string };
}
