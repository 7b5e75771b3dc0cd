import { isOwnTag, isTrue, ownTags } from '../../core/trace/jaegerTags.ts';
import type {
  Attribute,
  Attributes,
  AttributeValue,
  SpanKind,
  SpanStatus,
} from '../../core/trace/rawSpan.ts';

const fields: ReadonlyMap<string, keyof OwnFields> = new Map(
  (Object.keys(ownTags) as (keyof OwnFields)[]).map((field) => [ownTags[field], field]),
);

/** The first value of each. */
type OwnFields = Record<keyof typeof ownTags, AttributeValue | undefined>;

/** What tags say of their span. */
export interface Told {
  readonly kind: SpanKind;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly scope: string;
  readonly isUnended: boolean;
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
    unended: undefined,
  };
  const shown: Attribute[] = [];
  for (const tag of tags) {
    const field = fields.get(tag.key);
    if (field !== undefined) own[field] ??= tag.value;
    if (field === undefined || !isOwnTag(tag)) shown.push(tag);
  }
  return {
    kind: kindOf(own.kind),
    status: statusOf(own),
    statusMessage: textOf(own.description),
    scope: textOf(own.scope) || textOf(own.library),
    isUnended: isTrue(own.unended),
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

const textOf = (value: AttributeValue | undefined): string =>
  typeof value === 'string' ? value : '';
