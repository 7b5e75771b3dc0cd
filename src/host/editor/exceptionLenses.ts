import { message } from '../../core/base/message.ts';
import {
  exceptionSentence,
  exceptionsLens,
  exceptionTitle,
} from '../../core/correlate/exceptions/exceptionText.ts';
import type { LensSettings } from '../../core/correlate/lens/lensText.ts';
import type { KnownLines } from '../code/fileLines.ts';
import { withoutIcons } from '../labels.ts';
import type { ExceptionTarget } from '../targets.ts';

export interface ExceptionLens {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly tooltip: string;
  readonly exception: ExceptionTarget;
}

/** Above each line that threw: how many requests recorded what, and their latest trace. */
export function exceptionLenses(
  { exceptions }: Pick<KnownLines, 'exceptions'>,
  { mode }: Pick<LensSettings, 'mode'>,
): readonly ExceptionLens[] {
  if (mode === 'off' || mode === 'hoverOnly') return [];
  const lines = Map.groupBy(exceptions, ({ lineNumber }) => lineNumber);
  return [...lines].map(([line, all]) => {
    const seen = all.map(({ line: { exception } }) => exception);
    const latest = seen.reduce((a, b) => (b.latest.start > a.latest.start ? b : a));
    const details = all.flatMap(({ line: { exception, basis } }) => [
      exceptionTitle(exception),
      exceptionSentence(exception, basis),
    ]);
    const reasons = new Set(seen.flatMap(({ place }) => (place ? [place.reason] : [])));
    return {
      line,
      text: `$(error)\u2002${withoutIcons(exceptionsLens(seen))}`,
      tooltip: [...details, ...reasons, message('Click to open the latest trace.')].join('\n'),
      exception: { latest: latest.latest },
    };
  });
}
