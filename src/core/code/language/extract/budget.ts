/** How much of an expression is kept: what is over it is unknown. */
export interface Budget {
  left: number;
  /** Arguments are kept where they are names or texts only: enough to follow a receiver. */
  readonly shallow?: boolean;
}

/** Enough for a dynamic module or a table of routes. */
export const wideBudget = 600;
/** For what a function that makes paths or decorators keeps in its variables. */
export const middleBudget = 120;
/** For receivers and local variables. */
export const narrowBudget = 80;
