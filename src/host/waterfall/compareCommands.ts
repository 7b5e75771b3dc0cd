import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, setContextKey } from '../commands.ts';
import { inform } from '../notices.ts';
import type { TraceTarget } from '../targets.ts';
import type { Waterfalls } from './waterfalls.ts';

export interface CompareCommandsOptions {
  readonly waterfalls: Waterfalls;
  readonly log: Log;
}

/** Ways to two traces side by side, named as those of the explorer; without a row they are about the waterfall looked at last. */
export function registerCompareCommands({ waterfalls, log }: CompareCommandsOptions): Disposable {
  const owned = new DisposableStore();
  let selected: string | undefined;
  const traceOf = (target: TraceTarget | undefined) => {
    const traceId = target?.traceId ?? waterfalls.latest?.traceId;
    if (traceId === undefined) void inform(vscode.l10n.t('Open a trace first.'));
    return traceId;
  };
  const compare = async (before: string, after: string) => {
    if (before === after) void inform(vscode.l10n.t('This is the same trace. Choose another one.'));
    else await waterfalls.compare(after, before);
  };
  owned.add(
    registerCommand('spanhop.compareTrace', log, async () => {
      const traceId = traceOf(undefined);
      if (traceId !== undefined) await waterfalls.chooseAndCompare(traceId);
    }),
  );
  owned.add(
    registerCommand('spanhop.selectForCompare', log, (target) => {
      selected = traceOf(target);
      setContextKey('spanhop.traceSelectedForCompare', selected !== undefined);
    }),
  );
  owned.add(
    registerCommand('spanhop.compareWithSelected', log, async (target) => {
      const traceId = traceOf(target);
      if (traceId !== undefined && selected !== undefined) await compare(selected, traceId);
    }),
  );
  owned.add(
    registerCommand('spanhop.compareSelected', log, async (_, rows = []) => {
      const [before, after] = rows.flatMap((row) =>
        'traceId' in row && typeof row.traceId === 'string' ? [row.traceId] : [],
      );
      if (before !== undefined && after !== undefined) await compare(before, after);
      else void inform(vscode.l10n.t('Select two traces to compare.'));
    }),
  );
  return owned;
}
