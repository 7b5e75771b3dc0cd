import * as vscode from 'vscode';

/** An icon of a tree item, from an SVG document. */
export const svgUri = (svg: string): vscode.Uri =>
  vscode.Uri.parse(`data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`);
