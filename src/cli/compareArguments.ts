import { UsageError } from '../core/base/usageError.ts';
import { parseTraceId } from '../core/trace/traceId.ts';

/** A trace as it is named: by its ID in the source, or by a file, of which it is the slowest. */
export type NamedTrace = { readonly traceId: string } | { readonly path: string };

export interface CompareArguments {
  readonly traces: readonly [before: NamedTrace, after: NamedTrace];
  /** The file that chooses the source; undefined: flags do, if any. */
  readonly source: string | undefined;
}

/** The arguments of `spanhop compare`: two traces, then a file that has those named by ID. @throws UsageError */
export function readCompareArguments(
  [before, after, file, ...rest]: readonly string[],
  isId: (text: string) => boolean,
): CompareArguments {
  if (before === undefined || after === undefined)
    throw new UsageError('compare requires two traces, each a trace ID or a trace file.');
  const named = (text: string): NamedTrace => (isId(text) ? { traceId: text } : { path: text });
  const traces = [named(before), named(after)] as const;
  const [unexpected] = traces.some((one) => 'traceId' in one) ? rest : [file, ...rest];
  if (unexpected !== undefined)
    throw new UsageError(`Unexpected argument "${unexpected}" for compare.`);
  if (nameOf(traces[0]) === nameOf(traces[1])) throw sameTraces();
  // A flag that chooses a source would be of no use to two files.
  return { traces, source: traces.every((one) => 'path' in one) ? before : file };
}

/** One trace has nothing to be compared with. */
export const sameTraces = () =>
  new UsageError('Both are the same trace. Compare it with another one.');

const nameOf = (trace: NamedTrace): string | undefined =>
  'path' in trace ? trace.path : parseTraceId(trace.traceId);
