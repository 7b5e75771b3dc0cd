import { isAnswering } from './spanSide.ts';
import type { RawSpan } from './rawSpan.ts';

/** Exporters cut or round starts to the µs. */
const sameStart = 1;

/**
 * `spans` of one trace, each once: of a span that was sent several times the most complete copy. Copies have
 * the id, the service, the side (a server's span may share its client's id) and the start, which no exporter
 * changes. The order of the others stays; which copy is kept doesn't depend on it.
 */
export function distinctSpans(spans: readonly RawSpan[]): readonly RawSpan[] {
  const ids = new Set<string>();
  const repeated = new Set<string>();
  for (const { spanId } of spans) if (ids.size === ids.add(spanId).size) repeated.add(spanId);
  if (repeated.size === 0) return spans;
  const groups = new Map<string, number[]>();
  for (const [index, span] of spans.entries()) {
    if (!repeated.has(span.spanId)) continue;
    const key = identityText(span);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  const surplus = new Set<number>();
  for (const group of groups.values())
    if (group.length > 1) for (const index of surplusOf(group, spans)) surplus.add(index);
  return surplus.size === 0 ? spans : spans.filter((_, index) => !surplus.has(index));
}

const halfCharacter = /\p{Surrogate}/gu;

/** All that copies have in common but their start. Half a character of a name doesn't survive being stored. */
const identityText = (span: RawSpan): string =>
  `${span.spanId} ${isAnswering(span) ? 'answers' : ''} ${span.resource.service.replace(halfCharacter, '\ufffd')}`;

/** Those of `group` that are copies of a more complete span in it. */
function surplusOf(group: readonly number[], spans: readonly RawSpan[]): readonly number[] {
  const surplus: number[] = [];
  let first: RawSpan | undefined;
  let best = -1;
  for (const index of group.toSorted((a, b) => startOf(spans[a]) - startOf(spans[b]) || a - b)) {
    const span = spans[index];
    if (!span) continue;
    if (first === undefined || span.start - first.start > sameStart) {
      first = span;
      best = index;
    } else if (compareCompleteness(span, spans[best] ?? span) > 0) {
      surplus.push(best);
      best = index;
    } else surplus.push(index);
  }
  return surplus;
}

const startOf = (span: RawSpan | undefined): number => span?.start ?? 0;

/**
 * Positive when `a` is the more complete copy of a span: one that has ended, with a length; then one that says
 * more; then one that ended later; of others any, but always the same. 0 for equal ones.
 */
function compareCompleteness(a: RawSpan, b: RawSpan): number {
  return (
    endingOf(a) - endingOf(b) ||
    detailsOf(a) - detailsOf(b) ||
    a.duration - b.duration ||
    compareTexts(contentsOf(a), contentsOf(b))
  );
}

function endingOf({ unended, duration }: RawSpan): number {
  if (unended) return 0;
  return duration > 0 ? 2 : 1;
}

/** How many things it says. */
const detailsOf = (span: RawSpan): number =>
  span.attributes.length +
  span.resource.attributes.length +
  span.events.length +
  span.links.length +
  (span.status === 'unset' ? 0 : 1) +
  (span.statusMessage === '' ? 0 : 1) +
  (span.kind === 'unspecified' ? 0 : 1) +
  (span.parentSpanId === undefined ? 0 : 1);

const contentsOf = (span: RawSpan): string =>
  JSON.stringify([
    span.name,
    span.kind,
    span.parentSpanId,
    span.status,
    span.statusMessage,
    span.scope,
    span.attributes,
    span.events,
    span.links,
  ]);

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a > b ? 1 : -1;
}
