import type { CodeIndex } from '../code/model.ts';
import { attributeOf, textAttribute, type RawSpan } from '../trace/rawSpan.ts';
import type { Trace } from '../trace/trace.ts';
import type { SpanMatch } from './match.ts';
import type { ServiceFolders } from './serviceFolders.ts';
import { isJavaScript } from './attributes/otherLanguage.ts';
import { pathOptions, type MatchOptions, type PathOptions } from './options.ts';
import type { ServicePlace } from './servicePlace.ts';

/** What a NestJS span is: its request (guards, pipes, interceptors and all) or the handler's own run. */
export type NestLayer = 'request' | 'handler' | 'other';

/** Codes in `MatchContext.nestLayers`, by position. */
const nestLayers = [undefined, 'request', 'handler', 'other'] as const;

/** One trace on its way up the ladder. */
export interface MatchContext {
  readonly trace: Trace;
  readonly index: CodeIndex;
  readonly options: MatchOptions;
  /** One a service of the trace. */
  readonly places: readonly ServicePlace[];
  /** Where paths are looked for, one a service. */
  readonly paths: readonly PathOptions[];
  /** One a row; undefined while nothing has been found. */
  readonly matches: (SpanMatch | undefined)[];
  /** Row of the nearest NestJS request span at or above each row, -1 without. */
  readonly nestRequest: Int32Array;
  /** For a server span the row of the first NestJS request span below it, -1 without. */
  readonly answeredBy: Int32Array;
  /** For a server span the row of the only GraphQL operation below it; -1 without GraphQL, else see below. */
  readonly graphqlBelow: Int32Array;
  /** Row of the nearest server span at or above each row, -1 without. */
  readonly server: Int32Array;
  /** 1 where the span has a `code.*` attribute. */
  readonly namesCode: Uint8Array;
  /** 1 where the span has an attribute of GraphQL. */
  readonly isGraphql: Uint8Array;
  /** 1 where the span has an attribute of a message or a queue's job. */
  readonly isMessage: Uint8Array;
  /** What kind of NestJS span each row is: ask `nestLayer`. */
  readonly nestLayers: Uint8Array;
  /** Requests looked up already. */
  readonly requests: Map<string, SpanMatch>;
  /** Ids of the Prisma calls that a method reaches, by its id. */
  readonly reached: Map<string, ReadonlySet<string>>;
  /** The matches that spans of one request share with the span that tells. */
  readonly parts: Map<SpanMatch, SpanMatch>;
  /** The matches that a Prisma call's parts share, by how they belong to it. */
  readonly callParts: Map<SpanMatch, Map<string, SpanMatch>>;
}

export function openMatchContext(
  trace: Trace,
  index: CodeIndex,
  services: ServiceFolders,
  options: MatchOptions,
): MatchContext {
  const { size } = trace;
  const places = placesOf(trace, services);
  const state: MatchContext = {
    trace,
    index,
    options,
    places,
    paths: places.map(({ project }, at) =>
      pathOptions(options, trace.services[at] ?? '', project?.root),
    ),
    matches: Array.from({ length: size }, () => undefined),
    nestRequest: new Int32Array(size).fill(-1),
    answeredBy: new Int32Array(size).fill(-1),
    graphqlBelow: new Int32Array(size).fill(-1),
    server: new Int32Array(size).fill(-1),
    namesCode: new Uint8Array(size),
    isGraphql: new Uint8Array(size),
    isMessage: new Uint8Array(size),
    nestLayers: new Uint8Array(size),
    requests: new Map(),
    reached: new Map(),
    parts: new Map(),
    callParts: new Map(),
  };
  const { parent, service } = trace.columns;
  let row = 0;
  for (const span of trace.spans) {
    const above = parent[row] ?? -1;
    const server = span.kind === 'server' ? row : (state.server[above] ?? -1);
    state.server[row] = server;
    readTraits(span, row, state);
    if (span.scope.includes('graphql')) noteGraphql(span, row, server, state);
    if (nestLayer(row, state) === 'request') {
      state.nestRequest[row] = row;
      if (state.answeredBy[server] === -1 && service[server] === service[row]) {
        state.answeredBy[server] = row;
      }
    } else if (span.kind !== 'server') state.nestRequest[row] = state.nestRequest[above] ?? -1;
    row++;
  }
  return state;
}

/** In `graphqlBelow`: a batch, or a request that GraphQL refused before it ran. */
export const manyOperations = -2;
export const noOperation = -3;

function noteGraphql(span: RawSpan, row: number, server: number, state: MatchContext): void {
  const { graphqlBelow } = state;
  const known = graphqlBelow[server];
  if (known === undefined) return;
  if (textAttribute(span.attributes, 'graphql.operation.type') !== undefined) {
    graphqlBelow[server] = known === -1 || known === noOperation ? row : manyOperations;
  } else if (known === -1) graphqlBelow[server] = noOperation;
}

/** One look at the attributes for what every step wants to know first. */
function readTraits({ attributes }: RawSpan, row: number, state: MatchContext): void {
  for (const { key, value } of attributes) {
    if (key === 'nestjs.type') {
      const layer = value === 'request_context' ? 'request' : value === 'handler' ? value : 'other';
      state.nestLayers[row] = nestLayers.indexOf(layer);
    } else if (key.startsWith('code.')) state.namesCode[row] = 1;
    else if (key.startsWith('graphql.')) state.isGraphql[row] = 1;
    else if (key.startsWith('messaging.') || key.startsWith('bull')) state.isMessage[row] = 1;
  }
}

export const nestLayer = (row: number, state: MatchContext): NestLayer | undefined =>
  nestLayers[state.nestLayers[row] ?? 0];

export function placeOf({ places, trace }: MatchContext, row: number): ServicePlace {
  return places[trace.columns.service[row] ?? 0] ?? nowhere;
}

export function serviceOf({ trace }: MatchContext, row: number): string {
  return trace.services[trace.columns.service[row] ?? 0] ?? '';
}

export function optionsFor(row: number, { paths, trace, options }: MatchContext): PathOptions {
  return paths[trace.columns.service[row] ?? 0] ?? pathOptions(options, '', undefined);
}

const nowhere: ServicePlace = { project: undefined, evidence: '', language: '' };

function placesOf(trace: Trace, services: ServiceFolders): ServicePlace[] {
  const languages = new Map<string, string>();
  for (const resource of new Set(trace.spans.map((span) => span.resource))) {
    // A proxy beside the service may go by its name: what runs JavaScript decides.
    if (isJavaScript(languages.get(resource.service) ?? '')) continue;
    const language = attributeOf(resource.attributes, 'telemetry.sdk.language');
    if (typeof language === 'string') languages.set(resource.service, language);
  }
  return trace.services.map((service) => ({
    project: services.get(service)?.project,
    evidence: services.get(service)?.evidence ?? '',
    language: languages.get(service) ?? '',
  }));
}
