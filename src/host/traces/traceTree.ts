import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { TraceSummary } from '../../core/ports.ts';
import { commandOf } from '../commands.ts';
import { itemKinds } from '../contributions.ts';
import type { SearchField, SearchFieldTarget, TraceTarget } from '../targets.ts';
import { fieldName, fieldValue, formSummary, hiddenFields, shownFields } from './searchQuery.ts';
import type { TraceSearch } from './traceSearch.ts';
import { spokenTrace, traceDescription, traceDetails, traceLabel } from './traceText.ts';

export type TraceNode =
  | { readonly kind: 'form' }
  | ({ readonly kind: 'field' } & SearchFieldTarget)
  | { readonly kind: 'addFilter' }
  | ({ readonly kind: 'trace'; readonly summary: TraceSummary } & TraceTarget)
  | { readonly kind: 'more' };

const fieldIcons: Readonly<Record<SearchField, string>> = {
  service: 'server-process',
  operation: 'symbol-method',
  attributes: 'tag',
  minDuration: 'watch',
  maxDuration: 'watch',
  traceDuration: 'graph',
  errorsOnly: 'error',
  order: 'sort-precedence',
  window: 'history',
};

/** The rows of the Traces view: the search form, what it found, and "load more". */
export class TraceTree implements vscode.TreeDataProvider<TraceNode>, Disposable {
  readonly #search: TraceSearch;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<TraceNode | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(search: TraceSearch) {
    this.#search = search;
    this.#owned.add(search.onChange(() => this.redraw()));
  }

  redraw(): void {
    this.#changed.fire(undefined);
  }

  getTreeItem(node: TraceNode): vscode.TreeItem {
    switch (node.kind) {
      case 'form':
        return this.#formItem();
      case 'field':
        return this.#fieldItem(node.field);
      case 'addFilter':
        return addFilterItem();
      case 'trace':
        return traceItem(node);
      case 'more':
        return moreItem();
    }
  }

  getChildren(node?: TraceNode): TraceNode[] {
    if (node?.kind === 'form') return this.#formRows();
    if (node) return [];
    const { traces, hasMore } = this.#search.state;
    const found: TraceNode[] = (traces ?? []).map((summary) => ({
      kind: 'trace',
      summary,
      traceId: summary.traceId,
    }));
    return [{ kind: 'form' }, ...found, ...(hasMore ? [{ kind: 'more' } as const] : [])];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #formRows(): TraceNode[] {
    const { form } = this.#search.state;
    const fields = shownFields(form).map((field): TraceNode => ({ kind: 'field', field }));
    return hiddenFields(form).length === 0 ? fields : [...fields, { kind: 'addFilter' }];
  }

  #formItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(
      vscode.l10n.t('Search'),
      vscode.TreeItemCollapsibleState.Expanded,
    );
    item.id = 'form';
    item.iconPath = new vscode.ThemeIcon('search');
    item.description = formSummary(this.#search.state.form);
    return item;
  }

  #fieldItem(field: SearchField): vscode.TreeItem {
    const item = new vscode.TreeItem(fieldName(field));
    item.id = `field:${field}`;
    item.description = fieldValue(this.#search.state.form, field);
    item.iconPath = new vscode.ThemeIcon(fieldIcons[field]);
    item.contextValue = itemKinds.searchField;
    item.command = commandOf('spanhop.editSearch', vscode.l10n.t('Change'), { field });
    return item;
  }
}

function traceItem({ summary, traceId }: { summary: TraceSummary } & TraceTarget): vscode.TreeItem {
  const now = epochFromMilliseconds(Date.now());
  const item = new vscode.TreeItem(traceLabel(summary));
  item.id = `trace:${traceId}`;
  item.description = traceDescription(summary, now);
  item.tooltip = traceDetails(summary).join('\n');
  item.accessibilityInformation = { label: spokenTrace(summary, now) };
  item.iconPath =
    summary.errorCount > 0
      ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
      : new vscode.ThemeIcon('list-tree');
  item.contextValue = itemKinds.trace;
  item.command = commandOf('spanhop.clickRow', vscode.l10n.t('Open Trace'), { traceId });
  return item;
}

function addFilterItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Add Filter…'));
  item.id = 'addFilter';
  item.iconPath = new vscode.ThemeIcon('add');
  item.command = commandOf('spanhop.editSearch', vscode.l10n.t('Add Filter…'));
  return item;
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Load more'));
  item.id = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = itemKinds.loadMore;
  item.command = commandOf('spanhop.loadMoreTraces', vscode.l10n.t('Load more'));
  return item;
}
