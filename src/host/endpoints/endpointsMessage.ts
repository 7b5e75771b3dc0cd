import { message } from '../../core/base/message.ts';
import { formatAge, formatWindow } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { ReceiverState } from '../../engine/receiver.ts';
import { statusFor } from '../status/statusFor.ts';
import type { ShownFigures } from './shownFigures.ts';

/** A line above the tree: what went wrong and how old the rows are, or that they aren't all; else empty. */
export function endpointsMessage(
  shown: Pick<ShownFigures, 'state' | 'windowMinutes'>,
  receiver: ReceiverState | undefined,
): string {
  const { answer, error, readAt, cancelled } = shown.state;
  if (error !== undefined || cancelled) {
    if (!answer || readAt === undefined) return '';
    const sentence = cancelled ? message('Loading was cancelled.') : statusFor(error).sentence;
    const age = formatAge(readAt, epochFromMilliseconds(Date.now()));
    return message('{0} Metrics are from {1} ago.', sentence, age);
  }
  if (answer?.complete === false) return answer.reason;
  if (!answer || answer.rows.some((row) => row.figures)) return '';
  if (receiver?.kind === 'failed') return receiver.message;
  if (answer.rows.length === 0) return '';
  return receiver?.kind === 'portTaken'
    ? receiver.message
    : message(
        'No traces in the last {0}. To send traces, select Get Started in the status bar menu.',
        formatWindow(shown.windowMinutes),
      );
}
