import { statSync } from 'node:fs';

/** What the file system says of a file. */
export interface FileState {
  readonly mtimeMs: number;
  readonly size: number;
}

type Stamp = readonly [mtimeMs: number, size: number, key: string];

/** Two writes this close to each other may leave the same time on a file. */
const unsureMs = 2_000;

/** Content keys of files by path, time and size, so that an untouched file isn't read to know its content. */
export class FileStamps {
  readonly #stamps: Map<string, Stamp>;

  private constructor(stamps: Map<string, Stamp>) {
    this.#stamps = stamps;
  }

  /** Reads what `toText` wrote; anything else is no stamps. */
  static fromText(text: string | undefined, version: number): FileStamps {
    try {
      const parsed = JSON.parse(text ?? '') as { version?: unknown; stamps?: unknown } | null;
      if (parsed?.version === version && typeof parsed.stamps === 'object') {
        return new FileStamps(new Map(Object.entries(parsed.stamps as Record<string, Stamp>)));
      }
    } catch {
      // Damaged: every file is read again.
    }
    return new FileStamps(new Map());
  }

  toText(version: number, isUsed: (path: string) => boolean): string {
    const used = [...this.#stamps].filter(([path]) => isUsed(path));
    return JSON.stringify({ version, stamps: Object.fromEntries(used) });
  }

  /** Key of the content of a file that nobody has touched; undefined for others. */
  keyOf(path: string): string | undefined {
    const stamp = this.#stamps.get(path);
    if (!stamp) return undefined;
    try {
      const { mtimeMs, size } = statSync(path);
      return stamp[0] === mtimeMs && stamp[1] === size ? stamp[2] : undefined;
    } catch {
      return undefined;
    }
  }

  /** Remembers a file that was read at `now`; a file written just before is read again next time. */
  set(path: string, { mtimeMs, size }: FileState, key: string, now: number): void {
    if (now - mtimeMs > unsureMs) this.#stamps.set(path, [mtimeMs, size, key]);
    else this.#stamps.delete(path);
  }
}
