import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/event.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import type { CallSiteLine, ExceptionLine, HandlerLine } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { lineMove, type TextEdit } from './lineShift.ts';

export interface HandlerAtLine {
  /** Where it is now, unsaved edits counted; lines from 1. */
  readonly firstLine: number;
  readonly nameLine: number;
  readonly lastLine: number;
  readonly line: HandlerLine;
}

interface CallAtLine {
  readonly lineNumber: number;
  readonly line: CallSiteLine;
}

interface ExceptionAtLine {
  readonly lineNumber: number;
  readonly line: ExceptionLine;
}

export interface KnownLines {
  readonly handlers: readonly HandlerAtLine[];
  readonly calls: readonly CallAtLine[];
  /** Those of most requests first. */
  readonly exceptions: readonly ExceptionAtLine[];
}

/** What the engine knows of open files: lenses and hovers answer from here, at once. */
export class FileLines implements Disposable {
  readonly #engine: EngineSession;
  readonly #log: Log;
  readonly #files = new Map<WorkspacePath, KnownLines>();
  readonly #reading = new Map<WorkspacePath, Promise<KnownLines | undefined>>();
  readonly #changed: Emitter<WorkspacePath>;
  #generation = 0;

  constructor(engine: EngineSession, log: Log) {
    this.#engine = engine;
    this.#log = log;
    this.#changed = new Emitter((error) => {
      log.error('A listener of the lines failed.', error);
    });
  }

  /** A file's lines differ from what was last given. */
  get onChange() {
    return this.#changed.event;
  }

  /** Known lines at once; the first time, once the engine has told them. */
  get(path: WorkspacePath): KnownLines | Promise<KnownLines | undefined> {
    return this.#files.get(path) ?? this.#read(path);
  }

  /** Reads the files anew after figures or code changed; tells of those that differ. */
  async refresh(open: readonly WorkspacePath[]): Promise<void> {
    this.#generation += 1;
    const kept = new Set(open);
    for (const path of this.#files.keys()) if (!kept.has(path)) this.#files.delete(path);
    await Promise.all(
      open.map(async (path) => {
        const before = this.#files.get(path);
        this.#reading.delete(path);
        const now = await this.#read(path);
        if (now && JSON.stringify(now) !== JSON.stringify(before)) this.#changed.fire(path);
      }),
    );
  }

  /** Moves the known lines with an edit, until the engine has read the new text. */
  edited(path: WorkspacePath, edits: readonly TextEdit[]): void {
    const known = this.#files.get(path);
    const move = known && lineMove(edits);
    if (!move) return;
    this.#files.set(path, {
      handlers: known.handlers.map((handler) => ({
        line: handler.line,
        firstLine: move(handler.firstLine),
        nameLine: move(handler.nameLine),
        lastLine: move(handler.lastLine),
      })),
      calls: known.calls.map((call) => ({ ...call, lineNumber: move(call.lineNumber) })),
      exceptions: known.exceptions.map((one) => ({ ...one, lineNumber: move(one.lineNumber) })),
    });
  }

  dispose(): void {
    this.#changed.dispose();
    this.#files.clear();
  }

  #read(path: WorkspacePath): Promise<KnownLines | undefined> {
    const reading =
      this.#reading.get(path) ??
      this.#ask(path).finally(() => {
        if (this.#reading.get(path) === reading) this.#reading.delete(path);
      });
    this.#reading.set(path, reading);
    return reading;
  }

  async #ask(path: WorkspacePath): Promise<KnownLines | undefined> {
    const generation = this.#generation;
    try {
      const [handlers, calls, exceptions] = await Promise.all([
        this.#engine.call('handlersIn', { path }),
        this.#engine.call('callSitesIn', { path }),
        this.#engine.call('exceptionsIn', { path }),
      ]);
      const known = knownLines(handlers, calls, exceptions);
      if (generation === this.#generation) this.#files.set(path, known);
      return known;
    } catch (error) {
      this.#log.error(`The handlers of ${path} could not be read.`, error);
      return undefined;
    }
  }
}

function knownLines(
  handlers: readonly HandlerLine[],
  calls: readonly CallSiteLine[],
  exceptions: readonly ExceptionLine[],
): KnownLines {
  return {
    handlers: handlers.map((line) => ({
      line,
      firstLine: line.handler.firstLine,
      nameLine: line.handler.location.line,
      lastLine: line.handler.lastLine,
    })),
    calls: calls.map((line) => ({ line, lineNumber: line.call.location.line })),
    exceptions: exceptions.map((line) => ({ line, lineNumber: line.location.line })),
  };
}
