import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { errorText } from '../../core/base/errorText.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { Log, SearchAnswer } from '../../core/ports.ts';
import type { EngineMethods, ServiceFolder } from '../../engine/methods.ts';
import { setContextKey } from '../commands.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { readSetting } from '../settings/settings.ts';
import { endpointItem, endpointTooltip, type ItemStyle } from './endpointItems.ts';
import { layOut } from './endpointLayout.ts';
import { rowNode, type EndpointNode, type RowNode, type ServiceNode } from './endpointNodes.ts';
import { exceptionNodes, exceptionsNode } from './exceptionNodes.ts';
import { groupEndpoints, type RowOrder } from './endpointOrder.ts';
import { rowKinds } from './rowKinds.ts';
import type { ShownFigures } from './shownFigures.ts';

export interface EndpointTreeOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly shown: ShownFigures;
  readonly log: Log;
}

/** Slowest traces shown below a row. */
const tracesBelowRow = 5;

/** The rows of the Endpoints view: errors, then services, their handlers and operations, and their slowest traces. */
export class EndpointTree implements vscode.TreeDataProvider<EndpointNode>, Disposable {
  readonly #options: EndpointTreeOptions;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<EndpointNode | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #order: RowOrder = 'p95';
  #filter = '';
  #folders: readonly ServiceFolder[] = [];
  #answer: unknown;
  /** Below open rows, while the figures above them stay: the editor asks for them with each change of the tree. */
  readonly #traces = new Map<string, Promise<EndpointNode[]>>();
  readonly #questions = new Set<AbortController>();
  readonly #asked = this.#owned.add(new vscode.EventEmitter<void>());
  /** Traces below rows are asked for, or no longer. */
  readonly onAsking = this.#asked.event;

  constructor(options: EndpointTreeOptions) {
    this.#options = options;
    this.#owned.add(options.shown.onChange(() => void this.#show()));
  }

  get order(): RowOrder {
    return this.#order;
  }
  get filter(): string {
    return this.#filter;
  }

  get isAsking(): boolean {
    return this.#questions.size > 0;
  }

  /** Stops asking for traces, as the user wants it, until other figures are shown. */
  cancel(): void {
    for (const question of this.#questions) question.abort();
  }

  sortBy(order: RowOrder): void {
    this.#order = order;
    this.#options.shown.showNewest();
  }

  filterBy(filter: string): void {
    this.#filter = filter.trim();
    setContextKey('spanhop.endpointsFiltered', this.#filter !== '');
    this.#options.shown.showNewest();
  }

  getTreeItem(node: EndpointNode): vscode.TreeItem {
    return endpointItem(node, this.#style());
  }

  /** Asked for when the pointer rests on a row: the only sign of it that there is. */
  resolveTreeItem(item: vscode.TreeItem, node: EndpointNode): vscode.TreeItem {
    this.#options.shown.sign('rowHovered');
    item.tooltip = endpointTooltip(node, this.#style());
    return item;
  }

  getParent(node: EndpointNode): EndpointNode | undefined {
    return node.kind === 'service' || node.kind === 'exceptions' ? undefined : node.parent;
  }

  getChildren(node?: EndpointNode): EndpointNode[] | Promise<EndpointNode[]> {
    if (!node) return this.#top();
    if (node.kind === 'exceptions') return [...exceptionNodes(node)];
    if (node.kind === 'service') return node.group.rows.map((row) => rowNode(row, node));
    return node.kind === 'row' ? this.#tracesOf(node) : [];
  }

  dispose(): void {
    this.cancel();
    this.#owned.dispose();
  }

  #style(): ItemStyle {
    return {
      order: this.#order,
      windowMinutes: this.#options.shown.windowMinutes,
      slowMicroseconds: readSetting('spanhop.lens.slowMilliseconds') * 1_000,
      folders: this.#folders,
    };
  }

  async #show(): Promise<void> {
    const { answer } = this.#options.shown.state;
    const isOther = answer !== this.#answer;
    this.#answer = answer;
    if (isOther) {
      this.cancel();
      this.#traces.clear();
    }
    this.#changed.fire(undefined);
    if (!isOther || answer === undefined) return;
    try {
      const folders = await this.#options.engine.call('serviceFolders', {});
      if (this.#answer !== answer || isDeepStrictEqual(folders, this.#folders)) return;
      this.#folders = folders;
      this.#changed.fire(undefined);
    } catch (error) {
      if (!isAbort(error)) this.#options.log.error('Failed to read the service folders.', error);
    }
  }

  #top(): EndpointNode[] {
    const errors = exceptionsNode(this.#options.shown.state.sample, this.#filter);
    return [...(errors ? [errors] : []), ...this.#services()];
  }

  #services(): ServiceNode[] {
    const { answer, sample } = this.#options.shown.state;
    const rows = answer?.rows ?? [];
    const kinds = rowKinds(rows, sample?.kinds ?? []);
    const found = groupEndpoints(rows, this.#order, this.#filter, kinds);
    const groups = layOut(found, rows, this.#order, kinds);
    return groups.map((group) => ({ kind: 'service', service: group.service, group }));
  }

  #tracesOf(row: RowNode): Promise<EndpointNode[]> {
    const known = this.#traces.get(row.endpointId) ?? this.#readTraces(row);
    this.#traces.set(row.endpointId, known);
    return known;
  }

  async #readTraces(parent: RowNode): Promise<EndpointNode[]> {
    const { feed, log } = this.#options;
    const note = (text: string): EndpointNode => ({ kind: 'note', text, parent });
    const { endpointId } = parent;
    try {
      const { traces, complete, reason } = await this.#ask({
        endpointId,
        window: feed.window(),
        limit: tracesBelowRow,
      });
      const found = traces.map((summary): EndpointNode => ({
        kind: 'trace',
        summary,
        traceId: summary.traceId,
        parent,
      }));
      const missing = complete || reason === '' ? [] : [note(reason)];
      return found.length + missing.length === 0
        ? [note(vscode.l10n.t('No traces kept'))]
        : [...found, ...missing];
    } catch (error) {
      if (isAbort(error))
        return [note(vscode.l10n.t('Loading was cancelled. Select Refresh to try again.'))];
      log.error(`The traces of ${parent.title} could not be read.`, error);
      return [note(errorText(error))];
    }
  }

  async #ask(params: Parameters<EngineMethods['tracesOf']>[0]): Promise<SearchAnswer> {
    const question = new AbortController();
    this.#questions.add(question);
    this.#asked.fire();
    try {
      return await this.#options.engine.call('tracesOf', params, question.signal);
    } finally {
      this.#questions.delete(question);
      this.#asked.fire();
    }
  }
}
