import { message } from '../base/message.ts';
import { epochMicroseconds, microseconds } from '../base/units.ts';
import { reportClockSkew } from './clockSkew.ts';
import { findCriticalPath } from './criticalPath.ts';
import { findParents, layOutRows, type Parents } from './hierarchy.ts';
import { ProblemList } from './problemList.ts';
import type { RawSpan } from './rawSpan.ts';
import { measureSelfTime } from './selfTime.ts';
import { spanLabel } from './spanLabel.ts';
import { orderSpans } from './spanOrder.ts';
import { readTimes } from './times.ts';
import { spanKinds, spanStatuses, type BuiltTrace, type Trace } from './trace.ts';
import { commonTraceId } from './traceId.ts';

/**
 * The trace of any spans, in any order: each span is exactly one row, whatever its parent, id and times
 * say. What had to be repaired is in `problems`. Never throws; the input's order changes nothing.
 * O(n log n), and as deep as the spans go.
 */
export function buildTrace(input: readonly RawSpan[]): BuiltTrace {
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
  const services = nameColumn(spans, (span) => span.resource.service);
  const operations = operationColumn(spans);
  const criticalPath = findCriticalPath({ start, duration, parent, subtreeSize }, earliest);
  const trace: Trace = {
    traceId: commonTraceId(spans),
    start: epochMicroseconds(earliest),
    duration: microseconds(latest - earliest),
    size,
    services: services.names,
    operations: operations.labels,
    operationNames: operations.names,
    spans,
    columns: {
      start,
      duration,
      selfTime: measureSelfTime(start, duration, parent),
      parent,
      depth,
      subtreeSize,
      service: services.column,
      operation: operations.column,
      kind: codes(spans, ({ kind }) => spanKinds.indexOf(kind)),
      status: codes(spans, ({ status }) => spanStatuses.indexOf(status)),
      critical: criticalPath.marks,
      criticalTime: criticalPath.time,
    },
  };
  const problems = new ProblemList();
  const isRepaired = (row: number) => times.repaired[inputOf(row)] === 1;
  reportRepairs(trace, parents, position, isRepaired, problems);
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

function codes(spans: readonly RawSpan[], codeOf: (span: RawSpan) => number): Uint8Array {
  const column = new Uint8Array(spans.length);
  let row = 0;
  for (const span of spans) column[row++] = Math.max(0, codeOf(span));
  return column;
}

/** Indexes into a table of distinct names, in order of first use. */
function nameColumn(spans: readonly RawSpan[], nameOf: (span: RawSpan) => string) {
  const table = new Map<string, number>();
  const column = new Uint32Array(spans.length);
  let row = 0;
  for (const span of spans) {
    const name = nameOf(span);
    let index = table.get(name);
    if (index === undefined) {
      index = table.size;
      table.set(name, index);
    }
    column[row++] = index;
  }
  return { names: [...table.keys()], column };
}

/** What rows are called, with the spans' own names: an entry for each pair. */
function operationColumn(spans: readonly RawSpan[]) {
  const pairs = nameColumn(spans, (span) => `${spanLabel(span)}\n${span.name}`);
  const labels: string[] = [];
  const names: string[] = [];
  let row = 0;
  for (const span of spans) {
    if (pairs.column[row++] !== labels.length) continue;
    labels.push(spanLabel(span));
    names.push(span.name);
  }
  return { labels, names, column: pairs.column };
}

function reportRepairs(
  trace: Trace,
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
    if (span.traceId !== trace.traceId) {
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
