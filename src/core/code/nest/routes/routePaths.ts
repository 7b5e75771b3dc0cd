import type { RouterRules } from '../../model.ts';

/** A request's version as Nest keeps it; `neutral` is VERSION_NEUTRAL, `unknown` what can't be evaluated. */
export type Version = { readonly text: string } | 'neutral' | 'unknown';

/** A path, or a part of one; `known` false: `text` is only its end. */
export interface KnownPath {
  readonly text: string;
  readonly known: boolean;
}

export const emptyPath: KnownPath = { text: '', known: true };

/** What an application adds to its routes. */
export interface RouteSettings {
  /** Of `setGlobalPrefix`; empty: none. */
  readonly prefix: string;
  /** False: a prefix is set, its value isn't known. */
  readonly prefixKnown: boolean;
  /** False: the running program may have another than that, or none. */
  readonly prefixFixed: boolean;
  readonly exclude: readonly { readonly path: string; readonly method: string | undefined }[];
  /** Of `enableVersioning` by URI; undefined: versions don't show in paths. Its prefix undefined: not known. */
  readonly versioning:
    { readonly prefix: string | undefined; readonly defaults: readonly Version[] } | undefined;
  /** Undefined: which router it has isn't known. */
  readonly router: RouterRules | undefined;
}

export interface RouteParts {
  readonly method: string;
  readonly versions: readonly Version[];
  readonly modulePath: KnownPath;
  readonly controllerPath: KnownPath;
  readonly methodPath: KnownPath;
}

/** A route as it is registered, or its known end (`complete` false), and what of it no other prefix changes. */
interface RoutePath {
  readonly path: string;
  readonly complete: boolean;
  readonly ending: string;
}

/**
 * Full paths of a route, one per version; of one with a part that isn't known the end behind that part.
 * @see https://github.com/nestjs/nest/blob/v12.0.0/packages/core/router/route-path-factory.ts
 */
export function routePaths(parts: RouteParts, settings: RouteSettings): readonly RoutePath[] {
  const { versioning } = settings;
  const versions = parts.versions.length > 0 ? parts.versions : (versioning?.defaults ?? []);
  const starts =
    versioning && versions.length > 0
      ? versions.map((version) => versionPath(version, versioning.prefix))
      : [emptyPath];
  const prefix = { text: settings.prefix, known: settings.prefixKnown };
  const rest = [parts.modulePath, parts.controllerPath, parts.methodPath].reduce(join, emptyPath);
  const excluded = settings.exclude.some((entry) => excludes(entry, rest.text, parts.method));
  const paths = starts.map((start): RoutePath => {
    const ending = join(start, rest);
    const { text, known } = excluded ? ending : join(prefix, ending);
    return { path: clean(text), complete: known, ending: clean(ending.text) };
  });
  return [...new Map(paths.map((one) => [one.path, one])).values()];
}

const clean = (path: string): string => withoutEnd(withStart(path)) || '/';

function versionPath(version: Version, prefix: string | undefined): KnownPath {
  if (version === 'neutral') return emptyPath;
  return version === 'unknown' || prefix === undefined
    ? { text: '', known: false }
    : { text: `/${prefix}${version.text}`, known: true };
}

/** What stands before a part of which only the end is known doesn't lead to that end. */
const join = (start: KnownPath, end: KnownPath): KnownPath =>
  end.known ? { text: append(start.text, end.text), known: start.known } : end;

/** An optional part brings its own slash: `users` and `{/:id}` give `/users{/:id}`. */
const withStart = (path: string): string => (/^($|\/|\{\/)/.test(path) ? path : `/${path}`);

const withoutEnd = (path: string): string => path.replace(/\/$/, '');

function append(start: string, end: string): string {
  return end === '' ? start : `${withoutEnd(start)}${withStart(end)}`;
}

/** As a pattern of an exclusion is compared: no double slashes, none at the end. */
function normalise(path: string): string {
  const single = `/${path}`.replace(/\/{2,}/g, '/');
  return single.length > 1 ? single.replace(/\/+$/, '') : single;
}

function excludes(entry: RouteSettings['exclude'][number], path: string, method: string): boolean {
  if (entry.method !== undefined && entry.method !== 'ALL' && entry.method !== method) return false;
  return patternOf(entry.path).test(normalise(path));
}

/** The part of path-to-regexp's patterns that exclusions use, of its old and new syntax. */
function patternOf(path: string): RegExp {
  const source = normalise(path)
    .replace(/[.+?^$|[\]\\]/g, '\\$&')
    .replace(/\(\\\.\*\)|\(\.\*\)/g, '.*')
    .replace(/\{/g, '(?:')
    .replace(/\}/g, ')?')
    .replace(/:\w+/g, '[^/]+')
    .replace(/(?<!\.)\*\w*/g, '.*');
  try {
    return new RegExp(`^${source}/?$`, 'i');
  } catch {
    return /^(?!)/;
  }
}
