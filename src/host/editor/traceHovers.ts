import * as vscode from 'vscode';
import { traceSentences } from '../../core/correlate/lens/traceLens.ts';
import { heatLegend, heatOf } from '../../core/correlate/lines/heat.ts';
import type { TraceLinesOfFile } from '../waterfall/traceLines.ts';
import { commandLink } from './commandLink.ts';
import { endOfName } from './endOfName.ts';
import { showsHeat } from './heatMarks.ts';
import { trustedMarkdown } from './trustedMarkdown.ts';

/** What the trace on the screen spent there: on a handler's decorators and name, and on a line up to what it calls. */
export function traceHovers(
  shown: TraceLinesOfFile | undefined,
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): readonly vscode.MarkdownString[] {
  if (!shown) return [];
  const number = line + 1;
  return shown.lines
    .filter(
      ({ time, line: last, firstLine }) =>
        firstLine <= number &&
        number <= last &&
        (time.handlerFrom !== undefined ||
          character < endOfName(document, line, time.location.column - 1)),
    )
    .map(({ time }) => {
      const target = { traceId: shown.traceId, location: time.location };
      const isMarked = showsHeat() && heatOf(time.self, shown.whole) !== undefined;
      return trustedMarkdown(vscode.l10n.t('This trace'), [
        traceSentences(time, shown).join(' '),
        ...(isMarked ? [heatLegend()] : []),
      ]).appendMarkdown(
        `\n\n${commandLink(vscode.l10n.t('Select these spans'), 'spanhop.showLineSpans', target)}`,
      );
    });
}
