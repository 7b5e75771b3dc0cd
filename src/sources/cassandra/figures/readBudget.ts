import { message } from '../../../core/base/message.ts';
import { EnoughAskedError } from '../../search/tolerant.ts';

/** What one refresh may take from the cluster, so that no editor hurts it: docs/decisions/cassandra-figures.md. */
export interface ReadLimits {
  /** Rows that are sent here. */
  readonly rows: number;
  /** Rows that the server goes over and doesn't send. */
  readonly countedRows: number;
  readonly questions: number;
}

const readLimits: ReadLimits = {
  rows: 1_000_000,
  countedRows: 5_000_000,
  questions: 10_000,
};

/** What one editor takes of the cluster on average, while its figures are on the screen. */
const perSecond: ReadLimits = { rows: 2_000, countedRows: 5_000, questions: 20 };

/** Adds up what is read; once a limit is reached nothing more is asked. */
export class ReadBudget {
  readonly #limits: ReadLimits;
  #rows = 0;
  #countedRows = 0;
  #questions = 0;

  constructor(limits: ReadLimits = readLimits) {
    this.#limits = limits;
  }

  get isSpent(): boolean {
    return (
      this.#rows >= this.#limits.rows ||
      this.#countedRows >= this.#limits.countedRows ||
      this.#questions >= this.#limits.questions
    );
  }

  /** How long the cluster is left alone after that, so that it is `perSecond` on average. */
  get restMs(): number {
    const seconds = Math.max(
      this.#rows / perSecond.rows,
      this.#countedRows / perSecond.countedRows,
      this.#questions / perSecond.questions,
    );
    return Math.round(seconds * 1_000);
  }

  /** @param passed rows that the server went over besides, and didn't send */
  sent(rows: number, passed = 0): void {
    this.#rows += rows;
    this.#countedRows += passed;
    this.#questions += 1;
  }

  counted(rows: number): void {
    this.#countedRows += rows;
    this.#questions += 1;
  }

  /** @throws EnoughAskedError once a limit is reached: what is under way isn't finished, its figures are left out */
  check(): void {
    if (this.isSpent)
      throw new EnoughAskedError(
        message('Incomplete to spare the database. Shorten the time range.'),
      );
  }
}
