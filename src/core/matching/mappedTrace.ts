import type { Trace } from '../trace/trace.ts';
import type { SpanMatch } from './match.ts';

/** A trace and the code of its rows. */
export interface MappedTrace {
  readonly trace: Trace;
  readonly matches: readonly SpanMatch[];
}
