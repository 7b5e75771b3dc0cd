import * as vscode from 'vscode';
import type { CodeLocation } from '../../core/code/location.ts';
import type { HandlerLine } from '../../engine/methods.ts';
import type { FileLines } from '../code/fileLines.ts';
import { workspacePath } from '../paths.ts';

/** Of the active editor; undefined: there is none. */
export function cursorLocation(): CodeLocation | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const { line, character } = editor.selection.active;
  return {
    path: workspacePath(editor.document.uri.fsPath),
    line: line + 1,
    column: character + 1,
  };
}

/** The handler around a line, when requests of it are known. */
export async function handlerAt(
  at: CodeLocation,
  lines: FileLines,
): Promise<HandlerLine | undefined> {
  const known = await lines.get(at.path);
  return known?.handlers.find(
    ({ firstLine, lastLine, line }) =>
      firstLine <= at.line && at.line <= lastLine && line.figures !== undefined,
  )?.line;
}
