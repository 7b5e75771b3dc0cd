import { message } from '../../../base/message.ts';
import { callTitle } from '../../../code/calls/callTitle.ts';
import type { OtherCallSite } from '../../../code/model.ts';
import type { CallFit, CallSpans } from '../callSpans.ts';
import { fitsText } from '../fitsText.ts';
import { lettersIn } from '../lettersIn.ts';
import { ownSpanOf, type OwnSpan } from './ownSpan.ts';

/** Spans that the team starts itself: by the name that the code gives them, and by their tracer's. */
export const ownSpans: CallSpans<OwnSpan> = {
  library: 'spans',
  asked: ownSpanOf,
  overrules: new Set(['unnamedRequest', 'unnamedMessage']),
  keyOf: ({ name, scope }) => `${scope}\n${name}`,
  fit,
  titleOf: (call, { name }) =>
    nameFit(call.target, name) === 'open' ? callTitle({ ...call, target: name }) : undefined,
  aloneInService: 'strong',
  reasons: {
    only: (_, caller) => message('The only place below {0} that starts this span.', caller),
    several: (_, caller) => message('{0} starts spans of this name in several places.', caller),
    alone: () => message("The only place in the service's folder that starts this span."),
  },
};

const ranks = ['written', 'pattern', 'open'] as const;

function fit({ target, tracer }: OtherCallSite, span: OwnSpan): CallFit | undefined {
  const isTracer = tracer !== undefined && tracer === span.scope;
  if (isOtherTracer(tracer, span)) return undefined;
  const kind = nameFit(target, span.name);
  if (kind === undefined || (kind === 'open' && !isTracer && span.scope === '')) return undefined;
  return {
    rank: ranks.indexOf(kind) * 2 + Number(!isTracer),
    doubt: kind === 'open' ? message('The name of this span is set at run time.') : undefined,
    tells: kind !== 'open',
    isOpen: kind === 'open',
  };
}

/** A span says its tracer's name, unless its source leaves it out. */
const isOtherTracer = (tracer: string | undefined, { scope }: OwnSpan): boolean =>
  tracer !== undefined && scope !== '' && !fitsText(tracer, scope);

/** Fewer letters than this in a pattern say nothing of a name. */
const fewestLetters = 3;

function nameFit(target: string | undefined, name: string): (typeof ranks)[number] | undefined {
  if (target === name) return 'written';
  if (target === undefined) return 'open';
  if (!target.includes('*') || !fitsText(target, name)) return undefined;
  return lettersIn(target) < fewestLetters ? 'open' : 'pattern';
}
