import { message } from '../../core/base/message.ts';
import { basisSentences, callSiteSentence, peerSentences } from '../../core/correlate/basisText.ts';
import {
  handlerLens,
  repeatText,
  peerLenses,
  type LensMark,
  type LensSettings,
} from '../../core/correlate/lensText.ts';
import type { HandlerLine } from '../../engine/methods.ts';
import type { KnownLines } from '../code/fileLines.ts';
import type { CallTarget, EndpointTarget } from '../targets.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';
import { withoutIcons } from '../labels.ts';
import { handlerTarget, peerTarget } from './handlerTarget.ts';

export type LensLine = {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly tooltip: string;
} & (
  | { readonly handler: EndpointTarget }
  | { readonly call: CallTarget }
  | { readonly indexed: EndpointTarget }
);

/** The lenses of a file, top to bottom as the engine lists them. */
export function lensLines(
  { handlers, calls }: KnownLines,
  settings: LensSettings,
): readonly LensLine[] {
  const lines: LensLine[] = [];
  for (const { line, firstLine } of handlers) {
    const lens = handlerLens(line.figures, settings, line.costs);
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
    lines.push(...peerLines(line, firstLine, settings));
  }
  for (const { line, lineNumber } of calls) {
    if (!line.figures) continue;
    const text = repeatText(line.call, line.figures.maxPerRequest, settings);
    if (text === undefined) continue;
    lines.push({
      line: lineNumber,
      text,
      tooltip: [
        callSiteSentence(line.figures),
        message('Click to open the trace with the most calls.'),
      ].join('\n'),
      call: { traceId: line.figures.worstTraceId, location: line.call.location },
    });
  }
  return lines;
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
    indexed: peerTarget(peer),
  }));
}

function handlerTooltip(title: string, basis: readonly string[]): string {
  const next = basis.length === 0 ? [] : [message('Click to see the slowest traces.')];
  return [title, ...basis, ...next].join('\n');
}
