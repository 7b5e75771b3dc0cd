import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { DroppedSpan } from '../../core/ports.ts';
import { textAttribute, type RawSpan, type Resource } from '../../core/trace/rawSpan.ts';
import { readAttributes } from './attributes.ts';
import { readSpan } from './span.ts';
import { isRecord, textOf, type Wire } from './wire.ts';

/** The spans of an OTLP body, and those that could not be used. */
export interface OtlpSpans {
  readonly spans: readonly RawSpan[];
  /** At most a hundred; `droppedCount` counts all. */
  readonly dropped: readonly DroppedSpan[];
  readonly droppedCount: number;
}

const reported = 100;
/** What SDKs call a process that gave no name of its own, without the executable's. */
const unnamedService = 'unknown_service';

/**
 * Reads `TracesData` or `ExportTraceServiceRequest`, decoded: resource by resource, scope by scope, span by
 * span. A span that can't be used is dropped and counted; unknown fields pass.
 * @throws SourceError `malformed` when what holds the spans isn't OTLP's; `detail` says where.
 */
export function readEnvelope(body: unknown, wire: Wire): OtlpSpans {
  const spans: RawSpan[] = [];
  const dropped: DroppedSpan[] = [];
  let droppedCount = 0;
  for (const [resourceAt, resourceSpans] of listOf(body, 'resourceSpans', '')) {
    const resource = readResource(resourceSpans, wire);
    for (const [scopeAt, scopeSpans] of listOf(resourceSpans, 'scopeSpans', resourceAt)) {
      const scope = isRecord(scopeSpans) ? nameOf(scopeSpans['scope']) : '';
      for (const [at, wireSpan] of listOf(scopeSpans, 'spans', scopeAt)) {
        const span = readSpan(wireSpan, scope, resource, wire);
        if (typeof span !== 'string') {
          spans.push(span);
        } else if (droppedCount++ < reported) dropped.push({ position: at(), reason: span });
      }
    }
  }
  return { spans, dropped, droppedCount };
}

type Position = () => string;

/** The elements of `field`, each with where it is; none when the field is absent. */
function* listOf(
  holder: unknown,
  field: string,
  at: Position | '',
): Generator<readonly [Position, unknown]> {
  const where = () => (at === '' ? field : `${at()}.${field}`);
  if (!isRecord(holder)) throw malformed(at === '' ? '' : at());
  const list = holder[field] ?? [];
  if (!Array.isArray(list)) throw malformed(where());
  for (let index = 0; index < list.length; index++)
    yield [() => `${where()}[${index}]`, list[index]];
}

function malformed(position: string): SourceError {
  return new SourceError(
    'malformed',
    message('This is not OTLP: its spans are not where OTLP has them. Check what sends it.'),
    position,
  );
}

function readResource(resourceSpans: unknown, wire: Wire): Resource {
  const resource = isRecord(resourceSpans) ? resourceSpans['resource'] : undefined;
  const attributes = readAttributes(isRecord(resource) ? resource['attributes'] : [], wire);
  return {
    service: textAttribute(attributes, 'service.name') || unnamedService,
    attributes: attributes.filter(({ key }) => key !== 'service.name'),
  };
}

const nameOf = (scope: unknown): string => (isRecord(scope) ? textOf(scope['name']) : '');
