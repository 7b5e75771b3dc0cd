import type { WorkspacePath } from '../../core/code/location.ts';

/** Where the cursor is, in which state of the text. */
export interface CursorPlace {
  readonly path: WorkspacePath;
  readonly line: number;
  readonly version: number;
}

/** Tells a cursor that goes to another line from one that edits move. */
export class CursorMoves {
  #last: CursorPlace | undefined;

  /** Whether the user went to this line: it is another one, and the same text as before of its file. */
  isMove(now: CursorPlace): boolean {
    const last = this.#last;
    this.#last = now;
    if (last?.path !== now.path) return true;
    return last.line !== now.line && last.version === now.version;
  }
}
