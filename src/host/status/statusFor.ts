import { message } from '../../core/base/message.ts';
import { isEngineStopped } from '../../engine/engineStopped.ts';
import { isSourceError, type SourceErrorCode } from '../../core/base/sourceError.ts';

export interface ErrorStatus {
  /** For the status bar: two or three words. */
  readonly words: string;
  /** The whole sentence, with the next step. */
  readonly sentence: string;
  /** What the status bar menu offers first. */
  readonly remedy: 'source' | 'secret' | 'log' | 'window';
}

/** How a failed request is shown: by its code, never by its text. */
export function statusFor(error: unknown): ErrorStatus {
  if (isEngineStopped(error))
    return { words: message('restarting'), sentence: error.message, remedy: 'log' };
  if (!isSourceError(error))
    return {
      words: message('internal error'),
      sentence: message('An internal error occurred. See the log for details.'),
      remedy: 'log',
    };
  return { ...byCode(error.code), sentence: error.message };
}

function byCode(code: SourceErrorCode): Omit<ErrorStatus, 'sentence'> {
  switch (code) {
    case 'unreachable':
      return { words: message("can't connect"), remedy: 'source' };
    case 'failed':
      return { words: message('error'), remedy: 'source' };
    case 'unauthorized':
      return { words: message('sign-in needed'), remedy: 'secret' };
    case 'notFound':
      return { words: message('not found'), remedy: 'source' };
    case 'timedOut':
      return { words: message('timed out'), remedy: 'source' };
    case 'busy':
      return { words: message('busy'), remedy: 'source' };
    case 'tooLarge':
      return { words: message('response too large'), remedy: 'window' };
    case 'malformed':
      return { words: message('invalid response'), remedy: 'source' };
    case 'unsupported':
      return { words: message('not supported'), remedy: 'source' };
    case 'rejected':
      return { words: message('request rejected'), remedy: 'source' };
  }
}
