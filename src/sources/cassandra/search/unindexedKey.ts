import type { SoughtAttribute } from '../../../core/ports.ts';
import type { Attribute, RawSpan } from '../../../core/trace/rawSpan.ts';
import type { CqlSession } from '../cql/session.ts';
import { readTrace } from '../readTrace.ts';
import type { TargetIndexes } from './candidates.ts';
import type { Slice } from './indexRows.ts';
import { TagIndex } from './tagIndex.ts';
import { tagTexts } from './tagTexts.ts';

const newestTraces = 3;
const newestRows = 50;

/**
 * The first of the attributes that Jaeger was told to leave out of its index (`--cassandra.index.tags`, `.logs`,
 * `.process-tags`, `.tag-blacklist`, `.tag-whitelist`): the newest traces have the attribute, the index not.
 * @param slice ends a little in the past: a span's index rows are written after the span
 */
export async function unindexedKey(
  cql: CqlSession,
  { target, recent }: TargetIndexes,
  attributes: readonly SoughtAttribute[],
  slice: Slice,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { rows } = await recent.read(slice, newestRows, signal);
  const traceIds = new Set(
    rows.toSorted((a, b) => b.start - a.start).map(({ traceId }) => traceId),
  );
  const open = new Set(attributes.map(({ key }) => key));
  for (const traceId of [...traceIds].slice(0, newestTraces)) {
    const { spans } = await readTrace(cql, traceId, signal);
    for (const span of spans.filter(({ resource }) => resource.service === target.service))
      for (const { key, value } of attributesOf(span)) {
        const texts = open.has(key) ? tagTexts({ key, value: textOf(value) }) : undefined;
        if (texts === undefined) continue;
        const row = { traceId, start: span.start, duration: undefined, spanId: undefined };
        if (!(await new TagIndex(cql, target.service, texts).has(row, signal))) return key;
        open.delete(key);
      }
  }
  return undefined;
}

const attributesOf = ({ attributes, resource, events }: RawSpan): readonly Attribute[] => [
  ...attributes,
  ...resource.attributes,
  ...events.flatMap((event) => event.attributes),
];

const textOf = (value: Attribute['value']): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);
