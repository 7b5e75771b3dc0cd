import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { formatLastWindow } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import { shortened, visibleLines } from '../../core/base/visibleText.ts';
import { callTitle } from '../../core/code/calls/callTitle.ts';
import {
  errorParts,
  mixedParts,
  quantileParts,
  quantilesText,
  totalParts,
} from '../../core/correlate/figuresText.ts';
import { noTracesText } from '../../core/correlate/lensText.ts';
import { basisSentences, callSiteSentence, peerSentences } from '../../core/correlate/basisText.ts';
import type { CallSiteFigures } from '../../core/correlate/callSites.ts';
import { perRequestText } from '../../core/explain/explainText.ts';
import type { HandlerCosts } from '../../core/explain/handlerCosts.ts';
import type { HandlerLine, CallSiteLine } from '../../engine/methods.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import type { CommandId } from '../contributions.ts';
import { escapedMarkdown, requestsText } from '../labels.ts';
import { workspacePath } from '../paths.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import { commandLink } from './commandLink.ts';
import { handlerTarget } from './handlerTarget.ts';

import type { LensView } from './lensSettings.ts';
import { codeDocuments } from './openDocuments.ts';

/** A megabyte of SQL is no help in a hover. */
const longestStatement = 2_000;
const longestPlace = 80;
/** Between the columns of a table, which editors put close together. */
const gap = '\u2002';

/** Hovers on a handler's decorators and name, and on a call that leaves a method. */
export function registerHovers({ lines, view }: { lines: FileLines; view: LensView }): Disposable {
  const owned = new DisposableStore();
  owned.add(
    vscode.languages.registerHoverProvider(codeDocuments, {
      async provideHover(document, position) {
        if (view.read().mode === 'off') return undefined;
        const known = await lines.get(workspacePath(document.uri.fsPath));
        const contents = known
          ? hoversAt(known, document, position, view.read().windowMinutes)
          : [];
        return contents.length > 0 ? new vscode.Hover(contents) : undefined;
      },
    }),
  );
  return owned;
}

function hoversAt(
  known: KnownLines,
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
  windowMinutes: number,
): vscode.MarkdownString[] {
  const number = line + 1;
  const onHandler = known.handlers.filter(
    ({ firstLine, nameLine }) => firstLine <= number && number <= nameLine,
  );
  const onCall = known.calls.filter(
    ({ lineNumber, line: { call } }) =>
      lineNumber === number && character < endOfName(document, line, call.location.column - 1),
  );
  return [
    ...onHandler.map((handler) => handlerHover(handler.line, windowMinutes)),
    ...onCall.flatMap(({ line: { call, figures } }) => (figures ? [callHover(call, figures)] : [])),
  ];
}

/** Where the word ends that begins there. */
function endOfName(document: vscode.TextDocument, line: number, character: number): number {
  const word = document.getWordRangeAtPosition(new vscode.Position(line, character));
  return word?.end.character ?? character + 1;
}

function handlerHover(line: HandlerLine, windowMinutes: number) {
  const { handler, figures, peers } = line;
  const title = handlerTitle(handler);
  const indexed = peers ? peerSentences(peers) : [];
  if (!figures) return trustedMarkdown(title, [noTracesText(windowMinutes), ...indexed]);
  const counted = [
    requestsText(figures.count),
    ...errorParts(figures),
    ...totalParts(figures),
    ...mixedParts(figures),
  ];
  const quantiles = quantilesText(figures);
  const hover = trustedMarkdown(title, [
    ...(quantiles === '' ? [] : [quantiles]),
    `${formatLastWindow(windowMinutes)}: ${counted.join(' · ')}`,
    ...indexed,
  ]);
  if (line.costs) appendCosts(hover, line.costs);
  const target = handlerTarget(line);
  const links = [
    commandLink(vscode.l10n.t('Slowest traces'), 'spanhop.showHandlerTraces', target),
    commandLink(vscode.l10n.t('Why is it slow?'), 'spanhop.explain', target),
  ].join(' · ');
  return withFooter(hover, basisSentences(figures, epochFromMilliseconds(Date.now())), links);
}

/** What a slow and a usual request spend their time on, a place a row. */
function appendCosts(hover: vscode.MarkdownString, { places, requests }: HandlerCosts): void {
  if (places.length === 0) return;
  const row = (cells: readonly string[]) => `| ${cells.map(escapedMarkdown).join(`${gap} | `)} |\n`;
  const heading = vscode.l10n.t('Time of {0} sampled requests', requests);
  hover.appendMarkdown(
    `\n\n${row([vscode.l10n.t('Share'), vscode.l10n.t('Calls'), 'p95', heading])}|--:|--:|--:|:--|\n`,
  );
  for (const { share, callsPerRequest, p95, symbol, inLoop } of places) {
    const calls = perRequestText(callsPerRequest);
    const place = shortened(symbol, longestPlace);
    const text = inLoop ? `${place} ${message('in a loop')}` : place;
    hover.appendMarkdown(row([formatPercent(share), calls, formatDuration(p95), text]));
  }
}

function callHover(call: CallSiteLine['call'], figures: CallSiteFigures) {
  const hover = trustedMarkdown(callTitle(call), [
    vscode.l10n.t(
      'Calls per request: {0} on average, {1} at most',
      formatCalls(figures.calls / figures.requests),
      formatCount(figures.maxPerRequest),
    ),
    [...quantileParts(figures, ['p50', 'p95']), ...totalParts(figures)].join(' · '),
  ]);
  if (figures.statement !== undefined)
    hover.appendCodeblock(visibleLines(shortened(figures.statement, longestStatement)), 'sql');
  const link = commandLink(vscode.l10n.t('Trace with the most calls'), 'spanhop.showCallTrace', {
    traceId: figures.worstTraceId,
    location: call.location,
  });
  return withFooter(hover, [callSiteSentence(figures)], link);
}

const formatCalls = (calls: number) =>
  calls < 10 ? String(Math.round(calls * 10) / 10) : formatCount(calls);

const linkedCommands: readonly CommandId[] = [
  'spanhop.showHandlerTraces',
  'spanhop.showCallTrace',
  'spanhop.explain',
];

/** Text is escaped; of commands, only those that hovers link to may run. */
function trustedMarkdown(title: string, lines: readonly string[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.isTrusted = { enabledCommands: linkedCommands };
  markdown.appendMarkdown(`**Spanhop** ${escapedMarkdown(title)}`);
  for (const line of lines) markdown.appendMarkdown(`\n\n${escapedMarkdown(line)}`);
  return markdown;
}

function withFooter(
  markdown: vscode.MarkdownString,
  basis: readonly string[],
  links: string,
): vscode.MarkdownString {
  markdown.appendMarkdown(`\n\n${escapedMarkdown(basis.join(' '))}`);
  return markdown.appendMarkdown(`\n\n${links}`);
}
