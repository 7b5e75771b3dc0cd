/** How many traces may still be read for one answer, whoever of several questions under way takes them. */
export class TraceBudget {
  #left: number;

  constructor(traces: number) {
    this.#left = traces;
  }

  get left(): number {
    return this.#left;
  }

  /** Sets aside as many of `wanted` as there are. */
  take(wanted: number): number {
    const taken = Math.min(wanted, this.#left);
    this.#left -= taken;
    return taken;
  }

  /** What was taken and not used; negative where more came than was asked for. */
  giveBack(unused: number): void {
    this.#left = Math.max(0, this.#left + unused);
  }
}
