import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable.ts';
import type { Log } from '../core/ports.ts';
import { isSourceError } from '../core/base/sourceError.ts';
import { registerCommand, setContextKey } from './commands.ts';
import type { FileLines } from './code/fileLines.ts';
import { hasVisibleCode, openCodePaths } from './editor/openDocuments.ts';
import type { EndpointTree } from './endpoints/endpointTree.ts';
import type { EngineSession } from './engine/engineSession.ts';
import type { LocalReceiver } from './engine/localReceiver.ts';
import type { ExplanationLoader } from './explain/explanationLoader.ts';
import type { FigureFeed } from './figures/figureFeed.ts';
import { onSettingsChange, readSetting } from './settings/settings.ts';
import type { SourceSecrets } from './settings/sourceSecrets.ts';
import { receiverSettingIds, sourceInUse, sourceSettingIds } from './settings/sourceSettings.ts';
import type { MappingReportLoader } from './mapping/mappingReportLoader.ts';
import type { TraceSearch } from './traces/traceSearch.ts';

export interface FollowedParts {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly endpoints: EndpointTree;
  readonly lines: FileLines;
  readonly search: TraceSearch;
  readonly mapping: MappingReportLoader;
  readonly explanation: ExplanationLoader;
  readonly receiver: LocalReceiver;
  readonly secrets: SourceSecrets;
  readonly log: Log;
}

/** What follows from what: settings to source, figures and code to lenses, and the first reading. */
export function followChanges(parts: FollowedParts): Disposable {
  const { engine, feed, endpoints, lines, search, mapping, explanation, receiver, secrets, log } =
    parts;
  const owned = new DisposableStore();
  const sourceChanged = async () => {
    sayWhetherItReceives();
    if (!engine.started) return;
    // What the former source answered is not the new one's, however long that takes to answer.
    feed.forget();
    mapping.forget();
    explanation.forget();
    const opened = engine.sourceSettingsChanged().catch(() => undefined); // the reading below says why
    const searched = search.startOver(opened);
    await opened;
    linesChanged();
    await Promise.all([feed.refresh(), searched]);
  };
  const linesChanged = () => void lines.refresh(openCodePaths());
  owned.add(onSettingsChange(sourceSettingIds, () => void sourceChanged()));
  owned.add(secrets.onChange(() => void sourceChanged()));
  owned.add(onSettingsChange(receiverSettingIds, () => receiver.settingsChanged()));
  owned.add(
    onSettingsChange(['spanhop.windowMinutes'], () => {
      mapping.outdate();
      void feed.refresh();
      void search.lookBack(readSetting('spanhop.windowMinutes'));
    }),
  );
  owned.add(
    feed.onChange(({ busy, sampling, answer, error }) => {
      if (busy || sampling) return;
      linesChanged();
      const { state } = search;
      const foundNothing = state.traces?.length === 0 || isOutage(state.error);
      if (!foundNothing || state.busy || error !== undefined) return;
      if (answer?.rows.some(({ figures }) => figures)) search.searchOnceMore(answer);
    }),
  );
  // Where services and paths lead is said by the user, who looks at what becomes of it.
  let isCorrected = false;
  owned.add(
    onSettingsChange(['spanhop.services', 'spanhop.pathMappings'], () => {
      isCorrected = true;
    }),
  );
  owned.add(
    engine.onIndexChange(() => {
      linesChanged();
      void feed.rejoin(isCorrected);
      isCorrected = false;
    }),
  );
  owned.add(
    registerCommand('spanhop.refresh', log, async () => {
      await Promise.all([feed.refresh(), ...(search.wasAsked ? [search.search()] : [])]);
    }),
  );
  owned.add(
    registerCommand('spanhop.cancel', log, () => {
      feed.cancel();
      endpoints.cancel();
      search.cancel();
      mapping.cancel();
      explanation.cancel();
    }),
  );
  const readFirst = () => {
    if (hasVisibleCode() && feed.state.readAt === undefined) void feed.readAgain();
  };
  owned.add(vscode.window.onDidChangeVisibleTextEditors(readFirst));
  sayWhetherItReceives();
  setImmediate(readFirst);
  return owned;
}

const sayWhetherItReceives = () =>
  setContextKey('spanhop.receives', sourceInUse().editor.receives === true);

/** Over once the source answers anything else. */
const isOutage = (error: unknown): boolean =>
  isSourceError(error) &&
  ['unreachable', 'failed', 'timedOut', 'busy', 'unauthorized'].includes(error.code);
