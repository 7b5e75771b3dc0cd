import type { Attribute } from './rawSpan.ts';

/**
 * Tags that stand for a span's own fields in Jaeger's format, as the Collector makes them (pkg/translator/jaeger), and
 * one of Spanhop's own for a span without an end, which that format doesn't have.
 */
export const ownTags = {
  kind: 'span.kind',
  code: 'otel.status_code',
  description: 'otel.status_description',
  scope: 'otel.scope.name',
  library: 'otel.library.name',
  format: 'internal.span.format',
  error: 'error',
  unended: 'spanhop.unended',
} as const;

const keys: ReadonlySet<string> = new Set(Object.values(ownTags));

/** True for a tag that says what a field of the span is; an error that is none says nothing. */
export const isOwnTag = ({ key, value }: Attribute): boolean =>
  keys.has(key) && (key !== ownTags.error || isTrue(value));

/** Old clients send booleans as text. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';
