import * as vscode from 'vscode';
import { visibleLines } from '../core/base/visibleText.ts';
import { withoutLinks } from './labels.ts';

/* eslint-disable no-restricted-syntax -- every pop-up is shown from here, made harmless */

/** Tells something, or offers `actions`. @returns the action that was chosen; undefined when it was closed. */
export async function inform(
  text: string,
  ...actions: readonly string[]
): Promise<string | undefined> {
  return vscode.window.showInformationMessage(harmless(text), ...actions);
}

/** Tells what failed. @returns as `inform` */
export async function complain(
  text: string,
  ...actions: readonly string[]
): Promise<string | undefined> {
  return vscode.window.showErrorMessage(harmless(text), ...actions);
}

/** Asks before something is done. @returns whether the user wants it */
export async function confirm(question: string, detail: string, action: string): Promise<boolean> {
  const options = { modal: true, detail: visibleLines(detail) };
  return (
    (await vscode.window.showInformationMessage(harmless(question), options, action)) === action
  );
}

/** What spans, servers and files say is in it. */
const harmless = (text: string): string => withoutLinks(visibleLines(text));
