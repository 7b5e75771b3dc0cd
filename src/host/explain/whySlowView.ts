import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { shortTraceName } from '../../core/trace/fileTrace.ts';
import type { FileLines } from '../code/fileLines.ts';
import { registerCommand, setContextKey } from '../commands.ts';
import { views } from '../contributions.ts';
import { cursorLocation, handlerAt } from '../editor/cursorHandler.ts';
import { handlerTarget } from '../editor/handlerTarget.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { inform } from '../notices.ts';
import { isRowTarget } from '../rowOpening.ts';
import { onSettingsChange } from '../settings/settings.ts';
import { statusFor } from '../status/statusFor.ts';
import type { CostTarget, EndpointTarget, TraceTarget } from '../targets.ts';
import { ViewProgress } from '../viewProgress.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import type { Asked, ExplanationLoader, ExplanationState } from './explanationLoader.ts';
import type { WhySlowNode } from './whySlowNodes.ts';
import { explainedText, fewText } from './whySlowText.ts';
import { WhySlowTree } from './whySlowTree.ts';

export interface WhySlowViewOptions {
  readonly engine: EngineSession;
  readonly loader: ExplanationLoader;
  readonly waterfalls: Waterfalls;
  readonly lines: FileLines;
  /** The user does something in the view. */
  readonly onUse: () => void;
  readonly log: Log;
}

/** The Why Slow view: which lines the time of an endpoint or a trace goes to. Hidden until that is asked. */
export function registerWhySlowView(options: WhySlowViewOptions): Disposable {
  const { engine, loader, onUse, log } = options;
  const owned = new DisposableStore();
  const tree = owned.add(new WhySlowTree(loader));
  const view = owned.add(
    vscode.window.createTreeView<WhySlowNode>(views.whySlow, {
      treeDataProvider: tree,
      showCollapseAll: true,
    }),
  );
  const progress = owned.add(new ViewProgress(views.whySlow, 'spanhop.explanationBusy'));
  const describe = () => {
    const { state } = loader;
    setContextKey('spanhop.explained', state.asked !== undefined);
    view.description = explainedText(state);
    view.message = messageOf(state);
    progress.show(state.busy);
  };
  owned.add(loader.onChange(describe));
  owned.add(view.onDidChangeSelection(onUse));
  owned.add(view.onDidExpandElement(onUse));
  owned.add(engine.onIndexChange(() => loader.outdate()));
  owned.add(onSettingsChange(['spanhop.windowMinutes'], () => loader.outdate()));
  owned.add(
    registerCommand('spanhop.explain', log, async (target) => {
      const asked = target && isRowTarget(target) ? askedOf(target) : await askedHere(options);
      if (asked === undefined) return;
      const reading = loader.explain(asked);
      await vscode.commands.executeCommand(`${views.whySlow}.focus`);
      await reading;
      const { most } = tree;
      if (loader.state.asked === asked && most) await view.reveal(most, { focus: true });
    }),
  );
  owned.add(registerCommand('spanhop.explainAgain', log, () => loader.readAgain()));
  describe();
  return owned;
}

const askedOf = (target: EndpointTarget | CostTarget | TraceTarget): Asked =>
  'traceId' in target
    ? { title: shortTraceName(target.traceId), about: { traceId: target.traceId } }
    : {
        title: target.title,
        about: { endpointId: target.endpointId },
        ...('costly' in target && { line: target.costly }),
      };

/** Without a row: the handler at the cursor, or the trace of the waterfall that is looked at. */
async function askedHere({ lines, waterfalls }: WhySlowViewOptions): Promise<Asked | undefined> {
  const at = cursorLocation();
  const handler = at && (await handlerAt(at, lines));
  if (handler) return askedOf(handlerTarget(handler));
  if (!at && waterfalls.latest) return askedOf({ traceId: waterfalls.latest.traceId });
  void inform(vscode.l10n.t('Place the cursor in a handler with traces, or open a trace.'));
  return undefined;
}

/** A line above the tree: what is going on or went wrong, or why the explanation isn't of all requests, or of few. */
function messageOf({ asked, answer, error, busy }: ExplanationState): string {
  if (busy && !answer) return vscode.l10n.t('Loading…');
  if (error !== undefined) return statusFor(error).sentence;
  if (answer) return [answer.reason, fewText(answer) ?? []].flat().join(' ').trim();
  return asked === undefined
    ? ''
    : vscode.l10n.t('Loading was cancelled. Select Refresh to try again.');
}
