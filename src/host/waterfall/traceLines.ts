import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { Microseconds } from '../../core/base/units.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import type { LineTime, TraceTimes } from '../../core/correlate/lines/timesByLine.ts';
import type { Log } from '../../core/ports.ts';
import { lineMove, type TextEdit } from '../code/lineShift.ts';
import type { WaterfallPanel } from './waterfallPanel.ts';
import type { Waterfalls } from './waterfalls.ts';

/** What the trace on the screen spent at a line, and where that is now, unsaved edits counted. */
export interface TraceLine {
  readonly time: LineTime;
  readonly line: number;
  /** Of a handler its first decorator's. */
  readonly firstLine: number;
}

/** The lines of one file. */
export interface TraceLinesOfFile {
  readonly traceId: string;
  /** Of the trace's critical path. */
  readonly whole: Microseconds;
  readonly lines: readonly TraceLine[];
}

export interface TraceLinesOptions {
  readonly waterfalls: Pick<Waterfalls, 'onShownChange'> & {
    readonly shown: Pick<WaterfallPanel, 'traceId' | 'trace'> | undefined;
  };
  readonly log: Log;
}

interface ShownTimes extends Pick<TraceLinesOfFile, 'traceId' | 'whole'> {
  readonly files: Map<WorkspacePath, readonly TraceLine[]>;
}

const noLines: readonly TraceLine[] = [];

/** Where the trace of the waterfall on the screen spent its time; nothing while none is. Asked for once it was read or mapped. */
export class TraceLines implements Disposable {
  readonly #options: TraceLinesOptions;
  readonly #changed: Emitter<void>;
  readonly #watching: Disposable;
  #shown: ShownTimes | undefined;
  #reading: AbortController | undefined;

  constructor(options: TraceLinesOptions) {
    this.#options = options;
    this.#changed = new Emitter((error) => {
      options.log.error("A listener of the trace's lines failed.", error);
    });
    this.#watching = options.waterfalls.onShownChange(() => void this.#read());
  }

  /** Another trace is on the screen, none any more, or the same one was read or mapped again. */
  get onChange() {
    return this.#changed.event;
  }

  /** Undefined: no waterfall is on the screen. */
  in(path: WorkspacePath): TraceLinesOfFile | undefined {
    if (!this.#shown) return undefined;
    const { traceId, whole, files } = this.#shown;
    return { traceId, whole, lines: files.get(path) ?? noLines };
  }

  /** What the trace spent at a line; at the decorators of a handler, what it spent in the handler. */
  at(path: WorkspacePath, line: number): TraceLine | undefined {
    const lines = this.#shown?.files.get(path);
    return (
      lines?.find((one) => one.line === line) ??
      lines?.find((one) => one.firstLine <= line && line < one.line)
    );
  }

  /** Moves what is known with an edit, until the index has read the new text. */
  edited(path: WorkspacePath, edits: readonly TextEdit[]): void {
    const files = this.#shown?.files;
    const known = files?.get(path);
    const move = known && lineMove(edits);
    if (!files || !move) return;
    files.set(
      path,
      known.map(({ time, line, firstLine }) => ({
        time,
        line: move(line),
        firstLine: move(firstLine),
      })),
    );
  }

  dispose(): void {
    this.#watching.dispose();
    this.#reading?.abort();
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    const { waterfalls, log } = this.#options;
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { shown } = waterfalls;
    if (shown?.traceId !== this.#shown?.traceId) this.#show(undefined);
    if (!shown) return;
    const { traceId, trace } = shown;
    try {
      const times = await trace.times(reading.signal);
      if (!reading.signal.aborted) this.#show({ traceId, ...byFile(times) });
    } catch (error) {
      if (isAbort(error)) return;
      log.error("Failed to read the trace's times by line.", error);
      if (!reading.signal.aborted) this.#show(undefined);
    }
  }

  #show(shown: ShownTimes | undefined): void {
    if (!shown && !this.#shown) return;
    this.#shown = shown;
    this.#changed.fire();
  }
}

function byFile({ whole, lines }: TraceTimes): Pick<ShownTimes, 'whole' | 'files'> {
  const files = Map.groupBy(
    lines.map((time) => {
      const { line } = time.location;
      return { time, line, firstLine: time.handlerFrom ?? line };
    }),
    ({ time }) => time.location.path,
  );
  return { whole, files };
}
