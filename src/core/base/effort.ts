/** Steps that a question may take. */
const maxSteps = 10_000;
/** Steps within steps: a thread's stack holds several times as many. */
const maxDepth = 240;

/** A few milliseconds. */
const stepsBetween = 8_192;

/** What a question has taken, put aside while another is answered for it. */
export interface PausedEffort {
  readonly steps: number;
  readonly base: number;
  readonly known: Map<object, unknown>[];
}

/**
 * Bounds what answering takes, whatever the code that is asked about: a question that took too many steps gets
 * no answer, nor does one that is nested too deeply. Counts steps, not time, so the same question always ends alike.
 */
export class Effort {
  /** Steps of all questions so far. */
  total = 0;
  /** Called now and then while it works. */
  onWork: (() => void) | undefined;
  #steps = 0;
  #depth = 0;
  /** Depth at which the question began that is answered now. */
  #base = 0;
  #known: Map<object, unknown>[] = [];
  #paused = 0;
  readonly #onTooDeep: () => void;

  /** @param onTooDeep hears that an answer depends on how deeply it was asked. */
  constructor(onTooDeep: () => void) {
    this.#onTooDeep = onTooDeep;
  }

  /** Takes a step into a question; false: none is left, so there is no answer. Each true one needs a `leave`. */
  enter(): boolean {
    if (this.#steps >= maxSteps) return false;
    if (this.#depth >= maxDepth) {
      this.#onTooDeep();
      return false;
    }
    this.#depth += 1;
    this.#steps += 1;
    this.total += 1;
    if (this.total % stepsBetween === 0) this.onWork?.();
    return true;
  }

  leave(): void {
    this.#depth -= 1;
    if (this.#depth > this.#base) return;
    this.#steps = 0;
    if (this.#paused === 0) this.#known = [];
  }

  /** True once the question has taken all its steps: what is found then may lack something. */
  get isSpent(): boolean {
    return this.#steps >= maxSteps;
  }

  /** Counts further steps, those of making a long list. */
  spend(steps: number): void {
    this.#steps += steps;
    this.total += steps;
  }

  /** Answers to questions without a context, by what they are about: they hold as long as the work that asks. */
  known(table: number): Map<object, unknown> {
    return (this.#known[table] ??= new Map());
  }

  /** Begins a question of its own: what it takes isn't counted to the one that needs it. */
  pause(): PausedEffort {
    const paused = { steps: this.#steps, base: this.#base, known: this.#known };
    this.#steps = 0;
    this.#base = this.#depth;
    this.#known = [];
    this.#paused += 1;
    return paused;
  }

  resume({ steps, base, known }: PausedEffort): void {
    this.#depth = this.#base;
    this.#paused -= 1;
    this.#steps = steps;
    this.#base = base;
    this.#known = known;
  }
}
