import { spanRow } from '../core/base/units.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { BuiltTrace } from '../core/trace/trace.ts';
import { commonTraceId } from '../core/trace/traceId.ts';
import type { JoinedTrace } from '../protocol/spanLinks.ts';
import type { EngineParts } from './engineParts.ts';
import type { ReadTrace } from './keptTraces.ts';
import { linkedTraceKey, readTrace } from './readTrace.ts';

/**
 * A trace with others that links of it lead to, as one: their spans in one list, what is missing of any said.
 * @throws SourceError where one of them can't be read
 */
export async function readJoined(
  parts: Pick<EngineParts, 'sources' | 'files'>,
  traceId: string,
  others: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly answer: ReadTrace; readonly built: BuiltTrace }> {
  const answer = await readTrace(parts, traceId, signal);
  if (others.length === 0) return { answer, built: buildTrace(answer.spans) };
  const answers = [answer];
  for (const other of others)
    answers.push(
      await readTrace(parts, await linkedTraceKey(parts, traceId, other, signal), signal),
    );
  const ids = answers.map(({ spans }) => commonTraceId(spans));
  const all: ReadTrace = {
    ...answer,
    spans: answers.flatMap(({ spans }) => spans),
    complete: answers.every(({ complete }) => complete),
    reason: answers.find(({ complete }) => !complete)?.reason ?? '',
    dropped: answers.flatMap(({ dropped }) => dropped).slice(0, 100),
    droppedCount: answers.reduce((sum, { droppedCount }) => sum + droppedCount, 0),
    joined: ids.slice(1),
  };
  return { answer: all, built: buildTrace(all.spans, ids) };
}

/** Where the trees of the traces shown with this one begin. */
export function joinedTraces(
  { trace }: BuiltTrace,
  ids: readonly string[],
): readonly JoinedTrace[] {
  return ids.map((traceId) => {
    const roots = trace.spans.flatMap((span, row) =>
      span.traceId === traceId && trace.columns.parent[row] === -1 ? [spanRow(row)] : [],
    );
    return { traceId, roots };
  });
}
