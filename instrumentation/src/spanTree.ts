import { isOutgoing, type StartedSpan } from './openTelemetry.ts';

const above = new WeakMap<StartedSpan, StartedSpan>();

/** Spans know the id of their parent; the way up needs the parent itself. No handler runs inside these. */
export function keepParent(span: StartedSpan, parent: StartedSpan | undefined): void {
  if (parent === undefined || isOutgoing(span) || span.name?.startsWith('prisma:') === true) return;
  above.set(span, parent);
}

/** The span, its parent, and so on, as far as this process made them; a few hundred at most. */
export function* upFrom(span: StartedSpan): Generator<StartedSpan> {
  let one: StartedSpan | undefined = span;
  for (let steps = 0; one !== undefined && steps < 300; steps++) {
    yield one;
    one = above.get(one);
  }
}
