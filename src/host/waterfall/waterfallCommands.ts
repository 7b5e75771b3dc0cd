import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, registerTargetCommand, runCommand } from '../commands.ts';
import { lineKey } from '../../core/matching/lookups.ts';
import { lineName } from '../../core/explain/loopText.ts';
import type { FileLines } from '../code/fileLines.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { pickTrace } from '../traces/pickTrace.ts';
import { cursorLocation, handlerAt } from '../editor/cursorHandler.ts';
import { handlerTarget } from '../editor/handlerTarget.ts';
import type { TraceLines } from './traceLines.ts';
import type { Waterfalls } from './waterfalls.ts';
import { inform } from '../notices.ts';

export interface WaterfallCommandsOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly waterfalls: Waterfalls;
  readonly lines: FileLines;
  readonly traceLines: TraceLines;
  readonly log: Log;
}

/** From the editor into the waterfall: the spans of a line, of the method at the cursor, and the filter. */
export function registerWaterfallCommands(options: WaterfallCommandsOptions): Disposable {
  const { waterfalls, traceLines, log } = options;
  const owned = new DisposableStore();
  owned.add(
    registerTargetCommand('spanhop.showLineSpans', log, async ({ traceId, location }) => {
      const shown = traceLines.in(location.path);
      const line = shown?.lines.find(({ time }) => lineKey(time.location) === lineKey(location));
      if (shown?.traceId !== traceId || !line) return;
      const label = vscode.l10n.t('Spans of {0}', lineName(location));
      await waterfalls.selectRows(traceId, line.time.rows, label);
    }),
  );
  owned.add(
    registerCommand('spanhop.showMethodSpans', log, async () => {
      const at = cursorLocation();
      if (!at) return;
      const open = await waterfalls.latest?.selectSpansAt(at);
      if (open && (open.count > 0 || !(await wantsOthers(open.symbol)))) return;
      await showTracesThrough(at, options);
    }),
  );
  owned.add(
    registerCommand('spanhop.focusWaterfallFilter', log, async () => {
      await waterfalls.latest?.focusFilter();
    }),
  );
  return owned;
}

/** The open trace has no span of it: whether other traces are to be shown. */
async function wantsOthers(symbol: string): Promise<boolean> {
  if (symbol === '') {
    void inform(vscode.l10n.t('This trace has no span for this line.'));
    return false;
  }
  const show = vscode.l10n.t('Show Slowest Traces');
  return (await inform(vscode.l10n.t('This trace has no span for {0}.', symbol), show)) === show;
}

/** The slowest traces of the handler at the cursor; of another method those of the handlers that lead there. */
async function showTracesThrough(
  at: CodeLocation,
  { engine, feed, waterfalls, lines }: WaterfallCommandsOptions,
): Promise<void> {
  const here = await handlerAt(at, lines);
  if (here) {
    await runCommand('spanhop.showHandlerTraces', { ...handlerTarget(here), location: at });
    return;
  }
  const { path, line } = at;
  const { symbol, handlers } = await engine.call('methodAt', { path, line });
  if (symbol === '' || handlers === 0) {
    void inform(
      symbol === ''
        ? vscode.l10n.t('Place the cursor in a method to see its spans.')
        : vscode.l10n.t('No route or message reaches {0}.', symbol),
    );
    return;
  }
  const summary = await pickTrace({
    title: vscode.l10n.t('Slowest traces that run {0}', symbol),
    isNamed: true,
    read: (signal) =>
      engine.call('tracesThrough', { path, line, window: feed.window(), limit: 50 }, signal),
  });
  if (summary) await waterfalls.open(summary.traceId, at);
}
