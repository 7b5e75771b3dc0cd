import {
  exceptionTitle,
  type ExceptionBasis,
} from '../../core/correlate/exceptions/exceptionText.ts';
import type { SeenException } from '../../core/correlate/exceptions/exceptions.ts';
import type { SampledRequests } from '../../engine/methods.ts';
import type { EndpointTarget, ExceptionTarget, SpanTarget } from '../targets.ts';

/** What requests failed with, above their endpoints. */
export interface ExceptionsNode {
  readonly kind: 'exceptions';
  readonly exceptions: readonly SeenException[];
  readonly basis: ExceptionBasis;
  /** Requests whose exceptions are left out. */
  readonly expected: number;
}

/** Opens the line; without one the span. */
export type ExceptionNode = {
  readonly kind: 'exception';
  readonly exception: SeenException;
  readonly parent: ExceptionsNode;
} & ExceptionTarget &
  (EndpointTarget | SpanTarget);

/** Undefined: there is nothing to show. */
export function exceptionsNode(
  sample: SampledRequests | undefined,
  filter: string,
): ExceptionsNode | undefined {
  if (sample === undefined) return undefined;
  const words = filter.toLowerCase().split(/\s+/);
  const exceptions = sample.exceptions.filter((one) => {
    const { place, handledBy } = one;
    const text = [exceptionTitle(one), handledBy, place?.symbol, place?.location.path].join(' ');
    return words.every((word) => text.toLowerCase().includes(word));
  });
  const { sampledTraces, isWhole, expected } = sample;
  return exceptions.length === 0
    ? undefined
    : { kind: 'exceptions', exceptions, basis: { sampledTraces, isWhole }, expected };
}

export function exceptionNodes(parent: ExceptionsNode): readonly ExceptionNode[] {
  return parent.exceptions.map((exception) => {
    const { latest, place, id } = exception;
    const node = { kind: 'exception', exception, parent, latest } as const;
    if (place === undefined) return { ...node, ...latest };
    return {
      ...node,
      endpointId: `exception ${id}`,
      title: exceptionTitle(exception),
      location: place.location,
      slowestTraceId: undefined,
      reason: '',
    };
  });
}
