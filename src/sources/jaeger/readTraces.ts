import type { DroppedSpans } from '../../core/ports.ts';
import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import type { RawSpan, Resource } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList } from '../droppedSpanList.ts';
import { readProcesses } from './readProcess.ts';
import type { ArrivedSpans } from './arriving/arrivingTraces.ts';
import { noSuchProcess, readSpan, type Unplaced } from './readSpan.ts';
import { expectArray, expectObject, ShapeError } from '../json/shape.ts';

/** One trace of Jaeger's, its spans in the order they came, each once. */
interface JaegerTrace {
  /** 32 lower-case hex digits, of its first span; empty where none could be read. */
  readonly traceId: string;
  readonly spans: readonly RawSpan[];
}

/** Dropped are spans, processes or whole traces that are not of Jaeger's shape. */
export interface JaegerTraces extends DroppedSpans {
  readonly traces: readonly JaegerTrace[];
}

/** Entries read between two looks at the clock. */
const entriesPerCheck = 1_000;

/**
 * Reads the `data` of `/api/traces` and `/api/traces/{id}`: traces as model/json/model.go of Jaeger
 * v1.67 has them, in µs. Checks each span while it fills it; one that doesn't fit is dropped, counted
 * and its place named. Null is no traces.
 * @param checkTime asked now and then; what it throws ends the reading
 * @param arrived has the spans of an answer that was read while it arrived
 * @throws ShapeError when `data` isn't a list
 * @see test/fixtures/jaeger/README.md: real answers
 */
export function readTraces(
  data: unknown,
  checkTime: () => void = () => undefined,
  arrived: Arrived = nothingArrived,
): JaegerTraces {
  const traces: JaegerTrace[] = [];
  const dropped = new DroppedSpanList();
  for (const [index, entry] of expectArray(data ?? [], 'data').entries()) {
    const spans = readTrace(entry, `data[${String(index)}]`, dropped, checkTime, arrived);
    if (spans) traces.push({ traceId: spans[0]?.traceId ?? '', spans });
    checkTime();
  }
  return { traces, ...dropped.all() };
}

/** By what stands in place of a trace's spans: see `ArrivingTraces`. */
interface Arrived {
  readonly spansOf: (value: unknown) => ArrivedSpans | undefined;
}

const nothingArrived: Arrived = { spansOf: () => undefined };

/** The spans of one trace, each once; undefined, and dropped as a whole, when it isn't a trace. */
export function readTrace(
  value: unknown,
  at: string,
  dropped: DroppedSpanList,
  checkTime: () => void = () => undefined,
  arrived: Arrived = nothingArrived,
): readonly RawSpan[] | undefined {
  return readOrDrop(dropped, () => {
    const trace = expectObject(value, at);
    const resources = readProcesses(trace['processes'] ?? {}, `${at}.processes`, (error) => {
      dropped.add(() => error.position, error.message);
      if (dropped.count % entriesPerCheck === 0) checkTime();
    });
    const spans: RawSpan[] = [];
    const { entries, processIds } = arrived.spansOf(trace['spans']) ?? {
      entries: expectArray(trace['spans'], `${at}.spans`),
      processIds: [],
    };
    for (let index = 0; index < entries.length; index++) {
      const processId = processIds[index];
      const place = () => `${at}.spans[${String(index)}]`;
      const span =
        processId === undefined
          ? readOrDrop(dropped, () => readSpan(entries[index], resources, place()))
          : placed(entries[index] as Unplaced, resources.get(processId), dropped, place);
      if (span) spans.push(span);
      if (index % entriesPerCheck === 0) checkTime();
    }
    return distinctSpans(spans);
  });
}

/** The span with its resource; undefined, and dropped, where that isn't known. */
function placed(
  span: Unplaced,
  resource: Resource | undefined,
  dropped: DroppedSpanList,
  place: () => string,
): RawSpan | undefined {
  if (resource === undefined) {
    const error = noSuchProcess(place());
    dropped.add(() => error.position, error.message);
    return undefined;
  }
  span.resource = resource;
  return span;
}

/** What `read` answers; undefined, and dropped, when it throws a `ShapeError`. */
export function readOrDrop<T>(dropped: DroppedSpanList, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    dropped.add(() => error.position, error.message);
    return undefined;
  }
}
