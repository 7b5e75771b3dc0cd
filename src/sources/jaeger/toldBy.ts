import type {
  Attribute,
  Attributes,
  AttributeValue,
  SpanKind,
  SpanStatus,
} from '../../core/trace/rawSpan.ts';

/** The tags the Collector makes of a span's own fields (pkg/translator/jaeger): not shown twice. */
const ownFields: ReadonlyMap<string, keyof OwnFields> = new Map([
  ['span.kind', 'kind'],
  ['otel.status_code', 'code'],
  ['otel.status_description', 'description'],
  ['otel.scope.name', 'scope'],
  ['otel.library.name', 'library'],
  ['internal.span.format', 'format'],
  ['error', 'error'],
]);

/** The first value of each. */
interface OwnFields {
  kind: AttributeValue | undefined;
  code: AttributeValue | undefined;
  description: AttributeValue | undefined;
  scope: AttributeValue | undefined;
  library: AttributeValue | undefined;
  format: AttributeValue | undefined;
  error: AttributeValue | undefined;
}

/** What tags say of their span. */
export interface Told {
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly scope: string;
  /** The tags that are shown as they are; an error that is none is among them. */
  readonly shown: Attributes;
}

export function toldBy(tags: Attributes): Told {
  const own: OwnFields = {
    kind: undefined,
    code: undefined,
    description: undefined,
    scope: undefined,
    library: undefined,
    format: undefined,
    error: undefined,
  };
  const shown: Attribute[] = [];
  for (const tag of tags) {
    const field = ownFields.get(tag.key);
    if (field !== undefined) own[field] ??= tag.value;
    if (field === undefined || (field === 'error' && !isTrue(tag.value))) shown.push(tag);
  }
  return {
    kind: kindOf(own.kind),
    status: statusOf(own),
    statusMessage: textOf(own.description),
    scope: textOf(own.scope) || textOf(own.library),
    // Exactly as long as it is: pushing leaves room that nobody needs.
    shown: shown.slice(),
  };
}

const kinds: ReadonlySet<unknown> = new Set<SpanKind>([
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]);

const kindOf = (kind: AttributeValue | undefined): SpanKind =>
  kinds.has(kind) ? (kind as SpanKind) : 'unspecified';

function statusOf({ code, error }: OwnFields): SpanStatus {
  if (code === 'ERROR' || isTrue(error)) return 'error';
  return code === 'OK' ? 'ok' : 'unset';
}

/** Old clients send the error tag as text. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

const textOf = (value: AttributeValue | undefined): string =>
  typeof value === 'string' ? value : '';
