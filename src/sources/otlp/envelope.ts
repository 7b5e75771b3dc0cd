import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { DroppedSpans } from '../../core/ports.ts';
import { textAttribute, type RawSpan, type Resource } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList } from '../droppedSpanList.ts';
import { readAttributes } from './attributes.ts';
import { readSpan } from './span.ts';
import { fieldOf, isRecord, textOf, type Wire } from './wire.ts';

/** The spans of an OTLP body, and those that could not be used. */
export interface OtlpSpans extends DroppedSpans {
  readonly spans: readonly RawSpan[];
}

/** What SDKs call a process that gave no name of its own, without the executable's. */
const unnamedService = 'unknown_service';

/** What the lists of an OTLP body are called: now, by snake case, in Tempo's answers, before OTLP 0.19. */
export const resourceLists = ['resourceSpans', 'resource_spans', 'batches'] as const;
export const scopeLists = [
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'instrumentation_library_spans',
] as const;

/**
 * Reads `TracesData` or `ExportTraceServiceRequest`, decoded: resource by resource, scope by scope, span by
 * span. A span that can't be used is dropped and counted; unknown fields pass.
 * @param onMalformed gets the place of what should hold spans and isn't OTLP's; the rest is read where it returns
 * @throws SourceError `malformed` there by default; `detail` says where.
 */
export function readEnvelope(
  body: unknown,
  wire: Wire,
  onMalformed: OnMalformed = refuse,
): OtlpSpans {
  const listsOf = (holder: unknown, fields: readonly string[], at: Position | '') =>
    readLists(holder, fields, at, onMalformed);
  const spans: RawSpan[] = [];
  const dropped = new DroppedSpanList();
  for (const [resourceAt, resourceSpans] of listsOf(body, resourceLists, '')) {
    const resource = readResource(resourceSpans, wire);
    for (const [scopeAt, scopeSpans] of listsOf(resourceSpans, scopeLists, resourceAt)) {
      const scope = scopeName(scopeSpans);
      for (const [at, wireSpan] of listsOf(scopeSpans, ['spans'], scopeAt)) {
        const span = readSpan(wireSpan, scope, resource, wire);
        if (typeof span === 'string') dropped.add(at, span);
        else spans.push(span);
      }
    }
  }
  return { spans, ...dropped.all() };
}

type Position = () => string;
type OnMalformed = (position: string) => void;

/** The elements of these fields, each with where it is; none of a field that is absent. */
function* readLists(
  holder: unknown,
  fields: readonly string[],
  at: Position | '',
  onMalformed: OnMalformed,
): Generator<readonly [Position, unknown]> {
  if (!isRecord(holder)) {
    onMalformed(at === '' ? '' : at());
    return;
  }
  for (const field of fields) {
    const where = () => (at === '' ? field : `${at()}.${field}`);
    const list = holder[field] ?? [];
    if (!Array.isArray(list)) onMalformed(where());
    else
      for (let index = 0; index < list.length; index++)
        yield [() => `${where()}[${index}]`, list[index]];
  }
}

const refuse: OnMalformed = (position) => {
  throw new SourceError('malformed', message('Not valid OTLP. Check the exporter.'), position);
};

function readResource(resourceSpans: unknown, wire: Wire): Resource {
  const resource = isRecord(resourceSpans) ? resourceSpans['resource'] : undefined;
  const attributes = readAttributes(isRecord(resource) ? resource['attributes'] : [], wire);
  return {
    service: textAttribute(attributes, 'service.name') || unnamedService,
    attributes: attributes.filter(({ key }) => key !== 'service.name'),
  };
}

function scopeName(scopeSpans: unknown): string {
  if (!isRecord(scopeSpans)) return '';
  const scope = scopeSpans['scope'] ?? fieldOf(scopeSpans, 'instrumentationLibrary');
  return isRecord(scope) ? textOf(scope['name']) : '';
}
