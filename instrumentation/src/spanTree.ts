import { clientKind, producerKind, type StartedSpan } from './openTelemetry.ts';

const parentKey = Symbol('@spanhop/otel.parent');
const depthKey = Symbol('@spanhop/otel.depth');

/** On the span itself: the collector looks over a map of weak keys again and again, and spans are many. */
interface Linked extends StartedSpan {
  [parentKey]?: StartedSpan;
  [depthKey]?: number;
}

/** The way up is cut there, so that a loop whose spans hang below each other doesn't keep them all. */
const maxDepth = 300;

/** Spans know the id of their parent; the way up needs the parent itself. No handler runs inside these. */
export function keepParent(span: StartedSpan, parent: StartedSpan | undefined): void {
  if (parent === undefined || isOutgoing(span) || span.name?.startsWith('prisma:') === true) return;
  const depth = ((parent as Linked)[depthKey] ?? 0) + 1;
  if (depth > maxDepth) return;
  const linked = span as Linked;
  linked[parentKey] = parent;
  linked[depthKey] = depth;
}

const isOutgoing = ({ kind }: StartedSpan) => kind === clientKind || kind === producerKind;

/** The span, its parent, and so on, as far as this process made them; a few hundred at most. */
export function* upFrom(span: StartedSpan): Generator<StartedSpan> {
  for (let one: Linked | undefined = span; one !== undefined; one = one[parentKey]) yield one;
}
