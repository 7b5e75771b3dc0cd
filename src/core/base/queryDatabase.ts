import sameValue from 'fast-deep-equal/es6/index.js';
import { Effort } from './effort.ts';

/** A remembered answer, or what was given. */
interface Answer {
  value: unknown;
  /** Revision in which the value became what it is. */
  changed: number;
  /** Last revision in which it was known to hold. */
  checked: number;
  /** What it was worked out from, in the order of asking; undefined: it must be worked out anew. */
  inputs: Answer[] | undefined;
  /** The work that last noted it as its input. */
  notedBy: number;
  /** It is being worked out, or looked at whether it still holds. */
  isOpen: boolean;
  /** Ran in circles: it holds for who asks from outside, and for nobody whose own work may be part of the circle. */
  isCircular: boolean;
  /** The outermost work that a circular answer is kept for, so that it is worked out once there. */
  heldFor: number;
  /** Undefined: given from outside. */
  readonly work: (() => unknown) | undefined;
  readonly kind: Kind;
}

/** What answers of one derivation have in common. */
interface Kind {
  readonly same: (a: never, b: never) => boolean;
  readonly endsCircles: boolean;
  readonly ifCircular: unknown;
}

interface DeriveOptions<Value> {
  /** When to take a new value for the old one, so that nothing that asked is worked out again; by default deep equality. */
  readonly same?: (a: Value, b: Value) => boolean;
  /** Answer to a question that needs its own answer. Without it such a question is a bug. */
  readonly ifCircular?: Value;
}

/** A value from outside that answers are derived from. */
export interface Input<Value> {
  get(): Value;
  /** The value for who derives nothing from it. */
  peek(): Value;
  set(value: Value): void;
}

/** An answer that is being worked out. */
interface Work {
  readonly answer: Answer;
  readonly inputs: Answer[];
  readonly id: number;
  /** Something it read depends on who asks. */
  isCircular: boolean;
  /** Of the outermost work: circular answers that were worked out for it. */
  circular: number;
}

/** QueryDatabase within queryDatabase: what is nested deeper ends as a circle does. */
const maxNested = 48;
/** Circular answers worked out for one question; any more end as a circle does. */
const maxCircular = 400;
/** Answers that nobody asked for in so many revisions are forgotten. */
const keptRevisions = 64;

/**
 * Remembers what is derived from what. An answer is worked out when first asked for, notes by itself what was asked
 * meanwhile, and is worked out again when asked for after any of that has changed its value. Asking again after a
 * change gives what asking everything anew would give, provided that whatever is read while deriving is an input or
 * derived here and that no other answers are kept between questions.
 *
 * The way of Salsa. @see https://salsa-rs.github.io/salsa/reference/algorithm.html
 */
export class QueryDatabase {
  #revision = 1;
  #lastWork = 0;
  #lastSweep = 0;
  /** Being worked out, the innermost last. */
  readonly #works: Work[] = [];
  /** Answers being looked at whether they still hold. */
  #checks = 0;
  readonly #tables: Map<string, Answer>[] = [];
  /** What answering takes: each derivation is a question of its own. */
  readonly effort = new Effort(() => {
    this.circle();
  });

  /** A value from outside; setting another one makes what was derived from it outdated. */
  input<Value>(initial: Value): Input<Value> {
    const answer = newAnswer(undefined, kindOf({}));
    answer.value = initial;
    return {
      get: () => {
        this.#note(answer);
        return answer.value as Value;
      },
      peek: () => answer.value as Value,
      set: (value) => {
        if (answer.value === value) return;
        answer.value = value;
        answer.changed = this.#revision += 1;
      },
    };
  }

  /** A question without arguments. */
  derive<Value>(work: () => Value, options: DeriveOptions<Value> = {}): () => Value {
    const ask = this.deriveEach(work, () => '', options);
    return () => ask(undefined);
  }

  /** A question for each of many arguments; those with the same key are the same. */
  deriveEach<Argument, Value>(
    work: (argument: Argument) => Value,
    key: (argument: Argument) => string,
    options: DeriveOptions<Value> = {},
  ): (argument: Argument) => Value {
    const answers = new Map<string, Answer>();
    this.#tables.push(answers);
    const kind = kindOf(options);
    return (argument) => {
      const question = key(argument);
      let answer = answers.get(question);
      if (!answer) {
        answer = newAnswer(() => work(argument), kind);
        answers.set(question, answer);
      }
      return this.#ask(answer) as Value;
    };
  }

  /**
   * Says that what is being worked out has come back to itself and is cut short there: what the answers on the way are
   * depends on where the circle was entered, so each holds for this question only.
   */
  circle(): void {
    for (const work of this.#works) work.isCircular = true;
  }

  /** Forgets, now and then, what nobody has asked for in a long time. */
  sweep(): void {
    const oldest = this.#revision - keptRevisions;
    if (oldest < this.#lastSweep) return;
    this.#lastSweep = this.#revision;
    for (const answers of this.#tables) {
      for (const [question, { checked }] of answers) if (checked < oldest) answers.delete(question);
    }
  }

  #ask(answer: Answer): unknown {
    const { kind } = answer;
    if (answer.isOpen) {
      if (!kind.endsCircles) throw new Error('A derivation depends on itself.');
      if (this.#works.at(-1)?.answer !== answer) this.circle();
      return kind.ifCircular;
    }
    const [outermost] = this.#works;
    if (outermost && answer.heldFor === outermost.id) {
      this.circle();
      return answer.value;
    }
    const mustWork = answer.isCircular && outermost;
    if (mustWork || answer.checked !== this.#revision) {
      if (kind.endsCircles && this.#isTooMuch(outermost)) {
        this.circle();
        return kind.ifCircular;
      }
      if (mustWork) this.#workOut(answer);
      else this.#check(answer);
    }
    if (answer.inputs) this.#note(answer);
    return answer.value;
  }

  #isTooMuch(outermost: Work | undefined): boolean {
    return this.#works.length > maxNested || (outermost?.circular ?? 0) > maxCircular;
  }

  #note(answer: Answer): void {
    const reader = this.#works.at(-1);
    if (!reader || answer.notedBy === reader.id) return;
    answer.notedBy = reader.id;
    reader.inputs.push(answer);
  }

  /** Makes an answer hold in this revision. */
  #check(answer: Answer): void {
    answer.isOpen = true;
    this.#checks += 1;
    try {
      if (this.#holds(answer)) answer.checked = this.#revision;
    } finally {
      answer.isOpen = false;
      this.#checks -= 1;
    }
    if (answer.checked !== this.#revision) this.#workOut(answer);
  }

  /** In the order of asking: whether a question still makes sense depends on the answers to those before. */
  #holds({ inputs, checked: since }: Answer): boolean {
    if (!inputs) return false;
    for (const input of inputs) {
      if (input.work && input.checked !== this.#revision) {
        if (input.isOpen) return false;
        this.#check(input);
      }
      if (input.changed > since || input.isCircular) return false;
    }
    return true;
  }

  #workOut(answer: Answer): void {
    if (!answer.work) return;
    const id = (this.#lastWork += 1);
    const work: Work = { answer, inputs: [], id, isCircular: false, circular: 0 };
    const paused = this.effort.pause();
    answer.inputs = undefined;
    answer.checked = 0;
    answer.isOpen = true;
    this.#works.push(work);
    try {
      this.#take(answer, answer.work());
      answer.inputs = work.inputs;
    } finally {
      this.#works.pop();
      this.effort.resume(paused);
      answer.isOpen = false;
      answer.isCircular = work.isCircular;
      // Nobody outside has asked: the circle may have been cut at what is only being looked at.
      if (work.isCircular && this.#works.length + this.#checks > 0) this.#forsake(answer);
    }
  }

  #take(answer: Answer, value: unknown): void {
    answer.checked = this.#revision;
    if (answer.changed > 0 && answer.kind.same(answer.value as never, value as never)) return;
    answer.value = value;
    answer.changed = this.#revision;
  }

  /** Keeps an answer for the outermost work only: whoever asked for it depends on what it read. */
  #forsake(answer: Answer): void {
    const [outermost] = this.#works;
    if (outermost && answer.inputs) {
      outermost.circular += 1;
      answer.heldFor = outermost.id;
    }
    for (const input of answer.inputs ?? []) this.#note(input);
    answer.inputs = undefined;
    answer.checked = 0;
    answer.changed = this.#revision;
  }
}

function kindOf<Value>({ same = sameValue, ...rest }: DeriveOptions<Value>): Kind {
  return { same, endsCircles: 'ifCircular' in rest, ifCircular: rest.ifCircular };
}

function newAnswer(work: Answer['work'], kind: Kind): Answer {
  return {
    value: undefined,
    changed: 0,
    checked: 0,
    inputs: undefined,
    notedBy: 0,
    isOpen: false,
    isCircular: false,
    heldFor: 0,
    work,
    kind,
  };
}
