import { spanRow } from '../core/base/units.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Trace } from '../core/trace/trace.ts';
import type { LinkingSpan, ShownLink } from '../protocol/spanLinks.ts';
import type { KeptTraces } from './keptTraces.ts';

/** Of a queue's poller, say, that thousands of messages link to. */
const mostLinking = 100;

/** The links of a span, with the rows of those that lead to spans of its trace. O(spans of the trace) where it has any. */
export function linksOf(span: RawSpan, { spans }: Trace): readonly ShownLink[] {
  if (span.links.length === 0) return [];
  const wanted = new Set(span.links.map(({ spanId }) => spanId));
  const rows = new Map<string, number>();
  for (const [row, { traceId, spanId }] of spans.entries())
    if (wanted.has(spanId))
      rows.set(keyOf(traceId, spanId), rows.get(keyOf(traceId, spanId)) ?? row);
  return span.links.map((link) => {
    const row = rows.get(keyOf(link.traceId, link.spanId));
    return { ...link, row: row === undefined ? undefined : spanRow(row) };
  });
}

/** Of sampled traces, the spans with a link to one, by `keyOf` of that one. */
export type SampledLinks = ReadonlyMap<string, readonly LinkingSpan[]>;

/** Of all sampled traces together, kept as long as the sample is. */
const mostSampled = 20_000;

/** The links of sampled traces, of which the spans aren't kept: twenty thousand at most, a hundred to one span. */
export function sampledLinks(traces: Iterable<Trace>): SampledLinks {
  const links = new Map<string, LinkingSpan[]>();
  let count = 0;
  for (const trace of traces)
    for (const [key, rows] of linking(trace))
      for (const row of rows) {
        if (count >= mostSampled) return links;
        const list = links.get(key) ?? [];
        if (list.length >= mostLinking) break;
        links.set(key, list);
        list.push(shown(trace, row, undefined));
        count += 1;
      }
  return links;
}

/** The spans that link to this one, of its trace, of others that are kept, and of sampled ones; at most a hundred, its own first. */
export function linkedFrom(
  span: RawSpan,
  trace: Trace,
  kept: KeptTraces,
  sampled: SampledLinks,
): readonly LinkingSpan[] {
  const found = new Map<string, LinkingSpan>();
  for (const one of linkingSpans(keyOf(span.traceId, span.spanId), trace, kept, sampled)) {
    if (found.size >= mostLinking) break;
    const id = keyOf(one.traceId, one.spanId);
    if (!found.has(id)) found.set(id, one);
  }
  return [...found.values()];
}

function* linkingSpans(
  key: string,
  trace: Trace,
  kept: KeptTraces,
  sampled: SampledLinks,
): Generator<LinkingSpan> {
  for (const row of linking(trace).get(key) ?? []) yield shown(trace, row, row);
  for (const other of kept.built)
    if (other !== trace)
      for (const row of linking(other).get(key) ?? []) yield shown(other, row, undefined);
  yield* sampled.get(key) ?? [];
}

function shown(trace: Trace, at: number, row: number | undefined): LinkingSpan {
  const span = trace.spans[at];
  return {
    traceId: span?.traceId ?? '',
    spanId: span?.spanId ?? '',
    service: span?.resource.service ?? '',
    operation: trace.operations[trace.columns.operation[at] ?? 0] ?? '',
    row: row === undefined ? undefined : spanRow(row),
  };
}

/** Of a trace, the rows with a link to a span: looked through once. */
const linkingRows = new WeakMap<Trace, ReadonlyMap<string, readonly number[]>>();

function linking(trace: Trace): ReadonlyMap<string, readonly number[]> {
  const known = linkingRows.get(trace);
  if (known) return known;
  const rows = new Map<string, number[]>();
  for (const [row, { links }] of trace.spans.entries())
    for (const { traceId, spanId } of links) {
      const key = keyOf(traceId, spanId);
      const list = rows.get(key);
      if (!list) rows.set(key, [row]);
      else if (list.length < mostLinking && list.at(-1) !== row) list.push(row);
    }
  linkingRows.set(trace, rows);
  return rows;
}

const keyOf = (traceId: string, spanId: string): string => `${traceId}/${spanId}`;
