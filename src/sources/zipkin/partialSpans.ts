import { microseconds } from '../../core/base/units.ts';
import type { Attribute, Attributes, RawSpan } from '../../core/trace/rawSpan.ts';
import { textOf } from '../otlp/wire.ts';
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
  const rows = new Map<string, number>();
  for (const [row, { traceId, spanId, resource, kind }] of spans.entries())
    for (const side of ['', kind]) rows.set(keyOf(traceId, spanId, resource.service, side), row);
  return partial.filter(({ span }) => {
    const { traceId, id, localEndpoint, kind } = span;
    const ids = [idOf(traceId, 32), idOf(id, 16), serviceOf(localEndpoint)] as const;
    const row = rows.get(keyOf(...ids, textOf(kind).toLowerCase())) ?? rows.get(keyOf(...ids, ''));
    const known = row === undefined ? undefined : spans[row];
    if (row === undefined || known === undefined) return true;
    spans[row] = completed(known, span);
    return false;
  });
}

/** A span with what else was told of it: tags, that it failed, and the end where it had none. */
function completed(known: RawSpan, late: ZipkinSpan): RawSpan {
  const { status, statusMessage, attributes } = readTags(late);
  const { unended = false, ...span } = known;
  const duration = unended ? microsOf(late['duration']) : undefined;
  return {
    ...span,
    ...(status !== 'unset' && { status, statusMessage }),
    attributes: [...span.attributes, ...attributes.filter((one) => !isIn(span.attributes, one))],
    ...(duration !== undefined && { duration: microseconds(duration), warnings: [] }),
    ...(unended && duration === undefined && { unended }),
  };
}

const isIn = (attributes: Attributes, { key, value }: Attribute): boolean =>
  attributes.some((one) => one.key === key && one.value === value);

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
