import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { Log, SearchAnswer } from '../../core/ports.ts';
import type { EngineMethods, ServiceFolder } from '../../engine/methods.ts';
import { setContextKey } from '../commands.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { readSetting } from '../settings/settings.ts';
import { endpointItem } from './endpointItems.ts';
import { rowNode, type EndpointNode, type RowNode, type ServiceNode } from './endpointNodes.ts';
import { groupEndpoints, valueOf, type EndpointOrder } from './endpointOrder.ts';

export interface EndpointTreeOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly log: Log;
}

/** Slowest traces shown below a row. */
const tracesBelowRow = 5;

/** The rows of the Endpoints view: services, their handlers and operations, and their slowest traces. */
export class EndpointTree implements vscode.TreeDataProvider<EndpointNode>, Disposable {
  readonly #options: EndpointTreeOptions;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<EndpointNode | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #order: EndpointOrder = 'p95';
  #filter = '';
  #folders: readonly ServiceFolder[] = [];
  #shown: unknown;
  /** For the traces below rows: of which row each is. */
  readonly #questions = new Map<AbortController, string>();
  /** Rows whose traces the user didn't wait for: the editor asks for them again with each change of the tree. */
  readonly #cancelled = new Set<string>();
  readonly #asked = this.#owned.add(new vscode.EventEmitter<void>());
  /** Traces below rows are asked for, or no longer. */
  readonly onAsking = this.#asked.event;

  constructor(options: EndpointTreeOptions) {
    this.#options = options;
    this.#owned.add(
      options.feed.onChange(({ answer, busy }) => {
        if (busy) this.#cancelled.clear();
        if (answer !== this.#shown) void this.#show(answer);
      }),
    );
  }

  get order(): EndpointOrder {
    return this.#order;
  }
  get filter(): string {
    return this.#filter;
  }

  get isAsking(): boolean {
    return this.#questions.size > 0;
  }

  /** Stops asking for traces, as the user wants it, until figures are read again. */
  cancel(): void {
    for (const [question, endpointId] of this.#questions) {
      this.#cancelled.add(endpointId);
      question.abort();
    }
  }

  sortBy(order: EndpointOrder): void {
    this.#order = order;
    this.#changed.fire(undefined);
  }

  filterBy(filter: string): void {
    this.#filter = filter.trim();
    setContextKey('spanhop.endpointsFiltered', this.#filter !== '');
    this.#changed.fire(undefined);
  }

  getTreeItem(node: EndpointNode): vscode.TreeItem {
    return endpointItem(node, {
      order: this.#order,
      windowMinutes: this.#options.feed.shownMinutes,
      slowMicroseconds: readSetting('spanhop.lens.slowMilliseconds') * 1_000,
      folders: this.#folders,
    });
  }

  getParent(node: EndpointNode): EndpointNode | undefined {
    return node.kind === 'service' ? undefined : node.parent;
  }

  getChildren(node?: EndpointNode): EndpointNode[] | Promise<EndpointNode[]> {
    if (!node) return this.#services();
    if (node.kind === 'service') return this.#rowsOf(node);
    return node.kind === 'row' ? this.#tracesOf(node) : [];
  }

  dispose(): void {
    this.cancel();
    this.#owned.dispose();
  }

  async #show(answer: unknown): Promise<void> {
    this.#shown = answer;
    this.#changed.fire(undefined);
    if (answer === undefined) return;
    try {
      const folders = await this.#options.engine.call('serviceFolders', {});
      // The traces below open rows are asked for with each change: of a Jaeger that is much.
      if (this.#shown !== answer || isDeepStrictEqual(folders, this.#folders)) return;
      this.#folders = folders;
      this.#changed.fire(undefined);
    } catch (error) {
      if (!isAbort(error)) this.#options.log.error('The service folders could not be read.', error);
    }
  }

  #services(): ServiceNode[] {
    const rows = this.#options.feed.state.answer?.rows ?? [];
    return groupEndpoints(rows, this.#order, this.#filter).map((group) => ({
      kind: 'service',
      service: group.service,
      group,
    }));
  }

  #rowsOf(node: ServiceNode): RowNode[] {
    const all = this.#options.feed.state.answer?.rows ?? [];
    const most = all.reduce((value, row) => Math.max(value, valueOf(row, this.#order)), 0);
    return node.group.rows.map((row) =>
      rowNode(row, node, most === 0 ? 0 : valueOf(row, this.#order) / most),
    );
  }

  async #tracesOf(parent: RowNode): Promise<EndpointNode[]> {
    const { feed, log } = this.#options;
    const note = (text: string): EndpointNode => ({ kind: 'note', text, parent });
    const cancelled = () => note(vscode.l10n.t('Reading was cancelled. Refresh reads again.'));
    const { endpointId } = parent;
    if (this.#cancelled.has(endpointId)) return [cancelled()];
    try {
      const { traces } = await this.#ask({
        endpointId,
        window: feed.window(),
        limit: tracesBelowRow,
      });
      if (traces.length === 0) return [note(vscode.l10n.t('No trace of it is kept any more'))];
      return traces.map((summary) => ({
        kind: 'trace',
        summary,
        traceId: summary.traceId,
        parent,
      }));
    } catch (error) {
      if (isAbort(error)) return [cancelled()];
      log.error(`The traces of ${parent.title} could not be read.`, error);
      return [note(error instanceof Error ? error.message : String(error))];
    }
  }

  async #ask(params: Parameters<EngineMethods['tracesOf']>[0]): Promise<SearchAnswer> {
    const question = new AbortController();
    this.#questions.set(question, params.endpointId);
    this.#asked.fire();
    try {
      return await this.#options.engine.call('tracesOf', params, question.signal);
    } finally {
      this.#questions.delete(question);
      this.#asked.fire();
    }
  }
}
