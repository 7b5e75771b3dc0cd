import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { mappingItem } from './mappingItems.ts';
import { childNodes, rootNodes, type MappingNode } from './mappingNodes.ts';
import type { MappingReportLoader } from './mappingReportLoader.ts';

/** The rows of the Mapping view: of the last report that was read. */
export class MappingTree implements vscode.TreeDataProvider<MappingNode>, Disposable {
  readonly #reading: MappingReportLoader;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<MappingNode | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  #shown: unknown;

  constructor(reading: MappingReportLoader) {
    this.#reading = reading;
    this.#owned.add(
      reading.onChange(({ answer }) => {
        if (answer === this.#shown) return;
        this.#shown = answer;
        this.#changed.fire(undefined);
      }),
    );
  }

  getTreeItem(node: MappingNode): vscode.TreeItem {
    return mappingItem(node);
  }

  getChildren(node?: MappingNode): MappingNode[] {
    if (node) return [...childNodes(node)];
    const report = this.#reading.state.answer?.report;
    return report && report.traces > 0 ? [...rootNodes(report)] : [];
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
