import * as vscode from 'vscode';
import type { CommandId } from '../contributions.ts';
import { escapedMarkdown } from '../labels.ts';

const linkedCommands: readonly CommandId[] = [
  'spanhop.showHandlerTraces',
  'spanhop.showCallTrace',
  'spanhop.explain',
  'spanhop.goToSource',
  'spanhop.showLineSpans',
];

/** Text is escaped; of commands, only those that hovers link to may run. */
export function trustedMarkdown(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = { enabledCommands: linkedCommands };
  markdown.appendMarkdown(`**Spanhop** ${escapedMarkdown(title)}`);
  for (const line of lines) markdown.appendMarkdown(`\n\n${escapedMarkdown(line)}`);
  return markdown;
}
