import { message } from '../../core/base/message.ts';
import { traceLens, traceSentences } from '../../core/correlate/lens/traceLens.ts';
import type { LensSettings } from '../../core/correlate/lens/lensText.ts';
import type { CallTarget } from '../targets.ts';
import type { TraceLinesOfFile } from '../waterfall/traceLines.ts';

/** The line above what the trace on the screen ran; a click selects its spans there. */
export interface TraceLens {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly tooltip: string;
  readonly spans: CallTarget;
}

/** Of one file; none while no waterfall is on the screen. */
export function traceLenses(
  shown: TraceLinesOfFile | undefined,
  settings: LensSettings,
): readonly TraceLens[] {
  if (!shown) return [];
  return shown.lines.flatMap(({ time, firstLine }) => {
    const text = traceLens(time, shown, settings);
    if (text === undefined) return [];
    const next = message('Click to select these spans in the waterfall.');
    return [
      {
        line: firstLine,
        text,
        tooltip: [...traceSentences(time, shown), next].join('\n'),
        spans: { traceId: shown.traceId, location: time.location },
      },
    ];
  });
}
