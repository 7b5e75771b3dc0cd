import { message } from '../../base/message.ts';
import type { UnmappedCause } from '../unmappedCause.ts';

/** Where only the request is known. */
export const reasonForRequest = (symbol: string) =>
  message(
    "Made in a request to {0}, by it or by a guard, interceptor or middleware; the exact line isn't recorded.",
    symbol,
  );

/** Why a method is shown: a sentence for the user. */
export function reasonFor(cause: UnmappedCause, symbol: string): string {
  switch (cause) {
    case 'sending':
      return message("Message sent somewhere inside {0}; the exact line isn't recorded.", symbol);
    case 'outgoing':
      return message(
        "Outgoing call made somewhere inside {0}; the exact line isn't recorded.",
        symbol,
      );
    case 'otherDatabase':
      return message(
        "Database call made somewhere inside {0}; the exact line isn't recorded.",
        symbol,
      );
    default:
      return message("Made somewhere inside {0}; the exact line isn't recorded.", symbol);
  }
}
