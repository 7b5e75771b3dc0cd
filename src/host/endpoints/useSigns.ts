import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { UseSign } from './viewUse.ts';

/**
 * What tells that a tree view is used, or that the user is elsewhere: see docs/decisions/calm-endpoints.md. That the
 * pointer rests on a row is told by its tooltip being asked for.
 */
export function watchUse(
  view: vscode.TreeView<unknown>,
  onSign: (sign: UseSign) => void,
): Disposable {
  const owned = new DisposableStore();
  const { window, languages } = vscode;
  const used = () => onSign('rowUsed');
  owned.add(
    view.onDidChangeSelection(({ selection }) => {
      if (selection.length > 0) used();
    }),
  );
  owned.add(view.onDidExpandElement(used));
  owned.add(view.onDidCollapseElement(used));
  owned.add(
    view.onDidChangeVisibility(({ visible }) => onSign(visible ? 'viewShown' : 'viewHidden')),
  );
  owned.add(
    window.onDidChangeTextEditorSelection(({ kind }) => {
      if (isByHand(kind)) onSign('usedElsewhere');
    }),
  );
  owned.add(window.onDidStartTerminalShellExecution(() => onSign('usedElsewhere')));
  owned.add(
    window.onDidChangeWindowState(({ focused }) => {
      if (!focused) onSign('windowLeft');
    }),
  );
  owned.add(
    languages.registerHoverProvider(
      { pattern: '**' },
      {
        provideHover: () => {
          onSign('codeHovered');
          return undefined;
        },
      },
    ),
  );
  return owned;
}

const isByHand = (kind: vscode.TextEditorSelectionChangeKind | undefined): boolean =>
  kind === vscode.TextEditorSelectionChangeKind.Keyboard ||
  kind === vscode.TextEditorSelectionChangeKind.Mouse;
