import type { SpanLink } from '../../core/trace/rawSpan.ts';
import { expectList, expectObject, hexId } from './shape.ts';

const noParent = '0000000000000000';

/**
 * Jaeger's references: the first CHILD_OF of the same trace is the parent, everything else is a link.
 * FOLLOWS_FROM is what OTLP's links become, so it is never a parent. Links lose their attributes on
 * the way into Jaeger.
 */
export function readReferences(
  value: unknown,
  traceId: string,
  at: string,
): { readonly parentSpanId: string | undefined; readonly links: readonly SpanLink[] } {
  let parentSpanId: string | undefined;
  const links: SpanLink[] = [];
  for (const [index, entry] of expectList(value, at).entries()) {
    const place = `${at}[${String(index)}]`;
    const reference = expectObject(entry, place);
    const target = {
      traceId: hexId(reference['traceID'], 32, `${place}.traceID`),
      spanId: hexId(reference['spanID'], 16, `${place}.spanID`),
    };
    const isParent = reference['refType'] === 'CHILD_OF' && target.traceId === traceId;
    if (!isParent || parentSpanId !== undefined) links.push({ ...target, attributes: [] });
    else if (target.spanId !== noParent) parentSpanId = target.spanId;
  }
  return { parentSpanId, links };
}
