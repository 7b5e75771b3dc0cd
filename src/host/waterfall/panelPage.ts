import * as vscode from 'vscode';
import { waterfallHtml } from '../../protocol/waterfallHtml.ts';
import { allowPage, pageParts } from '../webviewPage.ts';

/** Gives a panel its icon, and what its page may load. */
export function preparePanel(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  allowPage(panel.webview, extensionUri);
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'waterfall.svg');
}

/**
 * Loads the page, which then asks for its trace.
 * @param traceId that the page keeps; empty: none
 */
export function loadPage(
  { webview, title }: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  traceId: string,
): void {
  webview.html = waterfallHtml({
    ...pageParts(webview, extensionUri, 'waterfall'),
    title,
    traceId,
    messages: vscode.l10n.bundle ?? {},
  });
}
