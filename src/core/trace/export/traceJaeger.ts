import { isOwnTag, ownTags } from '../jaegerTags.ts';
import type { Attributes, AttributeValue, RawSpan, Resource } from '../rawSpan.ts';

/**
 * The spans of one trace as Jaeger's UI downloads and opens them (v1.67, model/json/model.go), in pieces: their text
 * together can be longer than one string may be. Times are whole µs there, lists are JSON text, and links have no
 * attributes.
 */
export function* jaegerJson(traceId: string, spans: readonly RawSpan[]): Generator<string> {
  const processes = new Map<Resource, string>();
  for (const { resource } of spans)
    if (!processes.has(resource)) processes.set(resource, `p${String(processes.size + 1)}`);
  yield `{"data":[{"traceID":${JSON.stringify(traceId)},"spans":[`;
  for (const [index, span] of spans.entries()) {
    const text = JSON.stringify(jaegerSpan(span, processes.get(span.resource) ?? ''));
    yield `${index === 0 ? '' : ','}\n${text}`;
  }
  yield '],\n"processes":{';
  let between = '';
  for (const [{ service, attributes }, id] of processes) {
    const process = { serviceName: service, tags: jaegerTags(attributes) };
    yield `${between}\n${JSON.stringify(id)}:${JSON.stringify(process)}`;
    between = ',';
  }
  yield '},"warnings":null}],"total":0,"limit":0,"offset":0,"errors":null}\n';
}

function jaegerSpan(span: RawSpan, processID: string): object {
  const { traceId, spanId, parentSpanId } = span;
  const start = Math.floor(span.start);
  return {
    traceID: traceId,
    spanID: spanId,
    operationName: span.name,
    references: [
      ...(parentSpanId === undefined
        ? []
        : [{ refType: 'CHILD_OF', traceID: traceId, spanID: parentSpanId }]),
      ...span.links.map((link) => ({
        refType: 'FOLLOWS_FROM',
        traceID: link.traceId,
        spanID: link.spanId,
      })),
    ],
    startTime: start,
    // The end stays where it is when the start loses its part of a µs.
    duration: span.unended ? 0 : Math.round(span.start - start + span.duration),
    tags: jaegerTags([...ownFields(span), ...span.attributes.filter((one) => !isOwnTag(one))]),
    logs: span.events.map(({ name, time, attributes }) => ({
      timestamp: Math.floor(time),
      fields: jaegerTags([{ key: 'event', value: name }, ...attributes]),
    })),
    processID,
    warnings: span.warnings,
  };
}

/** Before its attributes, of which none may say otherwise: of tags that repeat the first counts. */
function ownFields({ kind, status, statusMessage, scope, unended }: RawSpan): Attributes {
  return [
    ...(kind === 'unspecified' ? [] : [{ key: ownTags.kind, value: kind }]),
    ...(status === 'unset' ? [] : [{ key: ownTags.code, value: status.toUpperCase() }]),
    ...(status === 'error' ? [{ key: ownTags.error, value: true }] : []),
    ...(statusMessage === '' ? [] : [{ key: ownTags.description, value: statusMessage }]),
    ...(scope === '' ? [] : [{ key: ownTags.scope, value: scope }]),
    ...(unended ? [{ key: ownTags.unended, value: true }] : []),
  ];
}

const jaegerTags = (attributes: Attributes): object[] =>
  attributes.map(({ key, value }) => ({ key, ...typed(value) }));

function typed(value: AttributeValue): { readonly type: string; readonly value: unknown } {
  if (typeof value === 'boolean') return { type: 'bool', value };
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value !== 'number') return { type: 'string', value: JSON.stringify(value) };
  return { type: Number.isSafeInteger(value) ? 'int64' : 'float64', value };
}
