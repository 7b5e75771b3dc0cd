import type { MarkedText } from '../../../src/core/base/markedText.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { SpanFormat } from '../../../src/protocol/spanActions.ts';

/** What the parts of the details do with what they show. */
export interface DetailTools {
  readonly copy: (text: string) => void;
  readonly copySpan: (format: SpanFormat) => void;
  readonly select: (row: SpanRow) => void;
  /** Opens the other end of a link; `from`: of a link that leads here. */
  readonly openLink: (link: number, from: boolean) => void;
  readonly joinTrace: (link: number, from: boolean) => void;
  readonly openSourcePage: () => void;
  /** Shows the spans that a term of the filter fits; undefined where no filter looks. */
  readonly filterBy: ((term: string) => void) | undefined;
  /** The span's attribute at that position, as SQL on lines; undefined: it stays as it was recorded. */
  readonly formatSql: (attribute: number, signal: AbortSignal) => Promise<MarkedText | undefined>;
}
