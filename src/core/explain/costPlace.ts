import type { CodeLocation } from '../code/location.ts';
import { isMatch, type Confidence, type SpanMatch } from '../matching/match.ts';
import { alikeLabel } from '../trace/alikeLabel.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { spanLabel } from '../trace/spanLabel.ts';

/** What costs are counted for: a line of the workspace, or the spans of one name where no line is known. */
export interface CostPlace {
  readonly service: string;
  /** What is there: `OrdersService.remove`, `order.findMany in OrdersService.list`; else what its spans are called. Hostile text. */
  readonly symbol: string;
  /** Of `weak` the method around it; undefined: no line is known. */
  readonly location: CodeLocation | undefined;
  readonly confidence: Confidence | 'unmapped';
  /** Why this line, or why none: a sentence a user can read. */
  readonly reason: string;
  /** Of the call in the code that its spans are mapped to. */
  readonly callId: string | undefined;
}

/** Its line is that of a method that runs, not of a call. */
export const isMethod = ({ location, callId }: CostPlace): boolean =>
  location !== undefined && callId === undefined;

/** A place, and what it is told from others by. */
export interface KeyedPlace {
  readonly key: string;
  readonly place: CostPlace;
}

/**
 * A guess (weak) is no place of its own: such spans go by their names, those made somewhere inside a method with the
 * method as their place.
 */
export function costPlaceOf(span: RawSpan, match: SpanMatch | undefined): KeyedPlace {
  const { service } = span.resource;
  const { confidence, reason } = match ?? { confidence: 'unmapped', reason: '' };
  if (match && isMatch(match) && match.confidence !== 'weak') {
    const { location, symbol, codeSymbol = symbol, callId } = match;
    const place = { service, symbol, location, confidence, reason, callId };
    const line = `${location.path}:${location.line}`;
    return { key: callId === undefined ? line : `${line}\n${codeSymbol}`, place };
  }
  const name = nameOf(span);
  const around = match && isMatch(match) && match.inside !== undefined ? match : undefined;
  const symbol = around ? `${name} in ${around.symbol}` : name;
  const location = around?.location;
  const place = { service, symbol, location, confidence, reason, callId: undefined };
  return { key: `${service}\n${symbol}`, place };
}

/** Requests to one route have one name, whatever ids are in their paths. */
function nameOf(span: RawSpan): string {
  const label = spanLabel(span);
  return span.kind === 'client' && label !== span.name ? alikeLabel(label) : label;
}
