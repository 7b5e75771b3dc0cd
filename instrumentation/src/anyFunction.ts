/** A function or class of any signature: what `Error.captureStackTrace` takes. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- only its identity counts
export type AnyFunction = Function;
