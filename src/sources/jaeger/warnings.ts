import { listedTexts } from '../../core/trace/listedTexts.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';

/** Where Jaeger keeps its remarks on a span (internal/jptrace/attributes.go): a list, or text from stores without lists. */
const attribute = '@jaeger@warnings';

/** The span with the remarks among its attributes as warnings. */
export function liftWarnings<T extends RawSpan>(span: T): T {
  if (span.attributes.every(({ key }) => key !== attribute)) return span;
  const remarks = span.attributes.filter(({ key }) => key === attribute);
  return {
    ...span,
    attributes: span.attributes.filter(({ key }) => key !== attribute),
    warnings: [...span.warnings, ...remarks.flatMap(({ value }) => listedTexts(value))],
  };
}
