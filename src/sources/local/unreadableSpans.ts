import { message } from '../../core/base/message.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { HttpError } from './http/httpError.ts';
import type { RefusalListener } from './refusedSenders.ts';

/** Kinds told of: what a body says is wrong with it may be anything. */
const mostTold = 20;
const mostCharacters = 200;

/**
 * Tells once of each way in which spans can't be read, of the first in a notice: an exporter's own log is often off.
 * @returns what hears of deliveries that couldn't be read
 */
export function tellUnreadableSpans(
  port: number,
  listener: RefusalListener,
): (reason: HttpError | 'grpc') => void {
  const told = new Set<string>();
  return (reason) => {
    const sentence = sentenceOf(reason, port);
    if (told.has(sentence) || told.size >= mostTold) return;
    if (told.size === 0) listener.notice(sentence);
    else listener.warn(sentence);
    told.add(sentence);
  };
}

const sentenceOf = (reason: HttpError | 'grpc', port: number): string =>
  reason === 'grpc'
    ? message(
        'Spans sent over gRPC to port {0} were rejected: it receives OTLP over HTTP. Set OTEL_EXPORTER_OTLP_PROTOCOL to http/protobuf.',
        port,
      )
    : message(
        "Spans sent to port {0} couldn't be read (HTTP {1}). Check the exporter. Reason: {2}",
        port,
        reason.status,
        visibleText(shortened(reason.message, mostCharacters)),
      );
