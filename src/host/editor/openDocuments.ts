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

interface OpenCode {
  readonly path: WorkspacePath;
  readonly text: string;
}

const openDocuments = (): readonly vscode.TextDocument[] =>
  vscode.workspace.textDocuments.filter(
    (document) => !document.isClosed && isCodeDocument(document),
  );

const pathOf = ({ uri }: vscode.TextDocument): WorkspacePath => workspacePath(uri.fsPath);

const codeOf = (document: vscode.TextDocument): OpenCode => ({
  path: pathOf(document),
  text: document.getText(),
});

/** Paths of the code files that are open, shown or not. */
export const openCodePaths = (): readonly WorkspacePath[] => openDocuments().map(pathOf);

/** Code as the editor shows it where that isn't what is in its file. */
export const unsavedCode = (): readonly OpenCode[] =>
  openDocuments()
    .filter(({ isDirty }) => isDirty)
    .map(codeOf);

/** A code file as the editor shows it, saved or not; undefined: it isn't open. */
export function openCode(path: WorkspacePath): OpenCode | undefined {
  const document = openDocuments().find((open) => pathOf(open) === path);
  return document && codeOf(document);
}

export const hasVisibleCode = (): boolean =>
  vscode.window.visibleTextEditors.some((editor) => isCodeDocument(editor.document));
