import { message } from '../../core/base/message.ts';
import {
  basisSentences,
  callSiteSentence,
  peerSentences,
} from '../../core/correlate/lens/basisText.ts';
import { callLens, costSentence } from '../../core/correlate/lens/callLens.ts';
import {
  costLens,
  handlerLens,
  peerLenses,
  type LensMark,
  type LensSettings,
} from '../../core/correlate/lens/lensText.ts';
import { loopText, oneLoop } from '../../core/explain/loopText.ts';
import type { CallCostLine, CallSiteLine, HandlerLine } from '../../engine/methods.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import type { KnownLines } from '../code/fileLines.ts';
import type { CallTarget, CostTarget, EndpointTarget } from '../targets.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import { withoutIcons } from '../labels.ts';
import { costTarget, handlerTarget, loopTarget, peerTarget } from './handlerTarget.ts';

/** A lens, and what it says, which a click on it opens. */
export type LensLine = {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly tooltip: string;
} & (
  | { readonly handler: EndpointTarget }
  | { readonly cost: EndpointTarget | CostTarget }
  | { readonly call: CallTarget }
  | { readonly code: EndpointTarget }
);

/** The lenses of a file, top to bottom as the engine lists them. */
export function lensLines(
  { handlers, calls }: Pick<KnownLines, 'handlers' | 'calls'>,
  settings: LensSettings,
): readonly LensLine[] {
  const lines: LensLine[] = [];
  for (const { line, firstLine } of handlers) {
    const lens = handlerLens(line.figures, settings);
    if (lens === undefined) {
      if (settings.mode === 'full') lines.push(...peerLines(line, firstLine, settings));
      continue;
    }
    const title = handlerTitle(line.handler);
    const shared = handlers.filter((other) => other.firstLine === firstLine).length > 1;
    lines.push({
      line: firstLine,
      text: markIcon(lens.mark) + withoutIcons(shared ? named(line.handler, lens.text) : lens.text),
      tooltip: handlerTooltip(title, line.figures ? basisSentences(line.figures) : []),
      handler: handlerTarget(line),
    });
    lines.push(...costLines(line, firstLine, settings));
    lines.push(...peerLines(line, firstLine, settings));
  }
  const known = calls.filter(({ line }) => line.figures !== undefined);
  for (const { line, lineNumber } of known) {
    const isAlone = known.filter((other) => other.lineNumber === lineNumber).length === 1;
    lines.push(...callLines(line, lineNumber, isAlone, settings));
  }
  return lines;
}

/** Beside the figures of a handler, what it spends most of its time on: leads to all of it. */
function costLines(
  line: HandlerLine,
  firstLine: number,
  settings: LensSettings,
): readonly LensLine[] {
  const text = costLens(line.figures, line.costs, settings);
  if (text === undefined) return [];
  const { symbol, loops = [] } = line.costs?.dominant ?? {};
  const place = [symbol ?? '', loopText(loops) ?? ''].filter((part) => part !== '').join(', ');
  const tooltip = [visibleText(place), message('Click to see where the time goes.')].join('\n');
  return [{ line: firstLine, text: withoutIcons(text), tooltip, cost: handlerTarget(line) }];
}

/** What a call costs, and beside it the loop of a caller that runs it, which nobody sees from here. */
function callLines(
  { call, figures, cost }: CallSiteLine,
  line: number,
  isAlone: boolean,
  settings: LensSettings,
): readonly LensLine[] {
  const lens = figures && callLens(call, figures, cost, settings, isAlone);
  if (!lens) return [];
  const text = (lens.isHot ? '$(flame)\u2002' : '') + withoutIcons(lens.text);
  const { location } = call;
  const basis = callSiteSentence(figures);
  if (!cost || !lens.isCostly) {
    const next = message('Click to open the trace with the most calls.');
    const target = { traceId: figures.worstTraceId, location };
    return [{ line, text, tooltip: [basis, next].join('\n'), call: target }];
  }
  const next = message('Click to see where the time goes.');
  const tooltip = [costSentence(cost, handlerTitle(cost.handler)), basis, next].join('\n');
  return [
    { line, text, tooltip, cost: costTarget(cost, location) },
    ...(call.loop ? [] : loopLines(cost, line)),
  ];
}

function loopLines({ loops }: CallCostLine, line: number): readonly LensLine[] {
  const loop = oneLoop(loops);
  const text = loopText(loops);
  if (loop === undefined || text === undefined) return [];
  const tooltip = message('Click to open the code.');
  return [{ line, text: withoutIcons(text), tooltip, code: loopTarget(loop) }];
}

/** As in the Problems view; lenses draw `$(name)` as an icon, hard beside a common space. */
function markIcon(mark: LensMark | undefined): string {
  if (mark === undefined) return '';
  return mark === 'failing' ? '$(error)\u2002' : '$(warning)\u2002';
}

const named = (handler: HandlerLine['handler'], text: string): string =>
  `${handler.controller} ${handlerTitle(handler)}: ${text}`;

/** Beside the figures, to the handlers on the other side. */
function peerLines(
  { peers }: HandlerLine,
  firstLine: number,
  settings: LensSettings,
): readonly LensLine[] {
  if (!peers) return [];
  return peerLenses(peers, settings).map(({ text, peer }) => ({
    line: firstLine,
    text,
    tooltip: [...peerSentences(peers), message('Click to open the code.')].join('\n'),
    code: peerTarget(peer),
  }));
}

function handlerTooltip(title: string, basis: readonly string[]): string {
  const next = basis.length === 0 ? [] : [message('Click to see the slowest traces.')];
  return [title, ...basis, ...next].join('\n');
}
