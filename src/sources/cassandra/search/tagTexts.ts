import type { SoughtAttribute } from '../../../core/ports.ts';
import { indexedFloat } from '../../search/hasAttribute.ts';

/** A partition of `tag_index` within a service. */
export interface TagText {
  readonly key: string;
  readonly value: string;
}

/** Of a key or value, in bytes (internal/storage/v1/cassandra/spanstore/writer.go, maximumTagKeyOrValueSize). */
const tooManyBytes = 256;

/**
 * Where `tag_index` has the spans with an attribute: under each text and tag that `hasAttribute` takes for it.
 * Undefined where it has none of them: Jaeger leaves out what is long, and objects.
 */
export function tagTexts({ key, value }: SoughtAttribute): readonly TagText[] | undefined {
  const texts = keysOf(key, value).flatMap((tag) => [
    tag,
    ...numberTexts(tag.value).map((text) => ({ key: tag.key, value: text })),
  ]);
  return texts.every(isIndexed) ? texts : undefined;
}

/** Spans that failed: by the tag OpenTelemetry's translators make for it, or by the status itself. */
export const errorTexts: readonly TagText[] = [
  { key: 'error', value: 'true' },
  { key: 'otel.status_code', value: 'ERROR' },
];

function keysOf(key: string, value: string): readonly TagText[] {
  const isError = errorTexts.some((text) => text.key === key && text.value === value);
  if (isError) return errorTexts;
  if (key === 'otel.scope.name' || key === 'otel.library.name')
    return ['otel.scope.name', 'otel.library.name'].map((each) => ({ key: each, value }));
  return [{ key, value }];
}

/** The other texts of the same number: a float is indexed with ten digits, `1e+10` is an integer elsewhere. */
function numberTexts(text: string): readonly string[] {
  const number = text.trim() === '' ? NaN : Number(text);
  if (Number.isNaN(number)) return [];
  const texts = new Set([String(number), indexedFloat(number)]);
  return [...texts].filter((one) => one !== text);
}

/** Whether Jaeger writes it: shouldIndexTag and isJSON of writer.go. */
const isIndexed = ({ key, value }: TagText): boolean =>
  Buffer.byteLength(key) < tooManyBytes &&
  Buffer.byteLength(value) < tooManyBytes &&
  !isJsonObject(value);

function isJsonObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
