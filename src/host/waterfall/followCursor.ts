import * as vscode from 'vscode';
import { disposable, DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import type { SpanRow } from '../../core/base/units.ts';
import type { WorkspacePath } from '../../core/code/location.ts';
import { lineName } from '../../core/explain/loopText.ts';
import type { Log } from '../../core/ports.ts';
import type { CodeOpener } from '../editor/openCode.ts';
import { isCodeDocument } from '../editor/openDocuments.ts';
import { workspacePath } from '../paths.ts';
import { readSetting } from '../settings/settings.ts';
import { CursorMoves } from './cursorMoves.ts';
import type { TraceLines } from './traceLines.ts';
import type { WaterfallPanel } from './waterfallPanel.ts';
import type { Waterfalls } from './waterfalls.ts';

export interface FollowCursorOptions {
  readonly waterfalls: Waterfalls;
  readonly traceLines: TraceLines;
  readonly opener: CodeOpener;
  readonly log: Log;
}

/** A cursor on its way through lines asks for none of them. */
const restMs = 200;

/**
 * The waterfall on the screen selects the spans of the line with the cursor, else of the method around it; where there are
 * none, the last ones stay. Only where the user put the cursor: not where typing moves it, and not where Spanhop shows code.
 */
export function followCursor(options: FollowCursorOptions): Disposable {
  const { waterfalls, opener, log } = options;
  const owned = new DisposableStore();
  const moves = new CursorMoves();
  let timer: NodeJS.Timeout | undefined;
  let asking = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    asking.abort();
  };
  const follow = async (at: CodePlace) => {
    asking = new AbortController();
    try {
      await selectSpansOf(at, options, asking.signal);
    } catch (error) {
      if (!isAbort(error)) log.error('Failed to select the spans of the line.', error);
    }
  };
  owned.add(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const { document } = textEditor;
      const cursor = selections[0]?.active;
      if (!cursor || textEditor !== vscode.window.activeTextEditor || !isCodeDocument(document))
        return;
      const at = { path: workspacePath(document.uri.fsPath), line: cursor.line + 1 };
      const isOthers = opener.holdsCursor(textEditor);
      if (!moves.isMove({ ...at, version: document.version })) return;
      stop();
      if (isOthers || !waterfalls.shown || !readSetting('spanhop.waterfall.followCursor')) return;
      timer = setTimeout(() => void follow(at), restMs);
    }),
  );
  owned.add(disposable(stop));
  return owned;
}

interface CodePlace {
  readonly path: WorkspacePath;
  readonly line: number;
}

async function selectSpansOf(
  at: CodePlace,
  { waterfalls, traceLines }: FollowCursorOptions,
  signal: AbortSignal,
): Promise<void> {
  const panel = waterfalls.shown;
  if (!panel) return;
  const own = traceLines.at(at.path, at.line);
  const found: { rows: readonly SpanRow[]; name: string } = own
    ? { rows: own.time.rows, name: lineName({ ...own.time.location, line: own.line }) }
    : await spansOfMethod(at, panel, signal);
  signal.throwIfAborted();
  if (found.rows.length > 0)
    await panel.pointOut(found.rows, vscode.l10n.t('Spans of {0}', found.name), signal);
}

async function spansOfMethod(
  at: CodePlace,
  { trace }: Pick<WaterfallPanel, 'trace'>,
  signal: AbortSignal,
): Promise<{ rows: readonly SpanRow[]; name: string }> {
  const { rows, symbol } = await trace.rowsAt(at, signal);
  return { rows: symbol === '' ? [] : rows, name: symbol };
}
