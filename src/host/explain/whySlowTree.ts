import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { commandOf } from '../commands.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { barIcon } from '../endpoints/barIcon.ts';
import { svgUri } from '../svgUri.ts';
import type { Asked, ExplanationLoader } from './explanationLoader.ts';
import { childNodes, pathTo, rootNodes, type PlaceNode, type WhySlowNode } from './whySlowNodes.ts';
import { nodeText } from './whySlowText.ts';

/** The rows of the Why Slow view: of the last explanation that was read. */
export class WhySlowTree implements vscode.TreeDataProvider<WhySlowNode>, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<WhySlowNode | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #shown: unknown;
  #roots: readonly WhySlowNode[] = [];
  /** Open at first: those above what most of the time goes to. */
  #opened: ReadonlySet<string> = new Set();
  #most: PlaceNode | undefined;

  constructor(loader: ExplanationLoader) {
    this.#owned.add(
      loader.onChange(({ answer }) => {
        if (answer === this.#shown) return;
        this.#shown = answer;
        this.#roots = answer === undefined ? [] : rootNodes(answer);
        const top = this.#roots.find((node) => node.kind === 'place');
        const path = top === undefined ? [] : firstPath(top, loader.state.asked);
        const most = path.at(-1);
        this.#most = most;
        const opened = most?.cost.loops.length === 0 ? path.slice(0, -1) : path;
        this.#opened = new Set([top, ...opened].flatMap((node) => node?.id ?? []));
        this.#changed.fire(undefined);
      }),
    );
  }

  /** The row of the line that was asked for, else that most of the time goes to, else the topmost. */
  get most(): WhySlowNode | undefined {
    return this.#most;
  }

  getTreeItem(node: WhySlowNode): vscode.TreeItem {
    const { label, description, details, spoken } = nodeText(node, workspaceFolders());
    const item = new vscode.TreeItem(label, this.#stateOf(node));
    item.id = node.id;
    item.description = description;
    item.tooltip = details.join('\n');
    item.accessibilityInformation = { label: spoken };
    item.iconPath = iconOf(node);
    if ((node.kind === 'place' || node.kind === 'loop') && node.location)
      item.command = commandOf('spanhop.clickRow', vscode.l10n.t('Go to Source'), node);
    return item;
  }

  getParent(node: WhySlowNode): WhySlowNode | undefined {
    return node.parent;
  }

  getChildren(node?: WhySlowNode): WhySlowNode[] {
    return [...(node ? childNodes(node) : this.#roots)];
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #stateOf(node: WhySlowNode): vscode.TreeItemCollapsibleState {
    const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
    if (childNodes(node).length === 0) return None;
    return this.#opened.has(node.id) ? Expanded : Collapsed;
  }
}

/** To the line that was asked for, else to what most of the time goes to. */
function firstPath(top: PlaceNode, asked: Asked | undefined): readonly PlaceNode[] {
  const { path, line } = asked?.line ?? {};
  const asks = pathTo(top, ({ location }) => location?.path === path && location?.line === line);
  return line === undefined || asks.length === 1
    ? pathTo(top, (one) => one === top.dominant)
    : asks;
}

function iconOf(node: WhySlowNode): NonNullable<vscode.TreeItem['iconPath']> {
  switch (node.kind) {
    case 'shares':
      return new vscode.ThemeIcon(node.by === 'kind' ? 'pie-chart' : 'server-process');
    case 'share':
      return svgUri(barIcon(node.share, 'calm'));
    case 'differences':
      return new vscode.ThemeIcon('diff');
    case 'difference':
      return new vscode.ThemeIcon('info');
    case 'place':
      return svgUri(barIcon(node.cost.share, node.cost === node.dominant ? 'slow' : 'calm'));
    case 'loop':
      return new vscode.ThemeIcon('sync');
    case 'rest':
    case 'omitted':
      return new vscode.ThemeIcon('ellipsis');
  }
}
