import type { SpanLink } from '../../core/trace/rawSpan.ts';
import { expectList, expectObject, type JsonObject } from '../json/shape.ts';
import { hexId } from './fields.ts';

const noParent = '0000000000000000';

/**
 * Jaeger's references: the first CHILD_OF of the same trace is the parent, everything else is a link.
 * FOLLOWS_FROM is what OTLP's links become, so it is never a parent. Links lose their attributes on
 * the way into Jaeger. Spans of Jaeger before 1.1, and those in its Elasticsearch, have `parentSpanID`.
 */
export function readReferences(
  span: JsonObject,
  traceId: string,
  at: string,
): { readonly parentSpanId: string | undefined; readonly links: readonly SpanLink[] } {
  let parentSpanId: string | undefined;
  const links: SpanLink[] = [];
  for (const [index, entry] of expectList(span['references'], `${at}.references`).entries()) {
    const place = `${at}.references[${String(index)}]`;
    const reference = expectObject(entry, place);
    const target = {
      traceId: hexId(reference['traceID'], 32, `${place}.traceID`),
      spanId: hexId(reference['spanID'], 16, `${place}.spanID`),
    };
    const isParent = reference['refType'] === 'CHILD_OF' && target.traceId === traceId;
    if (!isParent || parentSpanId !== undefined) links.push({ ...target, attributes: [] });
    else if (target.spanId !== noParent) parentSpanId = target.spanId;
  }
  return { parentSpanId: parentSpanId ?? oldParent(span['parentSpanID']), links };
}

function oldParent(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[0-9a-f]{1,16}$/i.test(value)) return undefined;
  const id = value.toLowerCase().padStart(16, '0');
  return id === noParent ? undefined : id;
}
