import type {
  CallTarget,
  EndpointTarget,
  RowTarget,
  SearchField,
  ServiceTarget,
  TraceTarget,
} from './targets.ts';

/**
 * Every command, setting, view, context key and tree item kind that package.json contributes. The
 * manifest is written by hand; test/unit/host/contributions.test.ts compares both directions.
 */

/** Each command with its arguments. */
export interface CommandArguments {
  'spanhop.refresh': [];
  'spanhop.cancel': [];
  'spanhop.openTrace': [trace?: TraceTarget];
  'spanhop.copyTraceId': [trace: TraceTarget];
  'spanhop.readMapping': [];
  'spanhop.showHandlerTraces': [endpoint: EndpointTarget];
  'spanhop.openSlowestTrace': [endpoint: EndpointTarget];
  'spanhop.showCallTrace': [call: CallTarget];
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
  'spanhop.filterEndpoints': [];
  'spanhop.clearFilter': [];
  'spanhop.searchTraces': [];
  'spanhop.editSearch': [field: SearchField];
  'spanhop.clearSearch': [];
  'spanhop.loadMoreTraces': [];
  'spanhop.focusWaterfallFilter': [];
  'spanhop.showMenu': [];
  'spanhop.chooseSource': [];
  'spanhop.chooseWindow': [];
  'spanhop.chooseLensMode': [];
  'spanhop.choosePort': [];
  'spanhop.setJaegerUrl': [];
  'spanhop.setJaegerHeader': [];
  'spanhop.removeJaegerHeaders': [];
  'spanhop.copyExporterSettings': [];
  'spanhop.openSettings': [];
  'spanhop.openWalkthrough': [];
  'spanhop.showLog': [];
}
export type CommandId = keyof CommandArguments;

/** Whether the palette lists a command: always, never (it needs an argument), or under a `when`. */
export const commands: { readonly [Id in CommandId]: { readonly palette: string } } = {
  'spanhop.refresh': { palette: 'true' },
  'spanhop.cancel': {
    palette: 'spanhop.endpointsBusy || spanhop.tracesBusy || spanhop.mappingBusy',
  },
  'spanhop.openTrace': { palette: 'true' },
  'spanhop.copyTraceId': { palette: 'false' },
  'spanhop.readMapping': { palette: 'true' },
  'spanhop.showHandlerTraces': { palette: 'false' },
  'spanhop.openSlowestTrace': { palette: 'false' },
  'spanhop.showCallTrace': { palette: 'false' },
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
  'spanhop.choosePort': { palette: "spanhop.source == 'local'" },
  'spanhop.setJaegerUrl': { palette: 'true' },
  'spanhop.setJaegerHeader': { palette: 'true' },
  'spanhop.removeJaegerHeaders': { palette: 'true' },
  'spanhop.copyExporterSettings': { palette: 'true' },
  'spanhop.openSettings': { palette: 'true' },
  'spanhop.openWalkthrough': { palette: 'true' },
  'spanhop.showLog': { palette: 'true' },
};

const sourceKinds = ['local', 'jaeger'] as const;
export const lensModes = ['full', 'slowOnly', 'hoverOnly', 'off'] as const;
const noTracesChoices = ['nothing', 'quiet'] as const;
/** Minutes back from now that figures and searches look at. */
export const windowChoices = [15, 60, 360, 1440, 10080] as const;

/** Each setting with its type. */
export interface Settings {
  'spanhop.source': (typeof sourceKinds)[number];
  'spanhop.windowMinutes': (typeof windowChoices)[number];
  'spanhop.refreshSeconds': number;
  'spanhop.services': Readonly<Record<string, string>>;
  'spanhop.pathMappings': Readonly<Record<string, string>>;
  'spanhop.lens.mode': (typeof lensModes)[number];
  'spanhop.lens.slowMilliseconds': number;
  'spanhop.lens.whenNoTraces': (typeof noTracesChoices)[number];
  'spanhop.waterfall.previewOnClick': boolean;
  'spanhop.jaeger.url': string;
  'spanhop.jaeger.timeoutSeconds': number;
  'spanhop.jaeger.sampleSize': number;
  'spanhop.jaeger.maxResponseMegabytes': number;
  'spanhop.localStore.port': number;
  'spanhop.localStore.host': string;
  'spanhop.localStore.maxMegabytes': number;
  'spanhop.localStore.maxAgeHours': number;
}
export type SettingId = keyof Settings;

export interface SettingEntry<Value> {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'object';
  readonly default: Value;
  /**
   * `application`: the user's own settings only; they concern every window's traces. `machine`: so too, and each
   * machine that a window works on has its own.
   */
  readonly scope: 'window' | 'application' | 'machine';
  /** A workspace that isn't trusted can't set it. */
  readonly restricted: boolean;
  readonly values?: readonly Value[];
  readonly minimum?: number;
  readonly maximum?: number;
}

export const settings: { readonly [Id in SettingId]: SettingEntry<Settings[Id]> } = {
  'spanhop.source': {
    type: 'string',
    default: 'local',
    scope: 'window',
    restricted: true,
    values: sourceKinds,
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
  'spanhop.waterfall.previewOnClick': {
    type: 'boolean',
    default: true,
    scope: 'window',
    restricted: false,
  },
  'spanhop.jaeger.url': {
    type: 'string',
    default: 'http://localhost:16686',
    scope: 'window',
    restricted: true,
  },
  'spanhop.jaeger.timeoutSeconds': {
    type: 'number',
    default: 15,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 300,
  },
  'spanhop.jaeger.sampleSize': {
    type: 'integer',
    default: 500,
    scope: 'window',
    restricted: false,
    minimum: 10,
    maximum: 2_000,
  },
  'spanhop.jaeger.maxResponseMegabytes': {
    type: 'number',
    default: 64,
    scope: 'window',
    restricted: false,
    minimum: 1,
    maximum: 512,
  },
  'spanhop.localStore.port': {
    type: 'integer',
    default: 4318,
    scope: 'application',
    restricted: false,
    minimum: 1_024,
    maximum: 65_535,
  },
  'spanhop.localStore.host': {
    type: 'string',
    default: '127.0.0.1',
    scope: 'machine',
    restricted: true,
  },
  'spanhop.localStore.maxMegabytes': {
    type: 'integer',
    default: 512,
    scope: 'application',
    restricted: false,
    minimum: 16,
    maximum: 65_536,
  },
  'spanhop.localStore.maxAgeHours': {
    type: 'number',
    default: 72,
    scope: 'application',
    restricted: false,
    minimum: 1,
    maximum: 8_760,
  },
};

export const viewContainer = 'spanhop';
export const views = {
  endpoints: 'spanhop.endpoints',
  traces: 'spanhop.traces',
  mapping: 'spanhop.mapping',
} as const;
export const waterfallViewType = 'spanhop.waterfall';

/** Each context key Spanhop sets, with its type. */
export interface ContextKeys {
  'spanhop.source': Settings['spanhop.source'];
  /** Why the Endpoints view is empty, for its welcome text. */
  'spanhop.endpointsState':
    'starting' | 'cancelled' | 'noTraces' | 'failed' | 'portTaken' | 'ready';
  'spanhop.endpointsBusy': boolean;
  'spanhop.endpointsFiltered': boolean;
  'spanhop.tracesBusy': boolean;
  /** Why the Mapping view is empty, for its welcome text. */
  'spanhop.mappingState': 'idle' | 'reading' | 'noTraces' | 'failed' | 'ready';
  'spanhop.mappingBusy': boolean;
}
export const contextKeys: { readonly [Key in keyof ContextKeys]: true } = {
  'spanhop.source': true,
  'spanhop.endpointsState': true,
  'spanhop.endpointsBusy': true,
  'spanhop.endpointsFiltered': true,
  'spanhop.tracesBusy': true,
  'spanhop.mappingState': true,
  'spanhop.mappingBusy': true,
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

/**
 * A setting's value as Spanhop may use it: settings.json can hold anything.
 * @returns the default where `value` has the wrong type or isn't one of the choices; a number is brought into its range.
 */
export function validSetting<Value>(entry: SettingEntry<Value>, value: unknown): Value {
  if (entry.type === 'object') return isTextRecord(value) ? (value as Value) : entry.default;
  if (entry.type === 'string' || entry.type === 'boolean') {
    if (typeof value !== entry.type) return entry.default;
  } else if (typeof value !== 'number' || !Number.isFinite(value)) return entry.default;
  if (entry.values) return entry.values.find((choice) => choice === value) ?? entry.default;
  if (typeof value !== 'number') return value as Value;
  const whole = entry.type === 'integer' ? Math.round(value) : value;
  return Math.min(Math.max(whole, entry.minimum ?? whole), entry.maximum ?? whole) as Value;
}

function isTextRecord(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}
