import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatCount, formatDuration, formatPercent } from '../../core/base/format.ts';
import { formatLastWindow } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import { shortened, visibleLines } from '../../core/base/visibleText.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { loopText, oneLoop } from '../../core/explain/loopText.ts';
import { callTitle } from '../../core/code/calls/callTitle.ts';
import {
  errorParts,
  mixedParts,
  quantileParts,
  quantilesText,
  totalParts,
} from '../../core/correlate/figures/figuresText.ts';
import { noTracesText } from '../../core/correlate/lens/lensText.ts';
import {
  basisSentences,
  callSiteSentence,
  peerSentences,
} from '../../core/correlate/lens/basisText.ts';
import type { CallSiteFigures } from '../../core/correlate/calls/callSites.ts';
import { costSentence } from '../../core/correlate/lens/callLens.ts';
import { perRequestText } from '../../core/explain/explainText.ts';
import type { HandlerCosts } from '../../core/explain/handlerCosts.ts';
import type { CallCostLine, HandlerLine, CallSiteLine } from '../../engine/methods.ts';
import type { FileLines, KnownLines } from '../code/fileLines.ts';
import { escapedMarkdown, requestsText } from '../labels.ts';
import { workspacePath } from '../paths.ts';
import type { TraceLines } from '../waterfall/traceLines.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import { commandLink } from './commandLink.ts';
import { endOfName } from './endOfName.ts';
import { costTarget, handlerTarget, loopTarget } from './handlerTarget.ts';
import type { LensView } from './lensSettings.ts';
import { codeDocuments } from './openDocuments.ts';
import { traceHovers } from './traceHovers.ts';
import { trustedMarkdown } from './trustedMarkdown.ts';

/** A megabyte of SQL is no help in a hover. */
const longestStatement = 2_000;
const longestPlace = 80;
/** Between the columns of a table, which editors put close together. */
const gap = '\u2002';
/** Figures stay on one line. */
const noBreak = '\u00a0';

export interface HoverOptions {
  readonly lines: FileLines;
  readonly traceLines: TraceLines;
  readonly view: LensView;
}

/** Hovers on a handler's decorators and name, on a call that leaves a method, and on what the trace on the screen ran. */
export function registerHovers({ lines, traceLines, view }: HoverOptions): Disposable {
  const owned = new DisposableStore();
  owned.add(
    vscode.languages.registerHoverProvider(codeDocuments, {
      async provideHover(document, position) {
        if (view.read().mode === 'off') return undefined;
        const path = workspacePath(document.uri.fsPath);
        const known = await lines.get(path);
        const contents = [
          ...traceHovers(traceLines.in(path), document, position),
          ...(known ? hoversAt(known, document, position, view.read().windowMinutes) : []),
        ];
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
    ...onCall.flatMap(({ line: { call, figures, cost } }) =>
      figures ? [callHover(call, figures, cost)] : [],
    ),
  ];
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
  const row = (cells: readonly string[]) => `| ${cells.join(`${gap} | `)} |\n`;
  const heading = vscode.l10n.t('Time of {0} sampled requests', requests);
  const headings = [vscode.l10n.t('Share'), vscode.l10n.t('Call count'), 'p95', heading];
  hover.appendMarkdown(`\n\n${row(headings.map(escapedMarkdown))}|--:|--:|--:|:--|\n`);
  for (const { share, callsPerRequest, p95, symbol, loops } of places) {
    const figures = [formatPercent(share), perRequestText(callsPerRequest), formatDuration(p95)];
    const cells = figures.map((text) => escapedMarkdown(text).replaceAll(' ', noBreak));
    const place = escapedMarkdown(shortened(symbol, longestPlace));
    hover.appendMarkdown(row([...cells, `${place}${loopCell(loops)}`]));
  }
}

/** In a table, behind the place: a link to the loop that runs it. */
function loopCell(loops: readonly CodeLocation[]): string {
  const text = loopText(loops);
  if (text === undefined) return '';
  const loop = oneLoop(loops);
  return `${gap}${loop ? loopLink(text, loop) : escapedMarkdown(text)}`;
}

const loopLink = (text: string, loop: CodeLocation): string =>
  commandLink(escapedMarkdown(text), 'spanhop.goToSource', loopTarget(loop));

function callHover(
  call: CallSiteLine['call'],
  figures: CallSiteFigures,
  cost: CallCostLine | undefined,
) {
  const hover = trustedMarkdown(callTitle(call), [
    ...(cost ? [costSentence(cost, handlerTitle(cost.handler))] : []),
    vscode.l10n.t(
      'Calls per request: {0} on average, {1} at most',
      formatCalls(figures.calls / figures.requests),
      formatCount(figures.maxPerRequest),
    ),
    [...quantileParts(figures, ['p50', 'p95']), ...totalParts(figures)].join(' · '),
  ]);
  if (figures.statement !== undefined)
    hover.appendCodeblock(visibleLines(shortened(figures.statement, longestStatement)), 'sql');
  const links = [
    commandLink(vscode.l10n.t('Trace with the most calls'), 'spanhop.showCallTrace', {
      traceId: figures.worstTraceId,
      location: call.location,
    }),
    ...(cost ? costLinks(cost, call.location) : []),
  ].join(' · ');
  return withFooter(hover, [callSiteSentence(figures)], links);
}

function costLinks(cost: CallCostLine, location: CodeLocation): readonly string[] {
  const why = vscode.l10n.t('Why is it slow?');
  const loop = oneLoop(cost.loops);
  return [
    commandLink(why, 'spanhop.explain', costTarget(cost, location)),
    ...(loop
      ? [commandLink(vscode.l10n.t('Go to the loop'), 'spanhop.goToSource', loopTarget(loop))]
      : []),
  ];
}

const formatCalls = (calls: number) =>
  calls < 10 ? String(Math.round(calls * 10) / 10) : formatCount(calls);

function withFooter(
  markdown: vscode.MarkdownString,
  basis: readonly string[],
  links: string,
): vscode.MarkdownString {
  markdown.appendMarkdown(`\n\n${escapedMarkdown(basis.join(' '))}`);
  return markdown.appendMarkdown(`\n\n${links}`);
}
