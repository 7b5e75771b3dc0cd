import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { Answer } from '../http/answer.ts';

/** The store of this Jaeger can't search by durations and tags at once. */
class CantCombine extends SourceError {}

export const isCantCombine = (error: unknown): boolean => error instanceof CantCombine;

/**
 * Questions for traces that a store refuses, by the words it does it in: Jaeger 2 in memory those for more traces
 * than it may hold (internal/storage/v2/memory/memory.go, errInvalidSearchDepth), Cassandra those by durations and
 * tags at once (internal/storage/v1/cassandra/spanstore/reader.go, ErrDurationAndTagQueryNotSupported).
 * @throws SourceError `tooLarge` to be asked for fewer; a `CantCombine`
 */
export function throwRefusal({ status, body, asked }: Answer, limit: number): void {
  if (status < 400) return;
  const text = body.toString('latin1', 0, 1_000);
  const detail = `${asked.path}: HTTP ${String(status)}`;
  if (text.includes('search depth must be'))
    throw new SourceError('tooLarge', tooManyAtOnce(asked.shown, limit), detail);
  if (text.includes('cannot query for duration and tags'))
    throw new CantCombine('unsupported', cantCombine(asked.shown), detail);
}

const tooManyAtOnce = (shown: string, limit: number): string =>
  message("{0} doesn't return {1} traces at once. Reduce the number of traces.", shown, limit);

const cantCombine = (shown: string): string =>
  message("{0} can't search by duration and attributes at once. Remove one of them.", shown);
