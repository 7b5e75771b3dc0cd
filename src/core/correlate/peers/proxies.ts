import { spanRow, type SpanRow } from '../../base/units.ts';
import { proxySpanOf, type ProxySpan } from '../../trace/proxySpan.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Trace } from '../../trace/trace.ts';

export interface ProxyRow {
  readonly row: SpanRow;
  readonly span: RawSpan;
  readonly proxy: ProxySpan;
}

/** A request passes a few proxies, each with its middlewares. */
const longestChain = 50;

/** The proxies' spans right above a row, nearest first. */
export function proxiesAbove(row: SpanRow, { spans, columns }: Trace): readonly ProxyRow[] {
  const found: ProxyRow[] = [];
  let at = columns.parent[row] ?? -1;
  while (at >= 0 && found.length < longestChain) {
    const span = spans[at];
    const proxy = span && proxySpanOf(span);
    if (span === undefined || proxy === undefined) break;
    found.push({ row: spanRow(at), span, proxy });
    at = columns.parent[at] ?? -1;
  }
  return found;
}

/** Of the nearest proxy the span that says most: its router, else where the request came in. */
export function tellingProxy(above: readonly ProxyRow[]): ProxyRow | undefined {
  const entry = above.findIndex(({ proxy }) => proxy.part === 'entry');
  const nearest = entry === -1 ? above : above.slice(0, entry + 1);
  return nearest.find(({ proxy }) => proxy.part === 'router') ?? nearest.at(-1);
}
