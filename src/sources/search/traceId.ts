import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { parseTraceId } from '../../core/trace/traceId.ts';

/**
 * A trace id as the user gave it, as Spanhop writes it: see `parseTraceId`.
 * @throws SourceError `rejected` when it isn't one
 */
export function readTraceId(text: string): string {
  const id = parseTraceId(text);
  if (id !== undefined) return id;
  throw new SourceError('rejected', message('Invalid trace ID. Use up to 32 hexadecimal digits.'));
}
