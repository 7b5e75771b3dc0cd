import * as vscode from 'vscode';
import { formatCount } from '../../core/base/format.ts';
import { formatAge } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import { shortened, visibleLines, visibleText } from '../../core/base/visibleText.ts';
import {
  countedException,
  exceptionSentence,
  exceptionSummary,
  exceptionTitle,
} from '../../core/correlate/exceptions/exceptionText.ts';
import type { SeenException } from '../../core/correlate/exceptions/exceptions.ts';
import { commandOf } from '../commands.ts';
import { itemKinds } from '../contributions.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import { requestsText } from '../labels.ts';
import { shownPath } from '../paths.ts';
import type { ExceptionNode, ExceptionsNode } from './exceptionNodes.ts';

const red = () => new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));

export function exceptionsItem({ exceptions, basis }: ExceptionsNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    vscode.l10n.t('Errors'),
    vscode.TreeItemCollapsibleState.Collapsed,
  );
  const requests = exceptions.reduce((sum, one) => sum + one.requests, 0);
  item.id = 'exceptions';
  item.iconPath = red();
  item.description = basis.isWhole
    ? requestsText(requests)
    : vscode.l10n.t(
        '{0} in {1} sampled traces',
        formatCount(requests),
        formatCount(basis.sampledTraces),
      );
  return item;
}

export function exceptionsTooltip({ basis, expected }: ExceptionsNode): string {
  return [
    basis.isWhole
      ? vscode.l10n.t('Exceptions that requests recorded, by type and line.')
      : vscode.l10n.t(
          'Exceptions that requests recorded, by type and line. Based on a sample of {0} traces.',
          formatCount(basis.sampledTraces),
        ),
    vscode.l10n.t(
      "Exceptions of requests with a 4xx response aren't listed; such requests: {0}.",
      formatCount(expected),
    ),
  ].join('\n');
}

/** `10 × TypeError`, `orders.service.ts:42 · Cannot read properties of undefined`: a narrow view cuts the end off. */
export function exceptionItem(node: ExceptionNode): vscode.TreeItem {
  const { exception } = node;
  const item = new vscode.TreeItem(countedException(exception));
  const summary = exceptionSummary(exception);
  item.id = `exception:${exception.id}`;
  item.description = [placeText(exception), ...(summary === '' ? [] : [summary])].join(' · ');
  item.iconPath = new vscode.ThemeIcon(exception.place ? 'symbol-method' : 'question');
  item.accessibilityInformation = {
    label: [exceptionTitle(exception), requestsText(exception.requests), placeText(exception)].join(
      ', ',
    ),
  };
  item.contextValue = itemKinds.exception;
  item.command = commandOf(
    'spanhop.clickRow',
    exception.place ? vscode.l10n.t('Go to Source') : vscode.l10n.t('Open Trace'),
    node,
  );
  return item;
}

/** `orders.service.ts:42`; without a line whose request it was. */
function placeText({ place, handledBy }: SeenException): string {
  if (place === undefined) return visibleText(shortened(handledBy, longestPlace));
  const { path, line } = place.location;
  return `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
}

const longestPlace = 120;
const longestMessage = 500;

export function exceptionTooltip({ exception, parent }: ExceptionNode): string {
  const { place, latest, handledBy } = exception;
  const now = epochFromMilliseconds(Date.now());
  return [
    visibleLines(shortened(`${exception.type}: ${exception.message}`, longestMessage)),
    ...(place
      ? [
          `${place.symbol} · ${shownPath(place.location.path, workspaceFolders())}:${place.location.line}`,
          place.reason,
        ]
      : [vscode.l10n.t('No line of the workspace was recorded.')]),
    visibleText(shortened(handledBy, longestPlace)),
    exceptionSentence(exception, parent.basis),
    vscode.l10n.t('Latest: {0} ago', formatAge(latest.start, now)),
  ].join('\n');
}
