import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';

/**
 * A trace id as the user gave it, as Spanhop writes it: 32 lower-case hex digits. Shorter ones are
 * padded on the left, as 64-bit ids are.
 * @throws SourceError `rejected` when it isn't 1 to 32 hex digits
 */
export function readTraceId(text: string): string {
  const id = text.trim().toLowerCase();
  if (/^[0-9a-f]{1,32}$/.test(id)) return id.padStart(32, '0');
  throw new SourceError(
    'rejected',
    message('That is no trace id: it has to be up to 32 hexadecimal digits.'),
  );
}
