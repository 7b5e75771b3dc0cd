import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { heatOf, heats, type Heat } from '../../core/correlate/lines/heat.ts';
import { slowColor } from '../endpoints/barIcon.ts';
import { workspacePath } from '../paths.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import { svgUri } from '../svgUri.ts';
import type { TraceLines } from '../waterfall/traceLines.ts';
import { heatIcon } from './heatIcon.ts';
import { isCodeDocument } from './openDocuments.ts';

/** Of 255: on the ruler a mark can't be higher, so that it is stronger. */
const rulerOpacity: Readonly<Record<Heat, string>> = { some: '66', much: 'aa', most: 'ff' };

/**
 * Marks in the gutter and on the overview ruler the lines that hold the time of the trace on the screen. The editor moves
 * them with the text; they are drawn again when the trace was mapped to the new one, and gone with the waterfall.
 */
export function registerHeatMarks(traceLines: TraceLines): Disposable {
  const owned = new DisposableStore();
  const types = heats.map((heat) => ({ heat, type: owned.add(markOf(heat)) }));
  const draw = (editors: readonly vscode.TextEditor[]) => {
    for (const editor of editors) {
      if (!isCodeDocument(editor.document)) continue;
      const marks = marksIn(editor.document, traceLines);
      for (const { heat, type } of types) editor.setDecorations(type, marks.get(heat) ?? []);
    }
  };
  const drawAll = () => draw(vscode.window.visibleTextEditors);
  owned.add(traceLines.onChange(drawAll));
  owned.add(vscode.window.onDidChangeVisibleTextEditors(draw));
  owned.add(onSettingsChange([setting], drawAll));
  return owned;
}

const setting = 'spanhop.waterfall.heat';

/** Whether the user wants marks. */
export const showsHeat = (): boolean => readSetting(setting);

const markOf = (heat: Heat): vscode.TextEditorDecorationType =>
  vscode.window.createTextEditorDecorationType({
    gutterIconPath: svgUri(heatIcon(heat)),
    gutterIconSize: 'contain',
    overviewRulerColor: slowColor + rulerOpacity[heat],
    overviewRulerLane: vscode.OverviewRulerLane.Center,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });

/** One character a line, its first that isn't blank: what is typed before it moves the mark along. */
function marksIn(
  document: vscode.TextDocument,
  traceLines: TraceLines,
): ReadonlyMap<Heat, readonly vscode.Range[]> {
  const marks = new Map<Heat, vscode.Range[]>();
  const shown = showsHeat() ? traceLines.in(workspacePath(document.uri.fsPath)) : undefined;
  for (const { time, line } of shown?.lines ?? []) {
    const heat = shown && heatOf(time.self, shown.whole);
    if (!heat || line > document.lineCount) continue;
    const start = document.lineAt(line - 1).firstNonWhitespaceCharacterIndex;
    const of = marks.get(heat) ?? [];
    marks.set(heat, of);
    of.push(new vscode.Range(line - 1, start, line - 1, start + 1));
  }
  return marks;
}
