import type { TraceColumns } from '../../trace/trace.ts';
import type { ShownLine } from '../shownLine.ts';
import type { TimeRange } from '../timeRange.ts';
import type { MeasureText } from './pictureText.ts';

/** A line as the rows show it. */
export interface PictureLine extends ShownLine {
  readonly level: number;
  /** Position in `PictureColors.services`. */
  readonly color: number;
}

/** Opaque colors, as an attribute of SVG takes them. */
export interface PictureColors {
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly line: string;
  readonly guide: string;
  readonly error: string;
  readonly errorText: string;
  readonly match: string;
  readonly matchEdge: string;
  readonly link: string;
  readonly badge: string;
  readonly badgeText: string;
  readonly services: readonly string[];
}

/** A service in the legend. */
interface PictureService {
  readonly name: string;
  readonly color: number;
}

/** What a picture of a waterfall is drawn from. */
export interface Picture {
  /** Px. */
  readonly width: number;
  /** Of it, the names. */
  readonly namesWidth: number;
  readonly title: string;
  /** How long the trace took. */
  readonly duration: string;
  /** Of the trace and of how it is looked at, in the order they are read. */
  readonly facts: readonly string[];
  /** Of them, those that tell of errors. */
  readonly errors: string;
  readonly services: readonly PictureService[];
  readonly columns: TraceColumns;
  readonly range: TimeRange;
  readonly lines: readonly PictureLine[];
  /** Lines of the view that are not drawn. */
  readonly above: number;
  readonly below: number;
  /** What isn't on the critical path stands back. */
  readonly onlyCritical: boolean;
  readonly colors: PictureColors;
  readonly font: string;
  /** Of names, px. */
  readonly fontSize: number;
  readonly measure: MeasureText;
}
