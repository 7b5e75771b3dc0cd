import { message } from '../base/message.ts';
import { epochMicroseconds, microseconds } from '../base/units.ts';
import { reportClockSkew } from './clockSkew.ts';
import { findCriticalPath } from './criticalPath.ts';
import { findParents, layOutRows, type Parents } from './hierarchy.ts';
import { chooseMainRoot } from './mainRoot.ts';
import { ProblemList } from './problemList.ts';
import type { RawSpan } from './rawSpan.ts';
import { measureSelfTime } from './selfTime.ts';
import { spanColumns } from './spanColumns.ts';
import { orderSpans } from './spanOrder.ts';
import { readTimes } from './times.ts';
import type { BuiltTrace, Trace } from './trace.ts';
import { commonTraceId } from './traceId.ts';

/**
 * The trace of any spans, in any order: each span is exactly one row, whatever its parent, id and times
 * say. What had to be repaired is in `problems`. Never throws; the input's order changes nothing.
 * O(n log n), and as deep as the spans go.
 * @param traceIds of traces that are shown as one, the one that it is called by first; none: they are one trace
 */
export function buildTrace(
  input: readonly RawSpan[],
  traceIds: readonly string[] = [],
): BuiltTrace {
  const times = readTimes(input);
  const order = orderSpans(input, times);
  const ordered: RawSpan[] = [];
  for (const index of order) {
    const span = input[index];
    if (span !== undefined) ordered.push(span);
  }
  const parents = findParents(ordered);
  const { position, parent, depth, subtreeSize } = layOutRows(parents.parent);

  const size = ordered.length;
  const inputOf = (row: number) => order[position[row] ?? 0] ?? 0;
  const start = new Float64Array(size);
  const duration = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    start[row] = times.start[inputOf(row)] ?? 0;
    duration[row] = times.duration[inputOf(row)] ?? 0;
  }
  const { earliest, latest } = extent(start, duration);
  for (let row = 0; row < size; row++) start[row] = (start[row] ?? 0) - earliest;

  const spans: RawSpan[] = [];
  for (const at of position) {
    const span = ordered[at];
    if (span !== undefined) spans.push(span);
  }
  const { columns, ...names } = spanColumns(spans);
  const traceId = traceIds[0] ?? commonTraceId(spans);
  const rows = { start, duration, parent, subtreeSize };
  const criticalPath = findCriticalPath(rows, earliest, chooseMainRoot(spans, rows, traceId));
  const trace: Trace = {
    traceId,
    start: epochMicroseconds(earliest),
    duration: microseconds(latest - earliest),
    size,
    ...names,
    spans,
    columns: {
      ...columns,
      start,
      duration,
      selfTime: measureSelfTime(start, duration, parent),
      parent,
      depth,
      subtreeSize,
      ...criticalPath,
    },
  };
  const problems = new ProblemList();
  const isRepaired = (row: number) => times.repaired[inputOf(row)] === 1;
  const known = new Set([trace.traceId, ...traceIds]);
  reportRepairs({ trace, known }, parents, position, isRepaired, problems);
  reportClockSkew(trace, isRepaired, problems);
  return { trace, problems: problems.kept, problemCount: problems.count };
}

function extent(start: Float64Array, duration: Float64Array) {
  if (start.length === 0) return { earliest: 0, latest: 0 };
  let earliest = Infinity;
  let latest = -Infinity;
  for (let row = 0; row < start.length; row++) {
    const begin = start[row] ?? 0;
    earliest = Math.min(earliest, begin);
    latest = Math.max(latest, begin + (duration[row] ?? 0));
  }
  return { earliest, latest };
}

function reportRepairs(
  { trace, known }: { readonly trace: Trace; readonly known: ReadonlySet<string> },
  parents: Parents,
  position: Int32Array,
  isRepaired: (row: number) => boolean,
  problems: ProblemList,
): void {
  const missing = new Set(parents.missing);
  const cycles = new Set(parents.cycles);
  const doubled = new Set(parents.doubled);
  for (const [row, span] of trace.spans.entries()) {
    const at = position[row] ?? 0;
    if (missing.has(at)) {
      problems.add('missingParent', row, () =>
        message('Parent span {0} is missing; shown at the top level.', span.parentSpanId ?? ''),
      );
    }
    if (cycles.has(at)) {
      problems.add('cycle', row, () =>
        message('The span is its own ancestor; shown at the top level.'),
      );
    }
    if (doubled.has(at)) {
      problems.add('duplicateId', row, () =>
        message(
          'Another span of this service also has ID {0}; children may be shown under the wrong one.',
          span.spanId,
        ),
      );
    }
    if (!known.has(span.traceId)) {
      problems.add('foreignTrace', row, () =>
        message('The span has a different trace ID, {0}.', span.traceId),
      );
    }
    if (isRepaired(row)) {
      problems.add('oddTime', row, () =>
        message('Invalid time or duration; shown at the nearest valid value.'),
      );
    }
  }
}
