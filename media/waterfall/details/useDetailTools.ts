import { useMemo } from 'preact/hooks';
import { withTerm } from '../../../src/core/trace/filter/withTerm.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { PageActions } from '../actions.ts';
import type { WaterfallModel } from '../model.ts';
import type { DetailTools } from './tools.ts';

/** What the details of a span do; the same as long as they are of it. */
export function useDetailTools(
  model: WaterfallModel,
  actions: PageActions,
  select: (row: SpanRow) => void,
  row: SpanRow | undefined,
): DetailTools {
  return useMemo(
    () => ({
      copy: actions.copy,
      copySpan: (format) => row !== undefined && actions.copySpan(row, format),
      select,
      openLink: (link, from) => row !== undefined && actions.openLink(row, link, from),
      joinTrace: (link, from) => row !== undefined && actions.joinTrace(row, link, from),
      openSourcePage: () => row !== undefined && actions.openSourcePage(row),
      filterBy: (term) => model.setFilter(withTerm(model.filter, term)),
      formatSql: (attribute, signal) =>
        row === undefined ? Promise.resolve(undefined) : actions.formatSql(row, attribute, signal),
    }),
    [model, actions, select, row],
  );
}
