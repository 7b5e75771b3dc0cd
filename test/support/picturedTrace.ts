import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { buildTrace } from '../../src/core/trace/build.ts';
import { groupSiblings } from '../../src/core/waterfall/groups.ts';
import { layOutLines } from '../../src/core/waterfall/lines.ts';
import type { Picture } from '../../src/core/waterfall/picture/pictureParts.ts';
import { openingView, type ViewState } from '../../src/core/waterfall/viewState.ts';
import { pageTrace, type PageTrace } from '../../media/waterfall/openTrace.ts';
import { pictureOf, type PictureStyle } from '../../media/waterfall/picture/pictureOf.ts';
import { confidences } from '../../src/protocol/waterfall.ts';

/** Those of a dark theme. */
const style: PictureStyle = {
  width: 900,
  colors: {
    background: '#1f1f1f',
    foreground: '#cccccc',
    muted: '#9d9d9d',
    line: '#2f2f2f',
    guide: '#363636',
    error: '#f85149',
    errorText: '#ea7873',
    match: '#3d2a1c',
    matchEdge: '#7a501a',
    link: '#4daafc',
    badge: '#616161',
    badgeText: '#f8f8f8',
    services: Array.from({ length: 12 }, (_, at) => `#0000${(0x80 + at * 8).toString(16)}`),
  },
  font: '"Droid Sans", sans-serif',
  fontSize: 13,
  measure: (text, { size }) => text.length * size * 0.55,
  start: 'Nov 22, 2026, 10:00:36 AM',
};

export interface PicturedOptions {
  readonly view?: (trace: PageTrace) => Partial<ViewState>;
  readonly matches?: (trace: PageTrace) => Uint8Array;
  readonly places?: readonly string[];
  readonly firstOnScreen?: number;
  readonly onlyCritical?: boolean;
  readonly markLabel?: string;
  readonly hasAdjustedClocks?: boolean;
}

/** What the page would draw of the spans, in a theme and a font that are the same everywhere. */
export function picturedTrace(spans: readonly RawSpan[], options: PicturedOptions = {}): Picture {
  const { trace } = buildTrace(spans);
  const { size } = trace;
  const place = new Int32Array(size).fill(options.places ? 0 : -1);
  const opened = pageTrace({
    shape: trace,
    confidence: new Uint8Array(size).fill(confidences.indexOf('exact')),
    repeats: new Uint32Array(size),
    repeatTime: new Float64Array(size),
    spanIds: new BigUint64Array(size),
    places: { texts: options.places ?? [], row: place },
    handlers: { texts: [], row: new Int32Array(size).fill(-1) },
    groups: groupSiblings(trace, place),
    problems: [],
    problemCount: 0,
    notices: [],
    joined: [],
    dropped: [],
    droppedCount: 0,
  });
  const viewState: ViewState = { ...openingView(trace), ...options.view?.(opened) };
  const matches = options.matches?.(opened);
  const lines = layOutLines(trace, opened.groups, viewState, matches);
  const first = options.firstOnScreen ?? 0;
  const view = {
    viewState,
    lines,
    matches,
    range: viewState.range,
    filter: viewState.filter,
    markLabel: options.markLabel ?? '',
    onlyCritical: options.onlyCritical ?? false,
    hasAdjustedClocks: options.hasAdjustedClocks ?? false,
    namesShare: 0.42,
    screen: { first, end: first + 30 },
  };
  return pictureOf(view, opened, style);
}
