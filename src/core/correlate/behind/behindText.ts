import { formatCount, formatPercent } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import type { FiguresBasis } from '../figures/figures.ts';
import type { EndpointBehind } from './endpointsBehind.ts';

/** What an answer rests on. Plain data. */
export interface BehindBasis {
  /** Of the figures. */
  readonly basis: FiguresBasis;
  /** Of the figures, when they are of a sample. */
  readonly sampledTraces: number | undefined;
  /** Undefined: none was needed. */
  readonly sample: BehindSample | undefined;
}

/** Requests whose traces were read to answer. */
interface BehindSample {
  readonly about: 'status' | 'proxy';
  readonly requests: number;
  /** Of these a proxy answered itself. */
  readonly ended: number;
  /** They were looked for, newest first, and aren't those of any other sample. */
  readonly isSearched: boolean;
}

/** `92% of the time`; none where it isn't known. */
export const shareParts = ({ share }: Pick<EndpointBehind, 'share'>): readonly string[] =>
  share === undefined ? [] : [message('{0} of the time', formatPercent(share))];

/** `12 of 30 sampled requests`; none where all came through it, or nobody asked. */
export function throughParts({ through }: Pick<EndpointBehind, 'through'>): readonly string[] {
  if (through === undefined || through.count === through.of) return [];
  const { count, of } = through;
  return [message('{0} of {1} sampled requests', formatCount(count), formatCount(of))];
}

/** What the answer rests on, a sentence each. */
export function behindSentences({ basis, sampledTraces, sample }: BehindBasis): readonly string[] {
  if (sample === undefined) return [figuresSentence(basis, sampledTraces)];
  const requests = formatCount(sample.requests);
  const ended =
    sample.ended === 0
      ? []
      : [message('{0} of them never reached an endpoint.', formatCount(sample.ended))];
  if (sample.about === 'status') {
    return [
      sample.isSearched
        ? message('Based on the latest requests with this status ({0}).', requests)
        : message('Based on a sample with {0} of these requests.', requests),
      ...ended,
    ];
  }
  return [
    message(
      'Found in {0} sampled requests. Metrics include all requests of an endpoint.',
      requests,
    ),
    ...(basis === 'complete' ? [] : [figuresSentence(basis, sampledTraces)]),
    ...ended,
  ];
}

function figuresSentence(basis: FiguresBasis, sampledTraces: number | undefined): string {
  switch (basis) {
    case 'complete':
      return message('Based on every request.');
    case 'partial':
      return message("Based on the requests that could be read; some couldn't.");
    case 'sampled':
      return message('Based on a sample of {0} traces.', formatCount(sampledTraces ?? 0));
  }
}
