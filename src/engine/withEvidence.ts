import type { Evidence } from '../core/matching/evidence.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';

type Spans = readonly RawSpan[];

/**
 * Each trace with what the first ones tell, itself among them or not: they are read before any is given, so that the order
 * in which traces come changes no match.
 * @param most how many tell
 */
export async function* withEvidence(
  traces: AsyncIterable<Spans>,
  most: number,
  learn: (first: readonly Spans[]) => Evidence,
): AsyncGenerator<{ readonly raw: Spans; readonly told: Evidence }> {
  let first: Spans[] = [];
  let told: Evidence | undefined;
  for await (const raw of traces) {
    first.push(raw);
    if (told === undefined && first.length < most) continue;
    told ??= learn(first);
    for (const one of first) yield { raw: one, told };
    first = [];
  }
  told ??= learn(first);
  for (const one of first) yield { raw: one, told };
}
