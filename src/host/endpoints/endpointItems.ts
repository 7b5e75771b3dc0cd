import * as vscode from 'vscode';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import { formatCount } from '../../core/base/format.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import { errorShare } from '../../core/correlate/figures/figuresText.ts';
import type { ServiceFolder } from '../../engine/methods.ts';
import { commandOf } from '../commands.ts';
import { itemKinds } from '../contributions.ts';
import { shownPath } from '../paths.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { escapedMarkdown } from '../labels.ts';
import { spokenTrace, traceDescription, traceDetails, traceTitle } from '../traces/traceText.ts';
import { svgUri } from '../svgUri.ts';
import {
  exceptionItem,
  exceptionsItem,
  exceptionsTooltip,
  exceptionTooltip,
} from './exceptionItems.ts';
import { barIcon, kindColors, type BarTone } from './barIcon.ts';
import type {
  EndpointNode,
  NoteNode,
  RowNode,
  ServiceNode,
  SlowTraceNode,
} from './endpointNodes.ts';
import type { RowOrder } from './endpointOrder.ts';
import { rowDescription, rowDetails, spokenRow } from './endpointText.ts';
import { kindParts } from './rowKinds.ts';

export interface ItemStyle {
  readonly order: RowOrder;
  readonly windowMinutes: number;
  readonly slowMicroseconds: number;
  readonly folders: readonly ServiceFolder[];
}

/** A node as the tree draws it. */
export function endpointItem(node: EndpointNode, style: ItemStyle): vscode.TreeItem {
  switch (node.kind) {
    case 'exceptions':
      return exceptionsItem(node);
    case 'exception':
      return exceptionItem(node);
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

/** What says more of a node, once the pointer rests on it. */
export function endpointTooltip(
  node: EndpointNode,
  { folders }: ItemStyle,
): string | vscode.MarkdownString {
  switch (node.kind) {
    case 'exceptions':
      return exceptionsTooltip(node);
    case 'exception':
      return exceptionTooltip(node);
    case 'service': {
      const found = folders.find(({ service }) => service === node.service);
      return [serviceName(node), ...(found ? folderLines(found) : [])].join('\n');
    }
    case 'row':
      return rowTooltip(node);
    case 'trace':
      return traceDetails(node.summary).join('\n');
    case 'note':
      return node.text;
  }
}

/** With the legend of its bar: the only markup, since every text is escaped. */
function rowTooltip({ title, row, kinds }: RowNode): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.supportHtml = true;
  const legend = (kinds ? kindParts(kinds) : []).map(
    ({ kind, text }) =>
      `<span style="color:${kindColors[kind]};">■</span> ${escapedMarkdown(text)}`,
  );
  const [first = '', ...rest] = [title, ...rowDetails(row, kinds)].map(escapedMarkdown);
  const lines = [first, ...(legend.length > 0 ? [legend.join(' · ')] : []), ...rest];
  return tooltip.appendMarkdown(lines.join('  \n'));
}

const serviceName = ({ service }: ServiceNode): string =>
  service === '' ? vscode.l10n.t('Unknown service') : visibleText(service);

const shownFolder = ({ folder }: ServiceFolder): string | undefined =>
  folder === undefined ? undefined : shownPath(folder, workspaceFolders());

const folderLines = (found: ServiceFolder): readonly string[] => [
  shownFolder(found) ?? vscode.l10n.t('No folder found'),
  found.evidence,
];

function serviceItem(node: ServiceNode, folders: readonly ServiceFolder[]): vscode.TreeItem {
  const { service, group } = node;
  const item = new vscode.TreeItem(serviceName(node), vscode.TreeItemCollapsibleState.Expanded);
  const found = folders.find((folder) => folder.service === service);
  const folder = found && shownFolder(found);
  const withTraces = group.rows.filter(({ row }) => row.figures).length;
  item.id = `service:${service}`;
  item.iconPath = new vscode.ThemeIcon('server-process');
  item.description = [
    ...(group.prefix === '' ? [] : [`${group.prefix}/…`]),
    vscode.l10n.t(
      '{0} of {1} with traces',
      formatCount(withTraces),
      formatCount(group.rows.length),
    ),
    ...(folder === undefined ? [] : [folder]),
  ].join(' · ');
  if (service !== '') item.contextValue = itemKinds.service;
  return item;
}

function rowItem(node: RowNode, style: ItemStyle): vscode.TreeItem {
  const { row, location } = node;
  const { figures } = row;
  const tone = toneOf(row, style.slowMicroseconds);
  const item = new vscode.TreeItem(
    node.label,
    figures ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `row:${row.id}`;
  const rest = node.rest === '' ? [] : [node.rest];
  item.description = [...rest, rowDescription(row, style.order, style.windowMinutes)].join(' · ');
  item.accessibilityInformation = { label: spokenRow(row, style.windowMinutes, tone, node.kinds) };
  item.iconPath = figures
    ? svgUri(barIcon(node.share, tone, node.kinds))
    : new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('disabledForeground'));
  if (location) {
    item.contextValue = figures ? itemKinds.handlerWithTraces : itemKinds.handler;
    item.command = commandOf('spanhop.clickRow', vscode.l10n.t('Go to Source'), node);
  } else item.contextValue = itemKinds.unmapped;
  return item;
}

function toneOf({ figures }: RowNode['row'], slowMicroseconds: number): BarTone {
  if (figures === undefined) return 'calm';
  if ((errorShare(figures) ?? 0) >= 0.05) return 'failing';
  return (figures.p95 ?? 0) >= slowMicroseconds ? 'slow' : 'calm';
}

function slowTraceItem(node: SlowTraceNode): vscode.TreeItem {
  const { summary } = node;
  const item = new vscode.TreeItem(traceTitle(summary, 'matched'));
  const now = epochFromMilliseconds(Date.now());
  item.description = traceDescription(summary, now);
  item.iconPath = new vscode.ThemeIcon(summary.errorCount > 0 ? 'error' : 'list-tree');
  item.accessibilityInformation = { label: spokenTrace(summary, now) };
  item.contextValue = itemKinds.trace;
  item.command = commandOf('spanhop.clickRow', vscode.l10n.t('Open Trace'), node);
  return item;
}

function noteItem({ text }: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(text);
  item.iconPath = new vscode.ThemeIcon('info');
  return item;
}
