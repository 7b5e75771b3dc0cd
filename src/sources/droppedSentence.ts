import { message } from '../core/base/message.ts';
import type { DroppedSpans } from '../core/ports.ts';

/** Reasons told besides the first one's. */
const otherReasons = 3;

/**
 * What of `source` couldn't be read and why, as a sentence; empty when nothing was dropped.
 * @param source a path, or the name of what answered
 */
export function droppedSentence({ dropped, droppedCount }: DroppedSpans, source: string): string {
  const [first] = dropped;
  if (droppedCount === 0 || first === undefined) return '';
  const place = first.position === '' ? first.reason : `${first.position}: ${first.reason}`;
  const others = [...new Set(dropped.map(({ reason }) => reason))].slice(1, 1 + otherReasons);
  if (droppedCount === 1)
    return message("1 span or other part of {0} couldn't be read: {1}.", source, place);
  const sentence = message(
    "{0} spans or other parts of {1} couldn't be read. The first, {2}.",
    droppedCount,
    source,
    place,
  );
  return others.length === 0
    ? sentence
    : `${sentence} ${message('Others: {0}.', others.join('; '))}`;
}
