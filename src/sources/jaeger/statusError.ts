import { message } from '../../core/base/message.ts';
import { SourceError, type SourceErrorCode } from '../../core/base/sourceError.ts';

interface AskedPath {
  /** The address without credentials. */
  readonly shown: string;
  readonly path: string;
}

/**
 * What an answer with a status other than 2xx means.
 * @param said Jaeger's own words, where they are in the answer
 */
export function statusError(
  status: number,
  said: string | undefined,
  asked: AskedPath,
): SourceError {
  const [code, sentence] = statusSentence(status, said, asked);
  return new SourceError(code, sentence, `${asked.path}: HTTP ${String(status)}`);
}

function statusSentence(
  status: number,
  said: string | undefined,
  { shown, path }: AskedPath,
): readonly [SourceErrorCode, string] {
  if (status === 401 || status === 403)
    return [
      'unauthorized',
      message(
        '{0} refuses access (HTTP {1}). Set the header it asks for with "Spanhop: Set Jaeger Header…".',
        shown,
        status,
      ),
    ];
  if (status === 404)
    return [
      'unsupported',
      message(
        "{0} doesn't know {1} (HTTP 404). Check the address and its base path; Jaeger 2.21 and later no longer answers it.",
        shown,
        path,
      ),
    ];
  if (status === 408 || status === 504)
    return [
      'timedOut',
      message('{0} gave up waiting for its own backend (HTTP {1}). Ask for less.', shown, status),
    ];
  if (status === 413)
    return ['tooLarge', message('{0} finds the question too large (HTTP 413).', shown)];
  if (status === 429)
    return ['busy', message('{0} is asked too often (HTTP 429). Wait a little.', shown)];
  if (status === 400 || status === 501)
    return [
      status === 400 ? 'rejected' : 'unsupported',
      message('{0} refuses the question (HTTP {1}): {2}', shown, status, said ?? '-'),
    ];
  if (status >= 500)
    return [status === 503 ? 'busy' : 'unreachable', serverSentence(shown, status, said)];
  return [
    'unsupported',
    message(
      '{0} answered with HTTP {1}, which Jaeger does not. Is the address right?',
      shown,
      status,
    ),
  ];
}

const serverSentence = (shown: string, status: number, said: string | undefined): string =>
  said === undefined
    ? message('{0} has a problem (HTTP {1}). Is Jaeger behind it running?', shown, status)
    : message('{0} has a problem (HTTP {1}): {2}. See the log of Jaeger.', shown, status, said);
