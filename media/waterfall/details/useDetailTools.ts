import { useMemo } from 'preact/hooks';
import { withTerm } from '../../../src/core/trace/filter/withTerm.ts';
import type { SpanRow } from '../../../src/core/base/units.ts';
import type { PageActions } from '../actions.ts';
import type { WaterfallModel } from '../model.ts';
import type { DetailTools } from './tools.ts';

/** What the details of the selected span do; the same as long as that span is. */
export function useDetailTools(
  model: WaterfallModel,
  actions: PageActions,
  select: (row: SpanRow) => void,
): DetailTools {
  const { selected } = model;
  return useMemo(
    () => ({
      copy: actions.copy,
      copySpan: (format) => selected !== undefined && actions.copySpan(selected, format),
      select,
      openLink: (link, from) => selected !== undefined && actions.openLink(selected, link, from),
      joinTrace: (link, from) => selected !== undefined && actions.joinTrace(selected, link, from),
      openSourcePage: () => selected !== undefined && actions.openSourcePage(selected),
      filterBy: (term) => model.setFilter(withTerm(model.filter, term)),
      formatSql: (attribute, signal) =>
        selected === undefined
          ? Promise.resolve(undefined)
          : actions.formatSql(selected, attribute, signal),
    }),
    [model, actions, select, selected],
  );
}
