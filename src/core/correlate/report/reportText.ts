import { formatCount, formatPercent } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import type { UncoveredReason, SpanCounts } from './mappingReport.ts';
import type { SpanCategory } from './spanCategory.ts';

export function sortTitle(sort: SpanCategory): string {
  switch (sort) {
    case 'request':
      return message('Requests');
    case 'nest':
      return message('NestJS handlers');
    case 'middleware':
      return message('Middleware');
    case 'graphql':
      return message('GraphQL');
    case 'consumer':
      return message('Messages received');
    case 'prismaCall':
      return message('Prisma calls');
    case 'prismaWork':
      return message('Prisma queries and engine');
    case 'database':
      return message('Database and cache');
    case 'outgoing':
      return message('Outgoing calls');
    case 'producer':
      return message('Messages sent');
    case 'other':
      return message('Other spans');
  }
}

export function silenceTitle(silence: UncoveredReason): string {
  switch (silence) {
    case 'unused':
      return message('Not called');
    case 'serviceNotTraced':
      return message('Service without traces');
    case 'kindNotTraced':
      return message('Usually without spans');
  }
}

/** What to do about it. */
export function silenceAdvice(silence: UncoveredReason): string {
  switch (silence) {
    case 'unused':
      return message(
        'Not called in these traces, or called without a route. Extend the time range to include more traces.',
      );
    case 'serviceNotTraced':
      return message("Add OpenTelemetry to the service, or choose the service's folder.");
    case 'kindNotTraced':
      return message(
        'Start a span in the handler, and use @spanhop/otel with its `locate` option to record the line.',
      );
  }
}

/** The share of the spans that have a line, of those that could have one: 0 to 1; undefined without any. */
export function mappedShare({ spans, mapped, expected }: SpanCounts): number | undefined {
  const mappable = spans - expected;
  return mappable <= 0 ? undefined : mapped / mappable;
}

/** `412 of 430 spans (95.8%, 1.2% weak)`; spans that no code makes are left out. */
export function mappedText(counts: SpanCounts): string {
  const share = mappedShare(counts);
  if (share === undefined) return message('no workspace code');
  const { spans, mapped, expected } = counts;
  const of = message('{0} of {1} spans', formatCount(mapped), formatCount(spans - expected));
  return `${of} (${[formatPercent(share), ...weakText(counts)].join(', ')})`;
}

/** `1.2% weak`, or nothing: a weak place is a guess, which a share of mapped spans must not hide. */
export function weakText({ spans, mapped, weak, expected }: SpanCounts): readonly string[] {
  if (weak === 0) return [];
  const share = formatPercent(weak / (spans - expected));
  return [weak === mapped ? message('all uncertain') : message('{0} uncertain', share)];
}
