import { errorsText, spansText } from '../../../src/core/base/countText.ts';
import { formatCount, formatDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds, spanRow } from '../../../src/core/base/units.ts';
import { shortened, visibleText } from '../../../src/core/base/visibleText.ts';
import { mainRoot } from '../../../src/core/trace/mainRoot.ts';
import { refAt } from '../../../src/core/waterfall/lineRefs.ts';
import { mostLines } from '../../../src/core/waterfall/picture/drawPicture.ts';
import type {
  Picture,
  PictureColors,
  PictureLine,
} from '../../../src/core/waterfall/picture/pictureParts.ts';
import type { MeasureText } from '../../../src/core/waterfall/picture/pictureText.ts';
import { isWhole, type TimeRange } from '../../../src/core/waterfall/timeRange.ts';
import type { WaterfallModel } from '../model.ts';
import { colorOf, servicesBySize, type PageTrace } from '../openTrace.ts';
import { lineContent, type LineView } from '../rows/lineContent.ts';
import { serviceName } from '../traceText.ts';

/** What of the page's state a picture shows. */
export type PicturedView = LineView &
  Pick<
    WaterfallModel,
    | 'range'
    | 'filter'
    | 'markLabel'
    | 'onlyCritical'
    | 'hasAdjustedClocks'
    | 'namesShare'
    | 'screen'
  >;

/** What a picture takes from the page that shows it. */
export interface PictureStyle {
  /** Of the rows, px. */
  readonly width: number;
  readonly colors: PictureColors;
  readonly font: string;
  readonly fontSize: number;
  readonly measure: MeasureText;
  /** When the trace began, for the reader. */
  readonly start: string;
}

/** A panel beside the code is too narrow, a whole screen too wide, for a picture that is read elsewhere. Px. */
const narrowest = 800;
const widest = 1_600;
const longestFilter = 120;

/**
 * The rows as they are seen. Of more lines than a picture has, those from the first on screen on are drawn, or the last
 * ones.
 */
export function pictureOf(view: PicturedView, trace: PageTrace, style: PictureStyle): Picture {
  const { shape } = trace.opened;
  const width = Math.max(narrowest, Math.min(widest, Math.round(style.width)));
  const { count } = view.lines;
  const above = count <= mostLines ? 0 : Math.min(view.screen.first, count - mostLines);
  const end = Math.min(count, above + mostLines);
  return {
    ...style,
    width,
    namesWidth: Math.round(width * view.namesShare),
    title: shape.size > 0 ? trace.text.operation(mainRoot(shape.columns)) : message('Empty trace'),
    duration: formatDuration(shape.duration),
    facts: factsOf(view, trace, style.start),
    errors: trace.errorCount === 0 ? '' : errorsText(trace.errorCount),
    services: servicesBySize(trace).map((index) => ({
      name: serviceName(shape.services[index] ?? ''),
      color: trace.colors[index] ?? 0,
    })),
    columns: shape.columns,
    range: view.range,
    lines: Array.from({ length: end - above }, (_, at) => pictureLine(view, trace, above + at)),
    above,
    below: count - end,
    onlyCritical: view.onlyCritical,
  };
}

function pictureLine(view: PicturedView, trace: PageTrace, line: number): PictureLine {
  const ref = refAt(view.lines, line) ?? { row: spanRow(0), group: -1 };
  return {
    ...lineContent(view, trace, ref),
    level: view.lines.level[line] ?? 0,
    color: colorOf(trace, ref.row),
  };
}

/** When it began and how large it is; then what is left out, looked for and zoomed to. */
function factsOf(view: PicturedView, trace: PageTrace, start: string): readonly string[] {
  const { size, services, duration } = trace.opened.shape;
  const spans = view.lines.count - view.lines.heads;
  return [
    start,
    spansText(size),
    services.length === 1
      ? message('1 service')
      : message('{0} services', formatCount(services.length)),
    spans === size
      ? ''
      : message('{0} of {1} spans in view', formatCount(spans), formatCount(size)),
    view.filter === ''
      ? ''
      : message('Filter: {0}', visibleText(shortened(view.filter, longestFilter))),
    visibleText(shortened(view.markLabel, longestFilter)),
    isWhole(view.range, duration) ? '' : rangeText(view.range),
    view.hasAdjustedClocks ? message('clocks adjusted') : '',
  ].filter((fact) => fact !== '');
}

const rangeText = ({ start, end }: TimeRange): string =>
  `${formatDuration(microseconds(start))} – ${formatDuration(microseconds(end))}`;
