export type SourceErrorCode =
  | 'unreachable'
  /** It answers that something in it went wrong, or its files can't be used. */
  | 'failed'
  | 'unauthorized'
  | 'notFound'
  | 'timedOut'
  /** Asked too often, or out of service for now: to be asked less. */
  | 'busy'
  | 'tooLarge'
  | 'malformed'
  | 'unsupported'
  | 'rejected';

/**
 * A source of traces could not answer. Decide by `code` (it survives workers and pages), never by
 * message or `instanceof`. Cancelling is not an error of this kind: it is an `AbortError`.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  /** For the log: host, limit, position (`data[3].spans[17].startTime`); never a token or an attribute's value. */
  readonly detail: string;

  /** @param message a sentence for the user that names the URL or file and the next step. */
  constructor(code: SourceErrorCode, message: string, detail = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}

/** True for a `SourceError` of this or another bundle or thread, in which `instanceof` would fail. */
export function isSourceError(error: unknown): error is SourceError {
  return error instanceof Error && error.name === 'SourceError' && 'code' in error;
}

/** True for what an aborted signal throws. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
