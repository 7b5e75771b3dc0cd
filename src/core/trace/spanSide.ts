import type { RawSpan } from './rawSpan.ts';

/**
 * Which side of a call or a message a span is: 0 sends, 2 answers, 1 says neither. Zipkin's clients, and Envoy, let
 * the answering side have the id of the sending one; it is then below it
 * (https://github.com/openzipkin/b3-propagation; `zipkin2.Span#shared`).
 */
export function sideOf({ kind }: Pick<RawSpan, 'kind'>): 0 | 1 | 2 {
  if (kind === 'client' || kind === 'producer') return 0;
  return isAnswering({ kind }) ? 2 : 1;
}

/** Whether it answers a call or a message: with the id of what sent it, it is another span all the same. */
export const isAnswering = ({ kind }: Pick<RawSpan, 'kind'>): boolean =>
  kind === 'server' || kind === 'consumer';
