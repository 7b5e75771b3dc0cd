import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { workspacePath } from '../paths.ts';
import { realPlace, type RealPlace } from '../realPaths.ts';
import { cursorCharacter } from './cursorCharacter.ts';

export interface OpenAnswer {
  readonly opened: boolean;
  /** Why not, as a sentence; empty when it was opened. */
  readonly reason: string;
}

/**
 * As the editor's lists do: `look`, a click: a preview tab, the keyboard stays where it is and nothing is asked;
 * `go`, a link: a preview tab with the focus; `keep`, Enter or a double click: a tab that stays, with the focus.
 */
export type OpenManner = 'look' | 'go' | 'keep';

/** Where and how code is opened. */
export interface OpenOptions {
  /** In another column than this one; undefined: in the active one. */
  readonly besideOf?: vscode.ViewColumn | undefined;
  readonly manner: OpenManner;
  /** False: only where a column beside is there already, and nothing is said where there is none. */
  readonly mayAddColumn?: boolean;
  /** Nobody wants to see it any more. */
  readonly signal?: AbortSignal;
}

/** A look that makes a column waits so long for a second click, which would else fall into the new column. */
const doubleClickMs = 300;

/** How long the line that was opened stays lit. */
const highlightMs = 1_800;

/** Opens code and lights up the line for a moment. Spans can name any path: those that lead out of the workspace ask first. */
export class CodeOpener implements Disposable {
  readonly #line = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    borderColor: new vscode.ThemeColor('editor.rangeHighlightBorder'),
    isWholeLine: true,
  });
  #timer: NodeJS.Timeout | undefined;
  /** Where it put the cursor last. */
  #shown: { readonly document: vscode.TextDocument; readonly cursor: vscode.Position } | undefined;

  /** Whether the cursor is where this put it. Once it was elsewhere it is the user's, there too. */
  holdsCursor({ document, selection }: vscode.TextEditor): boolean {
    if (this.#shown?.document !== document) return false;
    if (this.#shown.cursor.isEqual(selection.active)) return true;
    this.#shown = undefined;
    return false;
  }

  async open(location: CodeLocation, options: OpenOptions): Promise<OpenAnswer> {
    const { besideOf, manner, mayAddColumn = true, signal } = options;
    const path = workspacePath(location.path);
    const shown = shownOf(path);
    const place = await realPlace(path, workspaceFolders());
    if (!place.isInside) {
      const refusal = await refusalOutside(path, place, manner);
      if (refusal !== undefined) return { opened: false, reason: refusal };
    }
    const uri = vscode.Uri.file(location.path);
    const addsColumn = () => columnFor(uri, besideOf) === vscode.ViewColumn.Beside;
    if (!mayAddColumn && addsColumn()) return { opened: false, reason: '' };
    const document = await openDocument(uri);
    if (!document)
      return {
        opened: false,
        reason: vscode.l10n.t(
          "Can't open {0}. It was moved or deleted, or isn't a text file.",
          shown,
        ),
      };
    const isLook = manner === 'look';
    if (isLook && addsColumn()) await pause(doubleClickMs, undefined, signal && { signal });
    signal?.throwIfAborted();
    const viewColumn = columnFor(uri, besideOf);
    const onScreen = shownIn(viewColumn, document);
    const cursor = cursorAt(document, location);
    this.#shown = { document, cursor };
    // Before it has the keyboard: a key that follows at once moves the cursor from there.
    if (onScreen) onScreen.selection = new vscode.Selection(cursor, cursor);
    const editor = await vscode.window.showTextDocument(document, {
      viewColumn,
      preserveFocus: isLook,
      preview: manner !== 'keep',
      ...(!onScreen && { selection: new vscode.Range(cursor, cursor) }),
    });
    this.#reveal(editor, cursor.line, onScreen !== undefined);
    return { opened: true, reason: '' };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#line.dispose();
  }

  /**
   * Only the line's start is revealed: the cursor may be further right, but the code is not scrolled sideways. Code that comes
   * on the screen has the line in its middle: lenses, which come later, would push it off the bottom.
   */
  #reveal(editor: vscode.TextEditor, lineNumber: number, wasOnScreen: boolean): void {
    const range = new vscode.Range(lineNumber, 0, lineNumber, 0);
    const { InCenter, InCenterIfOutsideViewport } = vscode.TextEditorRevealType;
    editor.revealRange(range, wasOnScreen ? InCenterIfOutsideViewport : InCenter);
    editor.setDecorations(this.#line, [range]);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const other of vscode.window.visibleTextEditors) other.setDecorations(this.#line, []);
    }, highlightMs);
  }
}

export const workspaceFolders = (): readonly string[] =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => workspacePath(uri.fsPath));

/** Why a file outside the workspace isn't opened; undefined when the user wants it opened. A look asks nothing. */
async function refusalOutside(
  path: string,
  place: RealPlace,
  manner: OpenManner,
): Promise<string | undefined> {
  if (manner === 'look')
    return vscode.l10n.t(
      '{0} is outside the workspace. Press Enter or double-click to open it.',
      shownOf(place.path),
    );
  return (await mayOpen(path, place))
    ? undefined
    : vscode.l10n.t("{0} is outside the workspace and wasn't opened.", shownOf(path));
}

async function mayOpen(path: string, real: RealPlace): Promise<boolean> {
  const open = vscode.l10n.t('Open');
  const detail =
    real.path === path
      ? vscode.l10n.t('Path recorded on the span: {0}', shownOf(path))
      : vscode.l10n.t('{0} is a link to {1}.', shownOf(path), shownOf(real.path));
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Open this file outside the workspace?'),
    { modal: true, detail },
    open,
  );
  return choice === open;
}

const shownOf = (path: string) => visibleText(shortened(path, 300));

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // the caller says so
  }
}

/** Where a location is in the text as it is now: it may have lost lines since. */
function cursorAt(document: vscode.TextDocument, { line, column }: CodeLocation): vscode.Position {
  const last = document.lineCount - 1;
  const { lineNumber, text } = document.lineAt(Math.min(Math.max(line - 1, 0), last));
  return new vscode.Position(lineNumber, cursorCharacter(text, column));
}

function shownIn(
  column: vscode.ViewColumn,
  document: vscode.TextDocument,
): vscode.TextEditor | undefined {
  const { viewColumn } = vscode.window.tabGroups.activeTabGroup;
  const wanted = column === vscode.ViewColumn.Active ? viewColumn : column;
  return vscode.window.visibleTextEditors.find(
    (editor) => editor.document === document && editor.viewColumn === wanted,
  );
}

/** Beside a column: the one that shows the file already, else another one, else a new one. */
function columnFor(uri: vscode.Uri, besideOf: vscode.ViewColumn | undefined): vscode.ViewColumn {
  if (besideOf === undefined) return vscode.ViewColumn.Active;
  const shown = vscode.window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString() && editor.viewColumn !== besideOf,
  );
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== besideOf);
  return shown?.viewColumn ?? other?.viewColumn ?? vscode.ViewColumn.Beside;
}
