import type { CodeLocation } from '../code/location.ts';
import type { UnmappedCause } from './unmappedCause.ts';

export type Confidence = 'exact' | 'strong' | 'likely' | 'weak';

interface MatchAlternative {
  readonly location: CodeLocation;
  /** `OrdersService.remove`. */
  readonly symbol: string;
}

/** A span's place in the code. */
export interface Match {
  readonly location: CodeLocation;
  /** What is there: `OrdersController.remove`, `order.findMany in OrdersService.remove`. */
  readonly symbol: string;
  /** The same as the code has it, where the span says it better: what counts as one call has it in common. */
  readonly codeSymbol?: string;
  readonly confidence: Confidence;
  /** A sentence a user can read: why this line. */
  readonly reason: string;
  readonly alternatives: readonly MatchAlternative[];
  readonly handlerId: string | undefined;
  readonly callId: string | undefined;
  /** The code changed since the span was recorded: the location follows the method or call by its name. */
  readonly drifted?: true;
  /** The same run of the call has a span before this one: this doesn't count as another call. */
  readonly isFurther?: true;
  /** The location is the method that the span was made somewhere inside: why its own line isn't known. */
  readonly inside?: UnmappedCause;
}

export interface Unmapped {
  readonly confidence: 'unmapped';
  readonly cause: UnmappedCause;
  /** A sentence a user can read: why there is no line, and what would help. */
  readonly reason: string;
}

export type SpanMatch = Match | Unmapped;
export const isMatch = (match: SpanMatch): match is Match => match.confidence !== 'unmapped';

/** Id of the call that a row is mapped to. */
export const callOf = (match: SpanMatch | undefined): string | undefined =>
  match && isMatch(match) ? match.callId : undefined;

/** Id of the handler that a row is mapped to; a guess (weak) is none. */
export const handlerOf = (match: SpanMatch | undefined): string | undefined =>
  match && isMatch(match) && match.confidence !== 'weak' ? match.handlerId : undefined;

/** Of a span of a proxy, which passes on what it gets. */
export const isProxy = (match: SpanMatch | undefined): boolean =>
  match !== undefined && !isMatch(match) && match.cause === 'proxy';
