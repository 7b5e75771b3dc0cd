import * as vscode from 'vscode';
import type { WorkspacePath } from '../../core/code/location.ts';
import { workspacePath } from '../paths.ts';

const languages = ['typescript', 'javascript'] as const;

/** The documents that get lenses and hovers. */
export const codeDocuments: vscode.DocumentSelector = languages.map((language) => ({
  language,
  scheme: 'file',
}));

export const isCodeDocument = (document: vscode.TextDocument): boolean =>
  vscode.languages.match(codeDocuments, document) > 0;

/** Paths of the code files that are open, shown or not. */
export function openCodePaths(): readonly WorkspacePath[] {
  return vscode.workspace.textDocuments
    .filter((document) => !document.isClosed && isCodeDocument(document))
    .map((document) => workspacePath(document.uri.fsPath));
}

/** Code as the editor shows it where that isn't what is in its file. */
export const unsavedCode = (): readonly { readonly path: WorkspacePath; readonly text: string }[] =>
  vscode.workspace.textDocuments
    .filter((document) => document.isDirty && isCodeDocument(document))
    .map((document) => ({ path: workspacePath(document.uri.fsPath), text: document.getText() }));

export const hasVisibleCode = (): boolean =>
  vscode.window.visibleTextEditors.some((editor) => isCodeDocument(editor.document));
