import type { SpanRow } from '../../../src/core/base/units.ts';
import { filterOfRows } from '../../../src/core/waterfall/filterOfRows.ts';
import type { WaterfallModel } from '../model.ts';
import type { PageTrace } from '../openTrace.ts';

/** The spans that a line of a view counts. */
interface ShownSpans {
  readonly rows: readonly SpanRow[];
  /** A condition that may find them; undefined: none can. */
  readonly term: string | undefined;
  readonly label: string;
}

/** Shows just these spans in the waterfall: by a filter where it finds no others, else marked and named. One step to undo. */
export function showSpans(
  model: WaterfallModel,
  { opened }: PageTrace,
  { rows, term, label }: ShownSpans,
): void {
  const { filter: typed, matches, onlyMatches } = model;
  const left = onlyMatches && typed !== '' && matches ? { filter: typed, matches } : undefined;
  const filter = term === undefined ? undefined : filterOfRows(opened, rows, term, left);
  model.inOneStep(() => {
    model.setView('waterfall');
    model.setOnlyMatches(true);
    if (filter === undefined) model.mark(rows, label);
    else {
      model.setFilter(filter);
      model.goToMatch(1);
    }
  });
}
