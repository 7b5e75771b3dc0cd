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
  if (droppedCount === 1) return message("Couldn't read 1 item in {0}: {1}.", source, place);
  const sentence = message(
    "Couldn't read {0} items in {1}. First: {2}.",
    droppedCount,
    source,
    place,
  );
  return others.length === 0
    ? sentence
    : `${sentence} ${message('Other reasons: {0}.', others.join('; '))}`;
}
