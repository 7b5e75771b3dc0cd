import { useMemo } from 'preact/hooks';
import { matchesWithAncestors } from '../../../src/core/waterfall/matches.ts';
import { seenSpans } from '../../../src/core/waterfall/seenSpans.ts';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';

/**
 * What a view is of: the spans that the filter leaves, where only matches are shown, that run in the time on screen, are
 * in focus and aren't hidden for being short. `matches` is what is to be marked among them: nothing where all match.
 */
export function useSeenSpans(
  model: WaterfallModel,
  trace: PageTrace,
  kept: 'matches' | 'withAncestors',
) {
  const { matches } = model;
  const { range, focus, shortest, onlyMatches } = model.viewState;
  return useMemo(() => {
    const { shape } = trace.opened;
    const left =
      matches && kept === 'withAncestors' ? matchesWithAncestors(shape, matches) : matches;
    const seen = seenSpans(shape, { range, focus, shortest, only: onlyMatches ? left : undefined });
    return { seen, matches: onlyMatches && kept === 'matches' ? undefined : matches };
  }, [trace, range, focus, shortest, matches, onlyMatches, kept]);
}
