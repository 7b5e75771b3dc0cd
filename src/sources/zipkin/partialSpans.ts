import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { readTags } from './tags.ts';
import { idOf, microsOf, serviceOf, type ZipkinSpan } from './zipkinSpan.ts';

/** True for what tells no time: more of a span that is told elsewhere, or one that can't be shown. */
export function isPartial({ timestamp, annotations }: ZipkinSpan): boolean {
  const hasEvents = Array.isArray(annotations) && annotations.length > 0;
  return microsOf(timestamp) === undefined && !hasEvents;
}

/**
 * Adds to each span what else was told of it: Zipkin's libraries send a span in several entries of one id and service
 * when something of it comes late.
 * @returns those of `partial` that belong to no span
 */
export function addPartials<Partial extends { readonly span: ZipkinSpan }>(
  spans: RawSpan[],
  partial: readonly Partial[],
): readonly Partial[] {
  if (partial.length === 0) return [];
  const rows = new Map(
    spans.map((span, row) => [keyOf(span.traceId, span.spanId, span.resource.service), row]),
  );
  return partial.filter(({ span }) => {
    const { traceId, id, localEndpoint } = span;
    const row = rows.get(keyOf(idOf(traceId, 32), idOf(id, 16), serviceOf(localEndpoint)));
    const known = row === undefined ? undefined : spans[row];
    if (row === undefined || known === undefined) return true;
    spans[row] = { ...known, attributes: [...known.attributes, ...readTags(span).attributes] };
    return false;
  });
}

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
