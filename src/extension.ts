import type { ExtensionContext } from 'vscode';
import { DisposableStore } from './core/base/disposable.ts';
import { registerServiceFolderCommand } from './host/code/chooseServiceFolder.ts';
import { FileLines } from './host/code/fileLines.ts';
import { PathMappingOffer } from './host/code/pathMappingOffer.ts';
import { watchCode } from './host/code/watchCode.ts';
import { registerHeatMarks } from './host/editor/heatMarks.ts';
import { registerHovers } from './host/editor/hovers.ts';
import { registerLenses } from './host/editor/lensProvider.ts';
import { registerProblems } from './host/editor/problems.ts';
import { LensView } from './host/editor/lensSettings.ts';
import { hasVisibleCode } from './host/editor/openDocuments.ts';
import { CodeOpener } from './host/editor/openCode.ts';
import { registerEndpointCommands } from './host/endpoints/endpointCommands.ts';
import { EndpointTree } from './host/endpoints/endpointTree.ts';
import { EndpointsView } from './host/endpoints/endpointsView.ts';
import { ShownFigures } from './host/endpoints/shownFigures.ts';
import { registerWhichEndpoint } from './host/endpoints/whichEndpoint.ts';
import { openEngine, openReceiver } from './host/engine/openEngine.ts';
import { ExplanationLoader } from './host/explain/explanationLoader.ts';
import { registerWhySlowView } from './host/explain/whySlowView.ts';
import { registerExportCommands } from './host/export/exportCommands.ts';
import { FigureFeed } from './host/figures/figureFeed.ts';
import { pollFigures } from './host/figures/polling.ts';
import { followChanges } from './host/follow.ts';
import { registerTraceLinks } from './host/links/traceLinks.ts';
import { openLog } from './host/log.ts';
import { MappingReportLoader } from './host/mapping/mappingReportLoader.ts';
import { registerMappingView } from './host/mapping/mappingView.ts';
import { registerRowCommands } from './host/rowCommands.ts';
import { readSetting } from './host/settings/settings.ts';
import { registerSourceCommands } from './host/settings/sourceCommands.ts';
import { SourceSecrets } from './host/settings/sourceSecrets.ts';
import { registerMenu } from './host/status/menu.ts';
import { showStatusBar } from './host/status/statusBar.ts';
import { registerTraceFiles } from './host/traceFiles/registerTraceFiles.ts';
import { openTraceSearch } from './host/traces/openTraceSearch.ts';
import { registerDurationsView } from './host/traces/durationsView.ts';
import { registerTracesView } from './host/traces/tracesView.ts';
import { registerCompareCommands } from './host/waterfall/compareCommands.ts';
import { followCursor } from './host/waterfall/followCursor.ts';
import { RowMemory } from './host/waterfall/rowMemory.ts';
import { TraceLines } from './host/waterfall/traceLines.ts';
import { registerWaterfallCommands } from './host/waterfall/waterfallCommands.ts';
import { Waterfalls } from './host/waterfall/waterfalls.ts';

/** Builds the parts and wires them, in the order they depend on each other. Nothing is read or started here. */
export function activate(context: ExtensionContext): void {
  const { extensionUri, globalStorageUri, workspaceState } = context;
  const log = openLog();
  const owned = new DisposableStore((error) => log.error('Closing a part failed.', error));
  context.subscriptions.push(log, owned);

  const secrets = new SourceSecrets(context.secrets);
  const engine = owned.add(openEngine({ extensionUri, storage: globalStorageUri, secrets, log }));
  const windowMinutes = () => readSetting('spanhop.windowMinutes');
  const feed = owned.add(new FigureFeed({ engine, windowMinutes, log }));
  const search = owned.add(openTraceSearch(engine, log));
  const window = () => feed.window();
  const mapping = owned.add(new MappingReportLoader({ engine, window, log }));
  const explanation = owned.add(new ExplanationLoader({ engine, window, log }));
  const onSpans = () => {
    feed.spansArrived();
    search.spansArrived();
    waterfalls.spansArrived();
  };
  const receiver = owned.add(
    openReceiver({ extensionUri, storage: globalStorageUri, log, onSpans }),
  );
  const lines = owned.add(new FileLines(engine, log));
  const view = owned.add(new LensView(feed));
  const opener = owned.add(new CodeOpener());
  const offer = new PathMappingOffer({ engine, memory: workspaceState, log });
  const onRead = () => void offer.look();
  const paceMs = () => readSetting('spanhop.refreshSeconds') * 1_000;
  const shown = owned.add(new ShownFigures({ feed, paceMs, log }));
  const onUse = () => shown.sign('usedElsewhere');
  const rowMemory = new RowMemory(workspaceState);
  const waterfalls = owned.add(
    new Waterfalls({ engine, opener, extensionUri, rowMemory, window, log, onRead, onUse }),
  );
  const traceLines = owned.add(new TraceLines({ waterfalls, log }));
  const tree = owned.add(new EndpointTree({ engine, feed, shown, log }));
  const endpoints = owned.add(new EndpointsView({ tree, feed, shown, receiver, log }));

  owned.add(registerLenses({ lines, traceLines, view }));
  owned.add(registerHovers({ lines, traceLines, view }));
  owned.add(registerProblems(lines));
  owned.add(registerEndpointCommands({ engine, feed, waterfalls, log }));
  owned.add(registerWhichEndpoint({ engine, feed, opener, waterfalls, log }));
  owned.add(registerRowCommands({ opener, waterfalls, log }));
  owned.add(registerDurationsView({ search, extensionUri, onUse }));
  owned.add(registerTracesView({ engine, search, waterfalls, onUse, log }));
  owned.add(registerMappingView({ engine, reading: mapping, onUse, log }));
  owned.add(registerWhySlowView({ engine, loader: explanation, waterfalls, lines, onUse, log }));
  owned.add(registerHeatMarks(traceLines));
  owned.add(followCursor({ waterfalls, traceLines, opener, log }));
  owned.add(registerWaterfallCommands({ engine, feed, waterfalls, lines, traceLines, log }));
  owned.add(registerCompareCommands({ waterfalls, log }));
  owned.add(registerTraceFiles({ engine, waterfalls, memory: workspaceState, log }));
  owned.add(registerExportCommands({ engine, waterfalls, log }));
  owned.add(registerTraceLinks({ engine, waterfalls, log }));
  owned.add(registerServiceFolderCommand(engine, log));
  owned.add(registerSourceCommands({ engine, secrets, log }));
  owned.add(registerMenu({ feed, receiver, log }));
  owned.add(showStatusBar({ engine, feed, receiver }));
  owned.add(watchCode({ engine, moving: [lines, traceLines], log }));
  owned.add(
    followChanges({
      engine,
      feed,
      endpoints: tree,
      lines,
      search,
      mapping,
      explanation,
      receiver,
      secrets,
      log,
    }),
  );
  owned.add(
    feed.onChange(({ busy, sampling }) => {
      if (!busy && !sampling) onRead();
    }),
  );
  const isWatched = () => endpoints.visible || hasVisibleCode();
  owned.add(pollFigures({ feed, isWatched }));
}
