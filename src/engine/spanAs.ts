import type { RawSpan } from '../core/trace/rawSpan.ts';
import { otlpOf } from '../core/trace/export/spanOtlp.ts';
import { spanCurl } from '../core/trace/export/spanCurl.ts';
import { spanJson } from '../core/trace/export/spanJson.ts';
import type { SpanFormat } from '../protocol/spanActions.ts';

/** A span as text to be copied; undefined where it has no such form. */
export function spanAs(span: RawSpan, format: SpanFormat): string | undefined {
  if (format === 'curl') return spanCurl(span);
  return JSON.stringify(format === 'otlp' ? otlpOf([span]) : spanJson(span), undefined, 2);
}
