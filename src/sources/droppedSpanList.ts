import type { DroppedSpan, DroppedSpans } from '../core/ports.ts';

/** Where nothing was dropped. */
export const noneDropped: DroppedSpans = { dropped: [], droppedCount: 0 };

const most = 100;

/** Collects what a reader could not use: all of it is counted, the first hundred keep place and reason. */
export class DroppedSpanList {
  readonly #kept: DroppedSpan[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** @param position called only where it is kept */
  add(position: () => string, reason: string): void {
    this.#count += 1;
    if (this.#kept.length < most) this.#kept.push({ position: position(), reason });
  }

  /** Adds those of a part, each with the part's own place before it. */
  addAll({ dropped, droppedCount }: DroppedSpans, place: (position: string) => string): void {
    for (const { position, reason } of dropped)
      if (this.#kept.length < most) this.#kept.push({ position: place(position), reason });
    this.#count += droppedCount;
  }

  all(): DroppedSpans {
    return { dropped: this.#kept, droppedCount: this.#count };
  }
}
