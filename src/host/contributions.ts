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
  EndpointTarget,
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
  'spanhop.copyTraceId': [trace: TraceTarget];
  'spanhop.readMapping': [];
  'spanhop.showHandlerTraces': [endpoint: EndpointTarget];
  'spanhop.openSlowestTrace': [endpoint: EndpointTarget];
  'spanhop.showCallTrace': [call: CallTarget];
  /** Without a target: the handler at the cursor, or the trace of the waterfall. */
  'spanhop.explain': [target?: EndpointTarget | TraceTarget];
  'spanhop.explainAgain': [];
  'spanhop.showMethodSpans': [];
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

/** Whether the palette lists a command: always, never (it needs an argument), or under a `when`. */
export const commands: { readonly [Id in CommandId]: { readonly palette: string } } = {
  ...sourceCommands,
  'spanhop.refresh': { palette: 'true' },
  'spanhop.cancel': {
    palette:
      'spanhop.endpointsBusy || spanhop.tracesBusy || spanhop.mappingBusy || spanhop.explanationBusy',
  },
  'spanhop.openTrace': { palette: 'true' },
  'spanhop.copyTraceId': { palette: 'false' },
  'spanhop.readMapping': { palette: 'true' },
  'spanhop.showHandlerTraces': { palette: 'false' },
  'spanhop.openSlowestTrace': { palette: 'false' },
  'spanhop.showCallTrace': { palette: 'false' },
  'spanhop.explain': { palette: 'true' },
  'spanhop.explainAgain': { palette: 'false' },
  'spanhop.showMethodSpans': { palette: 'editorLangId =~ /^(type|java)script/' },
  'spanhop.goToSource': { palette: 'false' },
  'spanhop.clickRow': { palette: 'false' },
  'spanhop.openRow': { palette: 'false' },
  'spanhop.useEndpoints': { palette: 'false' },
  'spanhop.setServiceFolder': { palette: 'true' },
  'spanhop.sortByP95': { palette: 'false' },
  'spanhop.sortByTotal': { palette: 'false' },
  'spanhop.sortByErrors': { palette: 'false' },
  'spanhop.sortByCount': { palette: 'false' },
  'spanhop.whichEndpoint': { palette: 'true' },
  'spanhop.filterEndpoints': { palette: 'true' },
  'spanhop.clearFilter': { palette: 'spanhop.endpointsFiltered' },
  'spanhop.searchTraces': { palette: 'true' },
  'spanhop.editSearch': { palette: 'false' },
  'spanhop.clearSearch': { palette: 'false' },
  'spanhop.loadMoreTraces': { palette: 'false' },
  'spanhop.focusWaterfallFilter': { palette: "activeWebviewPanelId == 'spanhop.waterfall'" },
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
  'spanhop.problems.repeatedCalls': boolean;
  'spanhop.waterfall.previewOnClick': boolean;
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
  'spanhop.problems.repeatedCalls': {
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
  ...sourceSettings,
};

export const viewContainer = 'spanhop';
export const views = {
  endpoints: 'spanhop.endpoints',
  whySlow: 'spanhop.whySlow',
  traces: 'spanhop.traces',
  mapping: 'spanhop.mapping',
} as const;
export const waterfallViewType = 'spanhop.waterfall';

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
  searchField: 'spanhop.searchField',
  loadMore: 'spanhop.loadMore',
} as const;
