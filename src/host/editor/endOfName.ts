import * as vscode from 'vscode';

/** Where the word ends that begins there. */
export function endOfName(document: vscode.TextDocument, line: number, character: number): number {
  const word = document.getWordRangeAtPosition(new vscode.Position(line, character));
  return word?.end.character ?? character + 1;
}
