import * as vscode from 'vscode';
import { mappedShare } from '../../core/correlate/report/reportText.ts';
import { isExpected } from '../../core/correlate/report/causeText.ts';
import type { Confidence } from '../../core/matching/match.ts';
import { isSourceFile } from '../../core/code/relevance.ts';
import type { SpanCounts } from '../../core/correlate/report/mappingReport.ts';
import { commandOf } from '../commands.ts';
import { itemKinds } from '../contributions.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { barIcon } from '../endpoints/barIcon.ts';
import { svgUri } from '../svgUri.ts';
import { childNodes, type MappingNode, type Section } from './mappingNodes.ts';
import { nodeText } from './mappingText.ts';

const sectionIcons: Readonly<Record<Section, string>> = {
  folders: 'folder',
  handlers: 'debug-disconnect',
  routes: 'question',
  problems: 'warning',
};

const confidenceIcons: Readonly<Record<Confidence, string>> = {
  exact: 'pass-filled',
  strong: 'pass',
  likely: 'circle-large-outline',
  weak: 'circle-outline',
};

/** A node as the tree draws it. */
export function mappingItem(node: MappingNode): vscode.TreeItem {
  const { label, description, details } = nodeText(node, workspaceFolders());
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, childNodes(node).length > 0 ? Collapsed : None);
  item.id = node.id;
  item.description = description;
  item.tooltip = details.join('\n');
  item.accessibilityInformation = { label: [label, description].join(', ') };
  const icon = iconOf(node);
  if (icon) item.iconPath = icon;
  const kind = kindOf(node);
  if (kind !== undefined) item.contextValue = kind;
  const command = commandFor(node);
  if (command) item.command = command;
  return item;
}

function iconOf(node: MappingNode): vscode.TreeItem['iconPath'] {
  switch (node.kind) {
    case 'service':
    case 'sort':
      return shareIcon(node.report);
    case 'confidence':
      return new vscode.ThemeIcon(confidenceIcons[node.confidence]);
    case 'cause':
      return isExpected(node.cause.cause) ? quiet('dash') : new vscode.ThemeIcon('circle-slash');
    case 'section':
      return new vscode.ThemeIcon(sectionIcons[node.section]);
    case 'folderless':
      return new vscode.ThemeIcon('server-process');
    case 'handler':
      return new vscode.ThemeIcon('symbol-method');
    case 'route':
      return new vscode.ThemeIcon('list-tree');
    case 'problem':
      return new vscode.ThemeIcon('file');
    case 'silence':
      return quiet('circle-outline');
    case 'reason':
      return undefined;
  }
}

/** How much of it is mapped, guesses aside, as a bar; spans of which no code is to be expected have none. */
function shareIcon(counts: SpanCounts): vscode.TreeItem['iconPath'] {
  const share = mappedShare(counts);
  if (share === undefined) return quiet('dash');
  const sure = counts.mapped === 0 ? 0 : (share * (counts.mapped - counts.weak)) / counts.mapped;
  return svgUri(barIcon(sure, 'calm'));
}

const quiet = (icon: string) =>
  new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));

function kindOf({ kind }: MappingNode): string | undefined {
  return kind === 'service' || kind === 'folderless' ? itemKinds.service : undefined;
}

/** One click: the code of a handler or problem, the folder of a service, else an example of the row. */
function commandFor(node: MappingNode): vscode.Command | undefined {
  switch (node.kind) {
    case 'confidence':
    case 'cause':
    case 'reason':
    case 'route':
      return commandOf('spanhop.clickRow', vscode.l10n.t('Open Example'), node);
    case 'folderless':
      return commandOf('spanhop.setServiceFolder', vscode.l10n.t('Set Service Folder'), node);
    case 'handler':
      return commandOf('spanhop.clickRow', vscode.l10n.t('Go to Source'), node);
    case 'problem':
      return isSourceFile(node.problem.path)
        ? commandOf('spanhop.clickRow', vscode.l10n.t('Go to Source'), node)
        : undefined;
    default:
      return undefined;
  }
}
