import { afterSign, isUsed, unused, type UseSign } from './viewUse.ts';

/** Of a reading of the figures what decides whether a view may show it; states of one reading share these. */
export interface Reading<Row> {
  readonly answer: { readonly rows: readonly Row[] } | undefined;
  readonly error: unknown;
  readonly cancelled: boolean;
  /** The user asked for it: Refresh, another source or time range. */
  readonly asked: boolean;
}

interface Row {
  readonly handler: { readonly id: string } | undefined;
  readonly figures: unknown;
}

/**
 * Which reading a view shows. Its rows keep their places while the pointer or the focus is in it; else they follow the
 * newest reading, once in `paceMs` at most. At once comes what the user asked for, the first figures, the end of those
 * of another source, and, while the view isn't used, a handler that the code has got or lost.
 * Times are in ms.
 */
export class HeldReading<State extends Reading<Row>> {
  readonly #paceMs: () => number;
  #shown: State;
  #newest: State;
  #shownAt = 0;
  #use = unused;

  constructor(first: State, paceMs: () => number) {
    this.#shown = first;
    this.#newest = first;
    this.#paceMs = paceMs;
  }

  get shown(): State {
    return this.#shown;
  }

  get isUsed(): boolean {
    return isUsed(this.#use);
  }

  /** A newer reading is there than the one shown. */
  get isBehind(): boolean {
    return !isSame(this.#shown, this.#newest);
  }

  /** When the newest reading may be shown, unless the view is used then; undefined: there is none, or it is used. */
  get dueAt(): number | undefined {
    return this.isBehind && !this.isUsed ? this.#shownAt + this.#paceMs() : undefined;
  }

  /** The figures were read. @returns whether they are shown now. */
  offer(newest: State, now: number): boolean {
    this.#newest = newest;
    return this.follow(now);
  }

  /** @returns whether another reading is shown now. */
  sign(sign: UseSign, now: number): boolean {
    this.#use = afterSign(this.#use, sign);
    return this.follow(now);
  }

  /** Shows the newest reading: the user asked for another order or other rows. @returns whether it is another one. */
  show(now: number): boolean {
    const isOther = this.isBehind;
    if (isOther) this.#shownAt = now;
    this.#shown = this.#newest;
    return isOther;
  }

  /** Shows the newest reading if it may be. @returns whether another one is shown now. */
  follow(now: number): boolean {
    if (!this.isBehind) {
      this.#shown = this.#newest;
      return false;
    }
    return this.#mayShow(now) && this.show(now);
  }

  #mayShow(now: number): boolean {
    const { answer, asked } = this.#newest;
    if (asked || answer === undefined || !hasFigures(this.#shown)) return true;
    if (this.isUsed) return false;
    return (
      now >= this.#shownAt + this.#paceMs() || handlersOf(answer) !== handlersOf(this.#shown.answer)
    );
  }
}

const isSame = (a: Reading<Row>, b: Reading<Row>): boolean =>
  a.answer === b.answer && a.error === b.error && a.cancelled === b.cancelled;

const hasFigures = ({ answer }: Reading<Row>): boolean =>
  answer?.rows.some(({ figures }) => figures !== undefined) === true;

const handlersOf = (answer: Reading<Row>['answer']): string =>
  (answer?.rows ?? [])
    .flatMap(({ handler }) => handler?.id ?? [])
    .toSorted()
    .join('\n');
