import * as vscode from 'vscode';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { SearchAnswer, TraceSummary } from '../../core/ports.ts';
import { withoutIcons } from '../labels.ts';
import { pickWhileLoading } from '../pickWhileLoading.ts';
import { traceChoices } from './traceText.ts';

/**
 * A quick pick of traces, in the order they are read.
 * @returns undefined when it was closed. @throws what `read` throws, once the pick has closed.
 */
export async function pickTrace(options: {
  readonly title: string;
  readonly read: (signal: AbortSignal) => Promise<SearchAnswer>;
  /** Each trace with its name: the title doesn't say which route they are of. */
  readonly isNamed?: boolean;
}): Promise<TraceSummary | undefined> {
  const chosen = await pickWhileLoading(withoutIcons(options.title), async (signal) => {
    const answer = await options.read(signal);
    const now = epochFromMilliseconds(Date.now());
    return {
      placeholder: placeholderOf(answer),
      items: traceChoices(answer.traces, now, options.isNamed).map(
        ({ summary, label, description, detail }) => ({
          summary,
          iconPath: new vscode.ThemeIcon(summary.errorCount > 0 ? 'error' : 'list-tree'),
          label,
          description: withoutIcons(description),
          ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
        }),
      ),
    };
  });
  return chosen?.summary;
}

function placeholderOf({ traces, complete, reason }: SearchAnswer): string {
  if (traces.length === 0) return vscode.l10n.t('No traces in this time range');
  return complete ? vscode.l10n.t('Select a trace to open its waterfall') : reason;
}
