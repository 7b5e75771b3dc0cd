import { message } from '../../core/base/message.ts';
import { isAbort, SourceError } from '../../core/base/sourceError.ts';
import type { SpanRow } from '../../core/base/units.ts';
import type { AttributeCondition } from '../../core/trace/filter/attributeCondition.ts';
import { spanKey } from '../../core/waterfall/spanIds.ts';
import type { SpanPeer } from '../../core/correlate/peers/spanPeers.ts';
import type { EngineSpanDetail } from '../../engine/methods.ts';
import type { AttributeAnswer, OpenedTrace } from '../../protocol/waterfall.ts';
import type { EngineSession } from '../engine/engineSession.ts';

export interface ShownTraceOptions {
  readonly traceId: string;
  readonly engine: Pick<EngineSession, 'call'>;
  /** Gives the page new columns in place of those it has. */
  readonly send: (opened: OpenedTrace) => void;
}

/**
 * The trace of a page. Traces grow, and the engine may have read this one again since: a page speaks of rows,
 * so that it gets new columns before any question is answered by them.
 */
export class ShownTrace {
  readonly #options: ShownTraceOptions;
  /** What the page has; undefined: none, it will ask. */
  #shown: OpenedTrace | undefined;

  constructor(options: ShownTraceOptions) {
    this.#options = options;
  }

  /** Reads the trace for a page that has none. */
  async open(signal: AbortSignal): Promise<OpenedTrace> {
    return (this.#shown = await this.#read(signal));
  }

  /** The page is gone, or hidden: it will ask again. */
  close(): void {
    this.#shown = undefined;
  }

  /** Reads the trace again where the page shows it, and sends what has arrived since. */
  async readAgain(): Promise<void> {
    if (this.#shown) this.#sendIfOther(await this.#read());
  }

  /** The code changed: the same trace with new matches, where the page shows it. */
  async remap(): Promise<void> {
    if (!this.#shown) return;
    const { engine, traceId } = this.#options;
    const opened = await engine.call('remapTrace', { traceId });
    if (opened) this.#send(opened);
  }

  /** @throws SourceError `rejected`: the row is another span by now, and the page was sent the new rows. */
  async detail(row: SpanRow, signal: AbortSignal): Promise<EngineSpanDetail> {
    const { engine, traceId } = this.#options;
    const detail = await this.ofKept(
      () => engine.call('spanDetail', { traceId, row }, signal),
      signal,
    );
    if (this.#shown && spanKey(this.#shown.spanIds, row) !== detail.key) {
      await this.remap();
      throw new SourceError(
        'rejected',
        message('The trace has been updated. Select the span again.'),
      );
    }
    return detail;
  }

  async peers(row: SpanRow, signal: AbortSignal): Promise<readonly SpanPeer[]> {
    const { engine, traceId } = this.#options;
    await this.detail(row, signal);
    return engine.call('linkedPeers', { traceId, row }, signal);
  }

  rowsWithAttribute(condition: AttributeCondition, signal: AbortSignal): Promise<AttributeAnswer> {
    const { engine, traceId } = this.#options;
    return this.ofKept(
      () => engine.call('rowsWithAttribute', { traceId, condition }, signal),
      signal,
    );
  }

  /** The engine keeps a few traces: one that had to make room is read again. */
  async ofKept<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#sendIfOther(await this.#read(signal));
      return ask();
    }
  }

  #read(signal?: AbortSignal): Promise<OpenedTrace> {
    const { engine, traceId } = this.#options;
    return engine.call('openTrace', { traceId }, signal);
  }

  #sendIfOther(opened: OpenedTrace): void {
    if (this.#shown && !hasSameSpans(this.#shown, opened)) this.#send(opened);
  }

  #send(opened: OpenedTrace): void {
    this.#shown = opened;
    this.#options.send(opened);
  }
}

/** A span may have ended since: then its length, status or name is another. */
function hasSameSpans({ spanIds, shape }: OpenedTrace, other: OpenedTrace): boolean {
  const { columns, operations } = shape;
  const others = other.shape.columns;
  return (
    isEqual(spanIds, other.spanIds) &&
    isEqual(columns.start, others.start) &&
    isEqual(columns.duration, others.duration) &&
    isEqual(columns.status, others.status) &&
    isEqual(columns.operation, others.operation) &&
    isEqual(operations, other.shape.operations)
  );
}

function isEqual<T>(one: ArrayLike<T>, other: ArrayLike<T>): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}
