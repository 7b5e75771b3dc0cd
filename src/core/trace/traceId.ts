import type { RawSpan } from './rawSpan.ts';

/** The trace id that most spans have; of several the first in the alphabet; empty without spans. */
export function commonTraceId(spans: readonly RawSpan[]): string {
  const counts = new Map<string, number>();
  for (const span of spans) counts.set(span.traceId, (counts.get(span.traceId) ?? 0) + 1);
  let common = '';
  let most = 0;
  for (const [traceId, count] of counts) {
    if (count < most || (count === most && traceId > common)) continue;
    common = traceId;
    most = count;
  }
  return common;
}

/** A UUID, and headers that carry a trace id: `traceparent`, B3's single one, Jaeger's `uber-trace-id`, X-Ray's. */
const forms: readonly RegExp[] = [
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
  /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/,
  /^([0-9a-f]{16}|[0-9a-f]{32})-[0-9a-f]{16}(?:-[01d](?:-[0-9a-f]{16})?)?$/,
  /^([0-9a-f]{1,32}):[0-9a-f]{1,16}:[0-9a-f]{1,16}:[0-9a-f]{1,2}$/,
  /^(?:root=)?1-([0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/,
];

/**
 * A trace id in any way people have it, as Spanhop writes it: 32 lower-case hex digits. Shorter ones, as 64-bit ids
 * are, are padded on the left; capitals, space around, `0x`, the dashes of a UUID and the headers that carry one
 * make no difference. Undefined when it is none, or zeros.
 */
export function parseTraceId(text: string): string | undefined {
  const written = text.trim().toLowerCase();
  const found = forms.map((form) => form.exec(written)?.[1]).find((id) => id !== undefined);
  const id = found?.replaceAll('-', '') ?? written.replace(/^0x/, '');
  if (!/^[0-9a-f]{1,32}$/.test(id) || /^0+$/.test(id)) return undefined;
  return id.padStart(32, '0');
}
