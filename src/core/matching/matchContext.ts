import type { CodeIndex } from '../code/model.ts';
import { attributeOf, textAttribute, type RawSpan, type Resource } from '../trace/rawSpan.ts';
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

/** A number for each row. */
type Column = ArrayLike<number>;

/** What is known of a trace, and of where its services' code is, before any span is matched. Nothing in it changes. */
export interface MatchContext {
  readonly trace: Trace;
  readonly index: CodeIndex;
  /** One a service of the trace. */
  readonly places: readonly ServicePlace[];
  /** Where paths are looked for, one a service. */
  readonly paths: readonly PathOptions[];
  /** Row of the nearest NestJS request span at or above each row, -1 without. */
  readonly nestRequest: Column;
  /** For a server span the row of the first NestJS request span below it, -1 without. */
  readonly answeredBy: Column;
  /** For a server span the row of the only GraphQL operation below it; -1 without GraphQL, else see below. */
  readonly graphqlBelow: Column;
  /** Row of the nearest server span at or above each row, -1 without. */
  readonly server: Column;
  /** 1 where the span has a `code.*` attribute. */
  readonly namesCode: Column;
  /** 1 where the span has an attribute of GraphQL. */
  readonly isGraphql: Column;
  /** 1 where the span has an attribute of a message or a queue's job. */
  readonly isMessage: Column;
  /** 1 where the span has an attribute of a database call: `db.*`. */
  readonly isDatabase: Column;
  /** 1 where the span has an attribute of Express, Fastify or their router. */
  readonly isFramework: Column;
  /** What kind of NestJS span each row is: ask `nestLayer`. */
  readonly nestLayers: Column;
}

/** The matches of rows, as far as they are found. */
export type Found = readonly (SpanMatch | undefined)[];

/** @param services folders of the trace's services */
export function matchContext(
  trace: Trace,
  index: CodeIndex,
  services: ServiceFolders,
  options: MatchOptions,
): MatchContext {
  const places = placesOf(trace, services);
  const paths = places.map(({ project }, at) =>
    pathOptions(options, trace.services[at] ?? '', project?.root),
  );
  return { trace, index, places, paths, ...readRows(trace) };
}

/** The columns of a context while they are filled. */
function startColumns(size: number) {
  return {
    nestRequest: new Int32Array(size).fill(-1),
    answeredBy: new Int32Array(size).fill(-1),
    graphqlBelow: new Int32Array(size).fill(-1),
    server: new Int32Array(size).fill(-1),
    namesCode: new Uint8Array(size),
    isGraphql: new Uint8Array(size),
    isMessage: new Uint8Array(size),
    isDatabase: new Uint8Array(size),
    isFramework: new Uint8Array(size),
    nestLayers: new Uint8Array(size),
  };
}

type Columns = ReturnType<typeof startColumns>;

/** Rows from the top down: a span's columns follow from those above it. */
function readRows({ spans, size, columns: { parent, service } }: Trace): Columns {
  const columns = startColumns(size);
  const { nestRequest, answeredBy } = columns;
  const traits = new Map<string, Trait>();
  let row = 0;
  for (const span of spans) {
    const above = parent[row] ?? -1;
    const server = span.kind === 'server' ? row : (columns.server[above] ?? -1);
    columns.server[row] = server;
    readTraits(span, row, columns, traits);
    if (span.scope.includes('graphql')) noteGraphql(span, row, server, columns);
    if (columns.nestLayers[row] === requestLayer) {
      nestRequest[row] = row;
      if (answeredBy[server] === -1 && service[server] === service[row]) answeredBy[server] = row;
    } else if (span.kind !== 'server') nestRequest[row] = nestRequest[above] ?? -1;
    row++;
  }
  return columns;
}

const requestLayer = nestLayers.indexOf('request');

/** In `graphqlBelow`: a batch, or a request that GraphQL refused before it ran. */
export const manyOperations = -2;
export const noOperation = -3;

function noteGraphql(span: RawSpan, row: number, server: number, { graphqlBelow }: Columns): void {
  const known = graphqlBelow[server];
  if (known === undefined) return;
  if (textAttribute(span.attributes, 'graphql.operation.type') !== undefined) {
    graphqlBelow[server] = known === -1 || known === noOperation ? row : manyOperations;
  } else if (known === -1) graphqlBelow[server] = noOperation;
}

/** One look at the attributes for what every step wants to know first. */
function readTraits(
  { attributes }: RawSpan,
  row: number,
  columns: Columns,
  traits: Map<string, Trait>,
): void {
  for (const { key, value } of attributes) {
    let trait = traits.get(key);
    if (trait === undefined) {
      trait = traitOf(key);
      traits.set(key, trait);
    }
    if (trait === 'nestLayers') {
      const layer = value === 'request_context' ? 'request' : value === 'handler' ? value : 'other';
      columns.nestLayers[row] = nestLayers.indexOf(layer);
    } else if (trait !== 'none') columns[trait][row] = 1;
  }
}

/** The column that an attribute of such a key is noted in. */
type Trait =
  'nestLayers' | 'namesCode' | 'isGraphql' | 'isDatabase' | 'isMessage' | 'isFramework' | 'none';

function traitOf(key: string): Trait {
  if (key === 'nestjs.type') return 'nestLayers';
  if (key.startsWith('code.')) return 'namesCode';
  if (key.startsWith('graphql.')) return 'isGraphql';
  if (key.startsWith('db.')) return 'isDatabase';
  if (key.startsWith('messaging.') || key.startsWith('bull')) return 'isMessage';
  return isOfFramework(key) ? 'isFramework' : 'none';
}

const isOfFramework = (key: string) =>
  key.startsWith('express.') || key.startsWith('fastify.') || key.startsWith('router.');

export const nestLayer = (row: number, context: MatchContext): NestLayer | undefined =>
  nestLayers[context.nestLayers[row] ?? 0];

export function placeOf(row: number, { places, trace }: MatchContext): ServicePlace {
  return places[trace.columns.service[row] ?? 0] ?? nowhere;
}

export function serviceOf(row: number, { trace }: MatchContext): string {
  return trace.services[trace.columns.service[row] ?? 0] ?? '';
}

export function optionsFor(row: number, { paths, trace }: MatchContext): PathOptions {
  return paths[trace.columns.service[row] ?? 0] ?? noPaths;
}

const noPaths: PathOptions = {
  pathMappings: [],
  sourceMapper: () => undefined,
  service: '',
  seen: new Set(),
  root: undefined,
};

const nowhere: ServicePlace = { project: undefined, evidence: '', language: '' };

function placesOf(trace: Trace, services: ServiceFolders): ServicePlace[] {
  const languages = new Map<string, string>();
  let last: Resource | undefined;
  for (const { resource } of trace.spans) {
    if (resource === last) continue;
    last = resource;
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
