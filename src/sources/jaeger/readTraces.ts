import { message } from '../../core/base/message.ts';
import type { DroppedSpan } from '../../core/ports.ts';
import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { readProcesses } from './readProcess.ts';
import { readSpan } from './readSpan.ts';
import { expectArray, expectObject, hexId, ShapeError } from './shape.ts';

/** One trace of Jaeger's, its spans in the order they came, each once. */
interface JaegerTrace {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  readonly spans: readonly RawSpan[];
}

export interface JaegerTraces {
  readonly traces: readonly JaegerTrace[];
  /** Spans, or whole traces, that are not of Jaeger's shape: at most a hundred. */
  readonly dropped: readonly DroppedSpan[];
  readonly droppedCount: number;
}

const keptDropped = 100;
/** Spans read between two looks at the clock. */
const entriesPerCheck = 1_000;

/**
 * Reads the `data` of `/api/traces` and `/api/traces/{id}`: traces as model/json/model.go of Jaeger
 * v1.67 has them, in µs. Checks each span while it fills it; one that doesn't fit is dropped, counted
 * and its place named. Null is no traces.
 * @param checkTime asked now and then; what it throws ends the reading
 * @throws ShapeError when `data` isn't a list
 * @see test/fixtures/jaeger/README.md: real answers
 */
export function readTraces(data: unknown, checkTime: () => void = () => undefined): JaegerTraces {
  const traces: JaegerTrace[] = [];
  const dropped: DroppedSpan[] = [];
  let droppedCount = 0;
  const drop = (error: unknown) => {
    if (!(error instanceof ShapeError)) throw error;
    droppedCount += 1;
    if (droppedCount % entriesPerCheck === 0) checkTime();
    if (dropped.length < keptDropped)
      dropped.push({ position: error.position, reason: error.message });
  };
  for (const [index, entry] of expectArray(data ?? [], 'data').entries()) {
    try {
      traces.push(readTrace(entry, `data[${String(index)}]`, drop, checkTime));
    } catch (error) {
      drop(error);
    }
    checkTime();
  }
  return { traces, dropped, droppedCount };
}

function readTrace(
  value: unknown,
  at: string,
  drop: (error: unknown) => void,
  checkTime: () => void,
): JaegerTrace {
  const trace = expectObject(value, at);
  const traceId = hexId(trace['traceID'], 32, `${at}.traceID`);
  const resources = readProcesses(trace['processes'], `${at}.processes`, drop);
  const spans: RawSpan[] = [];
  for (const [index, span] of expectArray(trace['spans'], `${at}.spans`).entries()) {
    try {
      spans.push(readSpan(span, resources, `${at}.spans[${String(index)}]`));
    } catch (error) {
      drop(error);
    }
    if (index % entriesPerCheck === 0) checkTime();
  }
  return { traceId, spans: distinctSpans(spans) };
}

/** Why an answer isn't whole, as a sentence; empty when nothing was dropped. */
export const droppedReason = ({ droppedCount, dropped }: JaegerTraces): string =>
  droppedCount === 0
    ? ''
    : message(
        "{0} spans of the answer couldn't be read, the first at {1}: {2}",
        droppedCount,
        dropped[0]?.position ?? '',
        dropped[0]?.reason ?? '',
      );
