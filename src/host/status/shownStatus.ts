import { message } from '../../core/base/message.ts';
import { formatTimeOfDay, formatWindow } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { EngineEvents } from '../../engine/methods.ts';
import type { ReceiverState } from '../../engine/receiver.ts';
import type { OpenedSource } from '../engine/engineSession.ts';
import { receiverSentence } from '../engine/localReceiver.ts';
import type { FeedState } from '../figures/figureFeed.ts';
import { statusFor } from './statusFor.ts';

/** What the item of the status bar shows; `lines` are its tooltip. */
export interface ShownStatus {
  readonly icon: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly warns: boolean;
}

export interface StatusParts {
  /** Of the source that the settings name: `Jaeger`. */
  readonly name: string;
  /** Undefined: not open yet. */
  readonly source: OpenedSource | undefined;
  readonly windowMinutes: number;
  readonly figures: FeedState;
  /** Undefined: the source isn't filled by one, or it doesn't run. */
  readonly receiver: ReceiverState | undefined;
  readonly indexing: EngineEvents['indexProgress'] | undefined;
  /** Figures have been read for a while now. */
  readonly isLong: boolean;
}

/** Source, health and window in a few words, what is wrong before anything else. */
export function shownStatus(parts: StatusParts): ShownStatus {
  const { name, source, indexing, receiver, isLong } = parts;
  const window = formatWindow(parts.windowMinutes);
  const { error, readAt, answer, cancelled, pausedUntil } = parts.figures;
  const age =
    readAt === undefined ? [] : [message('Metrics updated at {0}', formatTimeOfDay(readAt))];
  const pause =
    pausedUntil === undefined || pausedUntil <= epochFromMilliseconds(Date.now())
      ? []
      : [
          message(
            'The source is slow or busy. Metrics refresh after {0}, or select Refresh.',
            formatTimeOfDay(pausedUntil),
          ),
        ];
  const sourceLine = source ? [message('Source: {0}', source.label)] : [];
  const receiverLine = receiver ? [receiverSentence(receiver)] : [];
  const isReceiving = receiver?.kind !== 'portTaken' && receiver?.kind !== 'failed';
  const lines = [
    // What is wrong stands first.
    ...(isReceiving ? [...sourceLine, ...receiverLine] : [...receiverLine, ...sourceLine]),
    ...(answer ? age : []),
    ...pause,
    ...(source?.capabilities.limitations ?? []),
  ];
  if (error !== undefined) {
    const { words, sentence } = statusFor(error);
    return { icon: 'warning', text: `${name}: ${words}`, lines: [sentence, ...lines], warns: true };
  }
  if (receiver?.kind === 'portTaken' || receiver?.kind === 'failed') {
    const words =
      receiver.kind === 'portTaken'
        ? message('port {0} in use', receiver.port)
        : message('not receiving');
    return { icon: 'warning', text: `${name}: ${words}`, lines, warns: true };
  }
  if (receiver?.kind === 'listening' && receiver.problem !== undefined) {
    const words = message('this machine only');
    return { icon: 'warning', text: `${name}: ${words}`, lines, warns: true };
  }
  if (indexing) {
    const text = message('Indexing {0}/{1}', indexing.done, indexing.total);
    return { icon: 'sync~spin', text, lines, warns: false };
  }
  if (isLong) {
    const text = message('{0} · loading…', name);
    return { icon: 'sync~spin', text, lines, warns: false };
  }
  if (cancelled) {
    const sentence = message('Loading was cancelled. Select Refresh to try again.');
    return {
      icon: 'circle-slash',
      text: `${name} · ${window}`,
      lines: [sentence, ...lines],
      warns: false,
    };
  }
  return { icon: 'pulse', text: `${name} · ${window}`, lines, warns: false };
}
