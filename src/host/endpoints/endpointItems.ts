import * as vscode from 'vscode';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import { formatCount } from '../../core/base/format.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import type { ServiceFolder } from '../../engine/methods.ts';
import { commandOf } from '../commands.ts';
import { itemKinds } from '../contributions.ts';
import { shownPath } from '../paths.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { spokenTrace, traceDescription, traceTitle } from '../traces/traceText.ts';
import { svgUri } from '../svgUri.ts';
import { barIcon, type BarTone } from './barIcon.ts';
import type {
  EndpointNode,
  NoteNode,
  RowNode,
  ServiceNode,
  SlowTraceNode,
} from './endpointNodes.ts';
import type { EndpointOrder } from './endpointOrder.ts';
import { rowDescription, rowDetails, rowLabel, spokenRow } from './endpointText.ts';

export interface ItemStyle {
  readonly order: EndpointOrder;
  readonly windowMinutes: number;
  readonly slowMicroseconds: number;
  readonly folders: readonly ServiceFolder[];
}

/** A node as the tree draws it. */
export function endpointItem(node: EndpointNode, style: ItemStyle): vscode.TreeItem {
  switch (node.kind) {
    case 'service':
      return serviceItem(node, style.folders);
    case 'row':
      return rowItem(node, style);
    case 'trace':
      return slowTraceItem(node);
    case 'note':
      return noteItem(node);
  }
}

function serviceItem({ service, group }: ServiceNode, folders: readonly ServiceFolder[]) {
  const name = service === '' ? vscode.l10n.t('No service known') : visibleText(service);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  const found = folders.find((folder) => folder.service === service);
  const folder =
    found?.folder === undefined ? undefined : shownPath(found.folder, workspaceFolders());
  const withTraces = group.rows.filter((row) => row.figures).length;
  item.id = `service:${service}`;
  item.iconPath = new vscode.ThemeIcon('server-process');
  item.description = [
    vscode.l10n.t(
      '{0} of {1} with traces',
      formatCount(withTraces),
      formatCount(group.rows.length),
    ),
    ...(folder === undefined ? [] : [folder]),
  ].join(' · ');
  item.tooltip = [
    name,
    ...(found ? [folder ?? vscode.l10n.t('No folder found'), found.evidence] : []),
  ].join('\n');
  if (service !== '') item.contextValue = itemKinds.service;
  return item;
}

function rowItem(node: RowNode, style: ItemStyle): vscode.TreeItem {
  const { row, title, location } = node;
  const { figures } = row;
  const item = new vscode.TreeItem(
    rowLabel(row, style.order),
    figures ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `row:${row.id}`;
  item.description = rowDescription(row, style.order, style.windowMinutes);
  item.tooltip = [title, ...rowDetails(row)].join('\n');
  item.accessibilityInformation = { label: spokenRow(row, style.windowMinutes) };
  item.iconPath = figures
    ? svgUri(barIcon(node.share, toneOf(row, style.slowMicroseconds)))
    : new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('disabledForeground'));
  if (location) {
    item.contextValue = figures ? itemKinds.handlerWithTraces : itemKinds.handler;
    item.command = commandOf('spanhop.goToSource', vscode.l10n.t('Go to Source'), node);
  } else item.contextValue = itemKinds.unmapped;
  return item;
}

function toneOf({ figures }: RowNode['row'], slowMicroseconds: number): BarTone {
  if (figures && figures.errors / figures.count >= 0.05) return 'failing';
  return figures && figures.p95 >= slowMicroseconds ? 'slow' : 'calm';
}

function slowTraceItem({ summary, traceId }: SlowTraceNode): vscode.TreeItem {
  const item = new vscode.TreeItem(traceTitle(summary, 'matched'));
  const now = epochFromMilliseconds(Date.now());
  item.description = traceDescription(summary, now);
  item.iconPath = new vscode.ThemeIcon(summary.errorCount > 0 ? 'error' : 'list-tree');
  item.accessibilityInformation = { label: spokenTrace(summary, now) };
  item.contextValue = itemKinds.trace;
  item.command = commandOf('spanhop.openTrace', vscode.l10n.t('Open Trace'), { traceId });
  return item;
}

function noteItem({ text }: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.tooltip = text;
  item.iconPath = new vscode.ThemeIcon('info');
  return item;
}
