import { message } from '../../core/base/message.ts';
import { SourceError, type SourceErrorCode } from '../../core/base/sourceError.ts';
import type { Asked } from './product.ts';

/**
 * What an answer with a status other than 2xx means.
 * @param said the product's own words, where they are in the answer
 * @param seconds until the server wants to be asked again, where it says so
 */
export function statusError(
  status: number,
  said: string | undefined,
  asked: Asked,
  seconds?: number,
): SourceError {
  const [code, sentence] =
    seconds === undefined
      ? statusSentence(status, said, asked)
      : (['busy', busyUntil(asked.shown, status, seconds)] as const);
  return new SourceError(code, sentence, `${asked.path}: HTTP ${String(status)}`);
}

function statusSentence(
  status: number,
  said: string | undefined,
  { product, shown, path }: Asked,
): readonly [SourceErrorCode, string] {
  if (status === 401 || status === 403)
    return [
      'unauthorized',
      message(
        '{0} denied access (HTTP {1}). Run "Spanhop: Set {2} Header…" to set the header it requires.',
        shown,
        status,
        product.name,
      ),
    ];
  if (status === 404)
    return [
      'unsupported',
      message('{0} has no {1} (HTTP 404). Check the URL and base path.', shown, path),
    ];
  if (status === 408 || status === 504)
    return [
      'timedOut',
      message(
        '{0} timed out waiting for its backend (HTTP {1}). Shorten the time range.',
        shown,
        status,
      ),
    ];
  if (status === 413)
    return ['tooLarge', message('The request is too large for {0} (HTTP 413).', shown)];
  if (status === 429)
    return ['busy', message('Too many requests to {0} (HTTP 429). Try again later.', shown)];
  if (status === 400 || status === 501)
    return [
      status === 400 ? 'rejected' : 'unsupported',
      message('{0} rejected the request (HTTP {1}): {2}', shown, status, said ?? '-'),
    ];
  if (status >= 500)
    return [
      status === 503 ? 'busy' : status === 502 ? 'unreachable' : 'failed',
      serverSentence(product.name, shown, status, said),
    ];
  return [
    'unsupported',
    message('Unexpected response from {0} (HTTP {1}). Check the URL.', shown, status),
  ];
}

const busyUntil = (shown: string, status: number, seconds: number): string =>
  status === 429
    ? message('Too many requests to {0} (HTTP {1}). Try again in {2} s.', shown, status, seconds)
    : message("{0} isn't available (HTTP {1}). Try again in {2} s.", shown, status, seconds);

const serverSentence = (
  name: string,
  shown: string,
  status: number,
  said: string | undefined,
): string =>
  said === undefined
    ? message('{0} reported an error (HTTP {1}). Check that {2} is running.', shown, status, name)
    : message(
        '{0} reported an error (HTTP {1}): {2}. Check the {3} log.',
        shown,
        status,
        said,
        name,
      );
