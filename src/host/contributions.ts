import type { SettingEntries } from '../core/base/setting.ts';
import {
  defaultKind,
  sourceSettings,
  editorSources,
  type EditorSourceKind,
  type SourceCommandId,
  type SourceValues,
} from '../sources/registry.ts';
import type {
  CallTarget,
  CostTarget,
  EndpointTarget,
  ExceptionTarget,
  FileTarget,
  RowTarget,
  SearchFieldTarget,
  ServiceTarget,
  TraceTarget,
} from './targets.ts';

/**
 * Every command, setting, view, context key and tree item kind that package.json contributes. The
 * manifest is written by hand; test/unit/host/contributions.test.ts compares both directions. What is of one source only
 * comes from its descriptor.
 */

/** Each command with its arguments. */
export interface CommandArguments extends Record<SourceCommandId, []> {
  'spanhop.refresh': [];
  'spanhop.cancel': [];
  'spanhop.openTrace': [trace?: TraceTarget];
  'spanhop.openTraceFile': [];
  'spanhop.openAsTrace': [file: FileTarget];
  'spanhop.saveTrace': [];
  'spanhop.savePicture': [];
  'spanhop.copyTraceSummary': [];
  'spanhop.copyTraceId': [trace: TraceTarget];
  'spanhop.compareTrace': [];
  /** Without a target: the trace of the waterfall. */
  'spanhop.selectForCompare': [trace?: TraceTarget];
  'spanhop.compareWithSelected': [trace?: TraceTarget];
  /** The row that was clicked, and all that are selected. */
  'spanhop.compareSelected': [trace?: TraceTarget, rows?: readonly object[]];
  'spanhop.readMapping': [];
  'spanhop.showHandlerTraces': [endpoint: EndpointTarget];
  'spanhop.openSlowestTrace': [endpoint: EndpointTarget];
  'spanhop.showCallTrace': [call: CallTarget];
  'spanhop.openLatestTrace': [exception: ExceptionTarget];
  /** Without a target: the handler at the cursor, or the trace of the waterfall. */
  'spanhop.explain': [target?: EndpointTarget | CostTarget | TraceTarget];
  'spanhop.explainAgain': [];
  'spanhop.showMethodSpans': [];
  'spanhop.showLineSpans': [line: CallTarget];
  'spanhop.goToSource': [endpoint: EndpointTarget];
  'spanhop.clickRow': [row: RowTarget];
  /** With what the row that has the focus is made of. */
  'spanhop.openRow': [row?: object];
  'spanhop.useEndpoints': [];
  'spanhop.setServiceFolder': [service?: ServiceTarget];
  'spanhop.sortByP95': [];
  'spanhop.sortByTotal': [];
  'spanhop.sortByErrors': [];
  'spanhop.sortByCount': [];
  'spanhop.sortByDatabase': [];
  'spanhop.sortByHttp': [];
  'spanhop.sortByCache': [];
  'spanhop.sortByMessages': [];
  'spanhop.sortByWaiting': [];
  'spanhop.sortByCode': [];
  /** What to ask about, as it is typed. */
  'spanhop.whichEndpoint': [asked?: string];
  'spanhop.filterEndpoints': [];
  'spanhop.clearFilter': [];
  'spanhop.searchTraces': [];
  /** Without a target, it asks for one of the fields that the form doesn't show. */
  'spanhop.editSearch': [target?: SearchFieldTarget];
  'spanhop.clearSearch': [];
  'spanhop.loadMoreTraces': [];
  'spanhop.focusWaterfallFilter': [];
  'spanhop.showMenu': [];
  'spanhop.chooseSource': [];
  'spanhop.chooseWindow': [];
  'spanhop.chooseLensMode': [];
  'spanhop.choosePort': [];
  'spanhop.copyExporterSettings': [];
  'spanhop.openSettings': [];
  'spanhop.openWalkthrough': [];
  'spanhop.showLog': [];
}
export type CommandId = keyof CommandArguments;
/** Those that need no argument. */
export type PlainCommand = {
  [Id in CommandId]: [] extends CommandArguments[Id] ? Id : never;
}[CommandId];

const sourceCommands = Object.fromEntries(
  editorSources
    .flatMap(({ editor: { address, secret } }) => [
      ...(address ? [address.command] : []),
      ...(secret ? [secret.commands.set, secret.commands.remove] : []),
    ])
    .map((id) => [id, { palette: 'true' }]),
) as { readonly [Id in SourceCommandId]: { readonly palette: string } };

/** A waterfall, also one of a file, has the focus. */
const whileWaterfall =
  "activeWebviewPanelId == 'spanhop.waterfall' || activeCustomEditorId == 'spanhop.traceFile'";

/** Whether the palette lists a command: always, never (it needs an argument), or under a `when`. */
export const commands: { readonly [Id in CommandId]: { readonly palette: string } } = {
  ...sourceCommands,
  'spanhop.refresh': { palette: 'true' },
  'spanhop.cancel': {
    palette:
      'spanhop.endpointsBusy || spanhop.tracesBusy || spanhop.mappingBusy || spanhop.explanationBusy',
  },
  'spanhop.openTrace': { palette: 'true' },
  'spanhop.openTraceFile': { palette: 'true' },
  'spanhop.openAsTrace': { palette: 'false' },
  'spanhop.saveTrace': { palette: whileWaterfall },
  'spanhop.savePicture': { palette: whileWaterfall },
  'spanhop.copyTraceSummary': { palette: whileWaterfall },
  'spanhop.copyTraceId': { palette: 'false' },
  'spanhop.compareTrace': { palette: whileWaterfall },
  'spanhop.selectForCompare': { palette: whileWaterfall },
  'spanhop.compareWithSelected': {
    palette: `spanhop.traceSelectedForCompare && (${whileWaterfall})`,
  },
  'spanhop.compareSelected': { palette: 'false' },
  'spanhop.readMapping': { palette: 'true' },
  'spanhop.showHandlerTraces': { palette: 'false' },
  'spanhop.openSlowestTrace': { palette: 'false' },
  'spanhop.showCallTrace': { palette: 'false' },
  'spanhop.openLatestTrace': { palette: 'false' },
  'spanhop.explain': { palette: 'true' },
  'spanhop.explainAgain': { palette: 'false' },
  'spanhop.showMethodSpans': { palette: 'editorLangId =~ /^(type|java)script/' },
  'spanhop.showLineSpans': { palette: 'false' },
  'spanhop.goToSource': { palette: 'false' },
  'spanhop.clickRow': { palette: 'false' },
  'spanhop.openRow': { palette: 'false' },
  'spanhop.useEndpoints': { palette: 'false' },
  'spanhop.setServiceFolder': { palette: 'true' },
  'spanhop.sortByP95': { palette: 'false' },
  'spanhop.sortByTotal': { palette: 'false' },
  'spanhop.sortByErrors': { palette: 'false' },
  'spanhop.sortByCount': { palette: 'false' },
  'spanhop.sortByDatabase': { palette: 'false' },
  'spanhop.sortByHttp': { palette: 'false' },
  'spanhop.sortByCache': { palette: 'false' },
  'spanhop.sortByMessages': { palette: 'false' },
  'spanhop.sortByWaiting': { palette: 'false' },
  'spanhop.sortByCode': { palette: 'false' },
  'spanhop.whichEndpoint': { palette: 'true' },
  'spanhop.filterEndpoints': { palette: 'true' },
  'spanhop.clearFilter': { palette: 'spanhop.endpointsFiltered' },
  'spanhop.searchTraces': { palette: 'true' },
  'spanhop.editSearch': { palette: 'false' },
  'spanhop.clearSearch': { palette: 'false' },
  'spanhop.loadMoreTraces': { palette: 'false' },
  'spanhop.focusWaterfallFilter': { palette: whileWaterfall },
  'spanhop.showMenu': { palette: 'true' },
  'spanhop.chooseSource': { palette: 'true' },
  'spanhop.chooseWindow': { palette: 'true' },
  'spanhop.chooseLensMode': { palette: 'true' },
  'spanhop.choosePort': { palette: 'spanhop.receives' },
  'spanhop.copyExporterSettings': { palette: 'true' },
  'spanhop.openSettings': { palette: 'true' },
  'spanhop.openWalkthrough': { palette: 'true' },
  'spanhop.showLog': { palette: 'true' },
};

export const lensModes = ['full', 'slowOnly', 'hoverOnly', 'off'] as const;
const revealChoices = ['selection', 'click', 'off'] as const;
const noTracesChoices = ['nothing', 'quiet'] as const;
/** Minutes back from now that figures and searches look at. */
export const windowChoices = [15, 60, 360, 1440, 10080] as const;

/** Each setting with its type. */
export interface Settings extends SourceValues {
  'spanhop.source': EditorSourceKind;
  'spanhop.windowMinutes': (typeof windowChoices)[number];
  'spanhop.refreshSeconds': number;
  'spanhop.services': Readonly<Record<string, string>>;
  'spanhop.pathMappings': Readonly<Record<string, string>>;
  'spanhop.lens.mode': (typeof lensModes)[number];
  'spanhop.lens.slowMilliseconds': number;
  'spanhop.lens.whenNoTraces': (typeof noTracesChoices)[number];
  'spanhop.lens.exceptions': boolean;
  'spanhop.problems.repeatedCalls': boolean;
  'spanhop.problems.independentAwaits': boolean;
  'spanhop.waterfall.revealOnSelect': (typeof revealChoices)[number];
  /** Deprecated: see `revealsOnSelect`. */
  'spanhop.waterfall.previewOnClick': boolean;
  'spanhop.waterfall.followCursor': boolean;
  'spanhop.waterfall.heat': boolean;
}
export type SettingId = keyof Settings;

export const settings: SettingEntries<Settings> = {
  'spanhop.source': {
    type: 'string',
    default: defaultKind,
    scope: 'window',
    restricted: true,
    values: editorSources.map(({ kind }) => kind),
  },
  'spanhop.windowMinutes': {
    type: 'number',
    default: 60,
    scope: 'window',
    restricted: false,
    values: windowChoices,
  },
  'spanhop.refreshSeconds': {
    type: 'integer',
    default: 30,
    scope: 'window',
    restricted: false,
    minimum: 5,
    maximum: 3_600,
  },
  'spanhop.services': { type: 'object', default: {}, scope: 'window', restricted: true },
  'spanhop.pathMappings': { type: 'object', default: {}, scope: 'window', restricted: true },
  'spanhop.lens.mode': {
    type: 'string',
    default: 'full',
    scope: 'window',
    restricted: false,
    values: lensModes,
  },
  'spanhop.lens.slowMilliseconds': {
    type: 'number',
    default: 500,
    scope: 'window',
    restricted: false,
    minimum: 0,
    maximum: 3_600_000,
  },
  'spanhop.lens.whenNoTraces': {
    type: 'string',
    default: 'nothing',
    scope: 'window',
    restricted: false,
    values: noTracesChoices,
  },
  'spanhop.lens.exceptions': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.problems.repeatedCalls': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.problems.independentAwaits': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.waterfall.previewOnClick': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.waterfall.followCursor': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.waterfall.revealOnSelect': {
    type: 'string',
    default: 'selection',
    scope: 'window',
    restricted: false,
    values: revealChoices,
  },
  'spanhop.waterfall.heat': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  ...sourceSettings,
};

export const viewContainer = 'spanhop';
export const views = {
  endpoints: 'spanhop.endpoints',
  whySlow: 'spanhop.whySlow',
  durations: 'spanhop.durations',
  traces: 'spanhop.traces',
  mapping: 'spanhop.mapping',
} as const;
export const waterfallViewType = 'spanhop.waterfall';
/** The editor of a trace file, which is a waterfall too. */
export const traceFileViewType = 'spanhop.traceFile';

/** Each context key Spanhop sets, with its type. */
export interface ContextKeys {
  /** The source is filled by this window's OTLP receiver. */
  'spanhop.receives': boolean;
  /** Why the Endpoints view is empty, for its welcome text. */
  'spanhop.endpointsState':
    'starting' | 'cancelled' | 'noTraces' | 'failed' | 'portTaken' | 'ready';
  'spanhop.endpointsBusy': boolean;
  'spanhop.endpointsFiltered': boolean;
  'spanhop.tracesBusy': boolean;
  /** Another trace can be compared with it. */
  'spanhop.traceSelectedForCompare': boolean;
  /** The search found traces: the Durations view is there. */
  'spanhop.tracesFound': boolean;
  /** Why the Mapping view is empty, for its welcome text. */
  'spanhop.mappingState': 'idle' | 'reading' | 'noTraces' | 'failed' | 'ready';
  'spanhop.mappingBusy': boolean;
  /** An endpoint or a trace was asked about: the Why Slow view is there. */
  'spanhop.explained': boolean;
  'spanhop.explanationBusy': boolean;
}
export const contextKeys: { readonly [Key in keyof ContextKeys]: true } = {
  'spanhop.receives': true,
  'spanhop.endpointsState': true,
  'spanhop.endpointsBusy': true,
  'spanhop.endpointsFiltered': true,
  'spanhop.tracesBusy': true,
  'spanhop.traceSelectedForCompare': true,
  'spanhop.tracesFound': true,
  'spanhop.mappingState': true,
  'spanhop.mappingBusy': true,
  'spanhop.explained': true,
  'spanhop.explanationBusy': true,
};

/** `viewItem` of the tree items, for their menus. */
export const itemKinds = {
  service: 'spanhop.service',
  handler: 'spanhop.handler',
  handlerWithTraces: 'spanhop.handlerWithTraces',
  unmapped: 'spanhop.unmappedWithTraces',
  trace: 'spanhop.trace',
  exception: 'spanhop.exception',
  searchField: 'spanhop.searchField',
  loadMore: 'spanhop.loadMore',
} as const;
