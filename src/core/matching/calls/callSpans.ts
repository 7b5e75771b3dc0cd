import type { OtherCallSite } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { Confidence } from '../match.ts';
import type { Found, MatchContext } from '../matchContext.ts';
import type { UnmappedCause } from '../unmappedCause.ts';

/** How well a call fits what a span says. */
export interface CallFit {
  /** Lower is better: only the calls that fit best count. */
  readonly rank: number;
  /** Why it may be another call all the same; undefined: nothing speaks for that. */
  readonly doubt: string | undefined;
  /** Says enough to find the call where no handler leads there. */
  readonly tells: boolean;
  /** Speaks for any call of the library, so of several for none. */
  readonly isOpen: boolean;
}

/** The spans that one library's calls make: a file in its folder, and a line in `spansOfCalls.ts`. */
export interface CallSpans<Asked> {
  readonly library: OtherCallSite['library'];
  /** Another library whose calls make such spans as well: queues that are kept in Redis. */
  readonly through?: OtherCallSite['library'];
  /** What a span says of the call that made it; undefined: it isn't the library's. */
  asked(span: RawSpan): Asked | undefined;
  /** Reasons for having no code that weigh less than a call which fits. */
  readonly overrules?: ReadonlySet<UnmappedCause>;
  /** True for a span that something else made after all, by what is around it. */
  isPart?(span: RawSpan, row: number, found: Found, context: MatchContext): boolean;
  /** The same for spans that say the same. */
  keyOf(asked: Asked): string;
  /** Undefined: the call doesn't make such spans. */
  fit(call: OtherCallSite, asked: Asked): CallFit | undefined;
  /** True: one run of the call makes other spans before, and this isn't another run. Undefined: each is a run. */
  isFurther?(call: OtherCallSite, asked: Asked): boolean;
  /** What to call the call where the span says more of it than the code; undefined: as the code has it. */
  titleOf?(call: OtherCallSite, asked: Asked): string | undefined;
  /** What to show for that where the span says it better; it is the same call. Undefined: its title. */
  shownTitleOf?(call: OtherCallSite, asked: Asked): string | undefined;
  /** How sure the only call of a service is that `tells`, whatever leads there. */
  readonly aloneInService: Confidence;
  /** Sentences for the user: why this call. */
  readonly reasons: {
    only(call: OtherCallSite, caller: string): string;
    several(call: OtherCallSite, caller: string): string;
    alone(call: OtherCallSite): string;
  };
}
