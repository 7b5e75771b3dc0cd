import type { TimeWindow } from '../../base/timeWindow.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { ErrorCount, OperationFigures } from './figures.ts';
import { isErrorFor, operationKeyOf } from '../../matching/operations/operationKey.ts';
import { keyText, type OperationKey } from '../../matching/operations/operationKinds.ts';
import { newSketch, type RecordingSketch } from '../durations/sketch.ts';

/** The figures of the spans in `traces` that start in `window`, answer a request and have ended. */
export function figuresFromTraces(
  traces: Iterable<readonly RawSpan[]>,
  window: TimeWindow,
): readonly OperationFigures[] {
  const tally = new TraceTally(window);
  for (const spans of traces) tally.add(spans);
  return tally.figures();
}

/** How many spans in `traces` that answer a request and start in `window` have no end, and so no figures. */
export function countUnended(
  traces: Iterable<readonly RawSpan[]>,
  { start, end }: TimeWindow,
): number {
  let unended = 0;
  for (const spans of traces)
    for (const span of spans)
      if (span.unended && span.start >= start && span.start < end && operationKeyOf(span))
        unended += 1;
  return unended;
}

/** Counts traces one at a time, so that none needs to be kept. */
export class TraceTally {
  readonly #window: TimeWindow;
  readonly #rows = new Map<string, Row>();

  constructor(window: TimeWindow) {
    this.#window = window;
  }

  add(spans: readonly RawSpan[]): void {
    for (const span of spans) {
      if (span.unended) continue;
      if (span.start < this.#window.start || span.start >= this.#window.end) continue;
      const key = operationKeyOf(span);
      if (key) this.#row(key).add(span);
    }
  }

  /** In the order in which the keys were first seen. */
  figures(): readonly OperationFigures[] {
    return [...this.#rows.values()];
  }

  #row(key: OperationKey): Row {
    const id = keyText(key);
    const row = this.#rows.get(id) ?? new Row(key);
    this.#rows.set(id, row);
    return row;
  }
}

class Row implements OperationFigures {
  readonly key: OperationKey;
  readonly durations: RecordingSketch = newSketch();
  #errors = 0;
  slowestTraceId: string | undefined;

  constructor(key: OperationKey) {
    this.key = key;
  }

  get errors(): ErrorCount {
    return { count: this.#errors, of: this.durations.count };
  }

  add(span: RawSpan): void {
    if (this.slowestTraceId === undefined || span.duration > this.durations.max)
      this.slowestTraceId = span.traceId;
    this.durations.add(span.duration);
    if (isErrorFor(span)) this.#errors += 1;
  }
}
