import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { Answer } from '../http/httpServer.ts';

/**
 * Jaeger 2 in memory answers no question for more traces than it may hold
 * (internal/storage/v2/memory/memory.go, errInvalidSearchDepth).
 * @throws SourceError `tooLarge` where that is the answer: ask for fewer
 */
export function refuseDepth({ status, body, asked }: Answer, limit: number): void {
  if (status < 400 || !body.toString('latin1', 0, 1_000).includes('search depth must be')) return;
  throw new SourceError(
    'tooLarge',
    message(
      "{0} doesn't return {1} traces at once. Reduce the number of traces.",
      asked.shown,
      limit,
    ),
    `${asked.path}: HTTP ${String(status)}`,
  );
}
