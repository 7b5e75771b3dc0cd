import * as vscode from 'vscode';
import { formatDuration } from '../../core/base/format.ts';
import { isAbort } from '../../core/base/sourceError.ts';
import { formatAge } from '../../core/base/timeText.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import { epochFromMilliseconds, type EpochMicroseconds } from '../../core/base/units.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import { fileTraceKey, fileTraceOf } from '../../core/trace/fileTrace.ts';
import type { TracePace } from '../../core/trace/compare/spreadTraces.ts';
import { pastedTraceId } from '../../core/trace/pastedTraceId.ts';
import type { TitledTrace } from '../../core/waterfall/traceTitles.ts';
import type { SimilarTraces } from '../../engine/methods.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { withoutIcons } from '../labels.ts';
import { inform } from '../notices.ts';
import { pickWhileLoading } from '../pickWhileLoading.ts';
import { statusFor } from '../status/statusFor.ts';
import { traceChoices } from '../traces/traceText.ts';

/** A trace whose waterfall is open. */
export interface OpenTrace extends TitledTrace {
  /** As `openTrace` of the engine takes it. */
  readonly key: string;
}

export interface PickOtherOptions {
  readonly engine: Pick<EngineSession, 'call'>;
  /** Where traces of the same kind are looked for. */
  readonly window: () => TimeWindow;
  readonly open: readonly OpenTrace[];
}

type Choice = vscode.QuickPickItem & { readonly key?: string };

const longestName = 120;
const nameText = (name: string) => withoutIcons(visibleText(shortened(name, longestName)));

/**
 * Asks which trace to compare one with: fast, typical and slow ones of the same kind, those that are open, or an id that is
 * typed. @returns undefined when it was closed
 */
export async function pickOther(
  traceId: string,
  { engine, window, open }: PickOtherOptions,
): Promise<string | undefined> {
  const others = openChoices(open.filter(({ key }) => key !== traceId));
  const similar = async (signal: AbortSignal) => {
    try {
      const found = await engine.call('similarTraces', { traceId, window: window() }, signal);
      const items = [...similarChoices(found, fileTraceOf(traceId)?.path), ...others];
      return { items, placeholder: vscode.l10n.t('Select a trace, or enter a trace ID') };
    } catch (error) {
      if (isAbort(error)) throw error;
      return { items: others, placeholder: statusFor(error).sentence };
    }
  };
  const chosen = await pickWhileLoading<Choice>(vscode.l10n.t('Compare with…'), similar, {
    typed: (value) => {
      const id = pastedTraceId(value);
      if (id === undefined) return undefined;
      // What is typed need not look like the ID: an address, or one with dashes.
      return { label: id, key: id, iconPath: traceIcon, alwaysShow: true };
    },
  });
  if (chosen?.key !== traceId) return chosen?.key;
  void inform(vscode.l10n.t('This is the same trace. Choose another one.'));
  return undefined;
}

const traceIcon = new vscode.ThemeIcon('list-tree');

const separator = (label: string): Choice => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});

/** @param file of a trace of a file: where the others are too */
function similarChoices({ title, traces }: SimilarTraces, file: string | undefined): Choice[] {
  const now = epochFromMilliseconds(Date.now());
  const choices = traceChoices(
    traces.map(({ summary }) => summary),
    now,
  );
  const paceTexts: Readonly<Record<TracePace, string>> = {
    fast: vscode.l10n.t('Fast: {0}', nameText(title)),
    typical: vscode.l10n.t('Typical: {0}', nameText(title)),
    slow: vscode.l10n.t('Slow: {0}', nameText(title)),
  };
  return traces.flatMap(({ pace, summary: { traceId, errorCount } }, at) => {
    const { label = '', description = '' } = choices[at] ?? {};
    const begins = pace !== traces[at - 1]?.pace;
    const choice: Choice = {
      label,
      description: withoutIcons(description),
      iconPath: errorCount > 0 ? new vscode.ThemeIcon('error') : traceIcon,
      key: file === undefined ? traceId : fileTraceKey(file, traceId),
    };
    return begins ? [separator(paceTexts[pace]), choice] : [choice];
  });
}

function openChoices(open: readonly OpenTrace[]): Choice[] {
  const now = epochFromMilliseconds(Date.now());
  const choices = open.map(({ key, traceId, operation, duration, start }): Choice => ({
    label: formatDuration(duration),
    description: [nameText(operation), ageText(start, now), traceId.slice(0, 8)].join(' · '),
    iconPath: traceIcon,
    key,
  }));
  return choices.length === 0 ? [] : [separator(vscode.l10n.t('Open traces')), ...choices];
}

const ageText = (start: EpochMicroseconds, now: EpochMicroseconds) =>
  vscode.l10n.t('{0} ago', formatAge(start, now));
