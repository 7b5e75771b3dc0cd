import { isSourceError, type SourceError } from '../../../core/base/sourceError.ts';

/** What is known of an error of the driver's, of Node's sockets or of TLS. */
export interface ErrorParts {
  /** The driver's class: `OperationTimedOutError`. */
  readonly name: string;
  /** Node's or OpenSSL's: `ECONNREFUSED`; `UNKNOWN` where there is none. */
  readonly code: string;
  /** The native protocol's, where the server answered with an error. */
  readonly serverCode: number | undefined;
  readonly text: string;
  /** The socket was closed, by whichever end. */
  readonly isSocketError: boolean;
}

const mostWrappings = 6;

/** Takes the innermost error out of the driver's wrappings. */
export function partsOf(error: unknown): ErrorParts {
  let [name, code, text] = ['Error', 'UNKNOWN', ''];
  let serverCode: number | undefined;
  let isSocketError = false;
  for (let at = error, depth = 0; at instanceof Error && depth < mostWrappings; depth += 1) {
    const fields = at as Fields;
    name = at.name === 'NoHostAvailableError' && fields.innerErrors ? name : at.name;
    if (typeof fields.code === 'string') code = fields.code;
    if (typeof fields.code === 'number') serverCode = fields.code;
    if (fields.isSocketError === true) isSocketError = true;
    text = at.message;
    at = inside(at, fields);
  }
  return { name, code, serverCode, text: text.slice(0, 500), isSocketError };
}

/** A `SourceError` in the driver's wrappings: of a socket that was closed with it. */
export function sourceErrorIn(error: unknown): SourceError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < mostWrappings; depth += 1) {
    if (isSourceError(at)) return at;
    at = inside(at, at as Fields);
  }
  return undefined;
}

interface Fields {
  readonly code?: unknown;
  readonly isSocketError?: unknown;
  readonly innerErrors?: unknown;
  readonly innerError?: unknown;
  readonly additionalInfo?: unknown;
}

function inside(error: Error, { innerErrors, innerError }: Fields): unknown {
  if (error instanceof AggregateError) return error.errors[0];
  if (typeof innerErrors === 'object' && innerErrors !== null) return Object.values(innerErrors)[0];
  return innerError ?? error.cause;
}

const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']);

/** UNPREPARED: its table was dropped or changed, and the driver can't prepare it again. A new connection says why. */
const unprepared = 0x2500;

export const isLost = ({ name, code, serverCode, isSocketError }: ErrorParts): boolean =>
  isSocketError ||
  lostCodes.has(code) ||
  serverCode === unprepared ||
  name === 'NoHostAvailableError';
