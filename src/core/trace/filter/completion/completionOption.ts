/** Something to type. */
export interface CompletionOption {
  /** Takes the place of what is being typed. */
  readonly text: string;
  /** What it is, or how many spans have it. */
  readonly detail: string;
  /** A value follows: what can be typed next is of interest at once. */
  readonly isOpen: boolean;
}

/** What is being typed, as far as it says what it wants. */
export interface Typed {
  /** `-`, or empty. */
  readonly sign: string;
  readonly text: string;
}
