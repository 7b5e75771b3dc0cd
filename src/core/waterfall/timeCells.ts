/** Cells in which something runs, side by side: shares (0 to 1) of the whole. */
export interface CoveredRun {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time in so many cells, as many as there are pixels for it: however much runs, there are never more runs. */
export class TimeCells {
  readonly #start: number;
  readonly #scale: number;
  readonly #marks: Uint8Array;

  constructor(start: number, length: number, cells: number) {
    this.#start = start;
    this.#scale = length > 0 ? cells / length : 0;
    this.#marks = new Uint8Array(cells);
  }

  /** Something runs from `from` to `to`: in one cell at least, unless it is elsewhere. */
  mark(from: number, to: number): void {
    const cells = this.#marks.length;
    const [begin, end] = [(from - this.#start) * this.#scale, (to - this.#start) * this.#scale];
    if (end < 0 || begin > cells) return;
    const first = Math.max(0, Math.min(cells - 1, Math.floor(begin)));
    this.#marks.fill(1, first, Math.max(first + 1, Math.min(cells, Math.ceil(end))));
  }

  runs(): readonly CoveredRun[] {
    const marks = this.#marks;
    const runs: CoveredRun[] = [];
    for (let from = marks.indexOf(1); from >= 0;) {
      const next = marks.indexOf(0, from);
      const to = next < 0 ? marks.length : next;
      runs.push({ from: from / marks.length, to: to / marks.length });
      from = marks.indexOf(1, to);
    }
    return runs;
  }
}
