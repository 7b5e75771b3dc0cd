import type { BuiltTrace } from '../core/trace/trace.ts';
import type { Correlation } from './correlation.ts';
import type { KeptTrace, ReadTrace } from './keptTraces.ts';

/** A trace mapped by what it tells itself and by what the sampled ones tell: whatever else was opened changes nothing. */
export function mappedTrace(
  { answer, built }: { readonly answer: ReadTrace; readonly built: BuiltTrace },
  correlation: Correlation,
): KeptTrace {
  const evidence = correlation.evidenceWith([answer.spans]);
  return { answer, built, evidence, matches: correlation.match(built.trace, evidence) };
}
