import { formatCount } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { formatAge, formatTimeOfDay } from '../../base/timeText.ts';
import type { EpochMicroseconds } from '../../base/units.ts';
import type { Figures } from '../figures/figures.ts';
import { errorShare, estimateParts } from '../figures/figuresText.ts';
import type { SpanMatch } from '../../matching/match.ts';
import type { HandlerPeer, HandlerPeers } from '../peers/handlerPeers.ts';

/**
 * Where figures come from and what was counted, a sentence each: source, how many requests, which spans,
 * how old. Text that stays on the screen gives no `now`: it names the time of day instead of an age.
 */
export function basisSentences(figures: Figures, now?: EpochMicroseconds): readonly string[] {
  return [
    countedSentence(figures),
    layerSentence(figures.layer),
    ...mixedSentences(figures),
    ...errorSentences(figures),
    ...estimateSentences(figures),
    ageSentence(figures, now),
  ];
}

/** The same for who compares durations: nothing of errors. */
export const durationSentences = (figures: Figures, now?: EpochMicroseconds): readonly string[] => [
  countedSentence(figures),
  layerSentence(figures.layer),
  ...mixedSentences(figures),
  ageSentence(figures, now),
];

function countedSentence({ basis, source, sampledTraces, count }: Figures): string {
  if (basis === 'complete')
    return message('Source: {0}. Based on every request ({1}).', source, formatCount(count));
  if (basis === 'partial')
    return message(
      "Source: {0}. Based on {1} requests; some couldn't be read.",
      source,
      formatCount(count),
    );
  return message(
    'Source: {0}. Based on a sample of {2} traces with {1} requests.',
    source,
    formatCount(count),
    formatCount(sampledTraces ?? 0),
  );
}

function layerSentence(layer: Figures['layer']): string {
  if (layer === 'server')
    return message('Measured on the HTTP server span; only 5xx responses count as errors.');
  if (layer === 'nest')
    return message(
      'Measured on the NestJS request span because no server span has this route; 4xx responses count as errors too.',
    );
  if (layer === 'proxy') return message('Measured where the proxy received the requests.');
  return layer === 'graphql'
    ? message(
        "Measured on the field's GraphQL spans, or on operations that request only this field.",
      )
    : message('Measured on the span that handles the message.');
}

const mixedSentences = ({ mixedKinds }: Figures): readonly string[] =>
  mixedKinds === undefined
    ? []
    : [
        message(
          'Spans of several kinds have this name and are counted together: {0}.',
          mixedKinds.join(', '),
        ),
      ];

/** Where not every request is counted. */
function errorSentences(figures: Figures): readonly string[] {
  const { errorSample } = figures;
  if (errorShare(figures) === undefined)
    return [message("Errors aren't available from this source.")];
  if (!errorSample) return [];
  return [
    errorSample.count === 0
      ? message('No errors in a sample of {0} requests.', formatCount(errorSample.of))
      : message('Errors are based on a sample of {0} requests.', formatCount(errorSample.of)),
  ];
}

function estimateSentences(figures: Figures): readonly string[] {
  const parts = estimateParts(figures);
  return parts.length === 0 ? [] : [message('Estimated: {0}.', parts.join(', '))];
}

function ageSentence({ fetchedAt }: Figures, now: EpochMicroseconds | undefined): string {
  if (now === undefined) return message('Updated at {0}.', formatTimeOfDay(fetchedAt));
  return message('Updated {0} ago.', formatAge(fetchedAt, now));
}

/**
 * A line each: the handlers that a handler calls or sends messages to, those that call it, with their services, and the
 * proxies in front of it.
 */
export function peerSentences({ to, from, proxies }: HandlerPeers): readonly string[] {
  const where = (name: string, service: string) => (service === '' ? name : `${name} (${service})`);
  const list = (peers: readonly HandlerPeer[]) =>
    peers
      .slice(0, 10)
      .map(({ symbol, service }) => where(symbol, service))
      .join(', ');
  const through = proxies.slice(0, 10).map(({ name, service }) => where(name, service));
  return [
    ...(to.length > 0 ? [message('Calls: {0}', list(to))] : []),
    ...(from.length > 0 ? [message('Called by: {0}', list(from))] : []),
    ...(through.length > 0 ? [message('Called through: {0}', through.join(', '))] : []),
  ];
}

/** What the figures of a call site rest on. */
export function callSiteSentence({
  sampledTraces,
  requests,
  confidence,
}: {
  readonly sampledTraces: number;
  /** With at least one call. */
  readonly requests: number;
  readonly confidence: SpanMatch['confidence'];
}): string {
  return message(
    'Based on a sample of {0} traces with {1} requests that ran this line. Mapping: {2}.',
    formatCount(sampledTraces),
    formatCount(requests),
    confidenceWord(confidence),
  );
}

/** How sure a mapping is, in a word. */
export function confidenceWord(confidence: SpanMatch['confidence']): string {
  switch (confidence) {
    case 'exact':
      return message('exact');
    case 'strong':
      return message('very likely');
    case 'likely':
      return message('likely');
    case 'weak':
      return message('uncertain');
    case 'unmapped':
      return message('not mapped');
  }
}
