import type { OtherCallSite } from '../../../code/model.ts';
import { fitsText } from '../fitsText.ts';
import { withoutOwnPort, type ClientRequest } from './clientRequest.ts';

/** How a call's URL is written, taken apart. */
interface Target {
  /** May have `*`; undefined: not known. */
  readonly host: string | undefined;
  readonly path: string;
  /** Something that isn't known may stand before the path. */
  readonly isEnd: boolean;
}

/**
 * How well a call fits a request, best first. `same`: the very path; `parts`: its unknown parts are whole parts of the path;
 * `loose`: they are more or less than that; `host`: the path fits, the host is another; `open`: nothing is known of its URL.
 */
export const fits = ['same', 'parts', 'loose', 'host', 'open'] as const;
export type Fit = (typeof fits)[number];

const targets = new WeakMap<OtherCallSite, Target | 'open'>();

/** Undefined: the call doesn't ask for that. */
export function targetFit(
  call: OtherCallSite,
  { method, host, path }: ClientRequest,
): Fit | undefined {
  if (call.operation !== undefined && call.operation !== method) return undefined;
  const target = targetOf(call);
  if (target === 'open' || path === '') return 'open';
  const fit = pathFit(target, path);
  if (fit === undefined) return undefined;
  const isThere = host === '' || target.host === undefined || fitsText(target.host, host);
  if (isThere || isLocal(target.host)) return fit;
  return fit === 'loose' ? undefined : 'host';
}

/**
 * The address that was asked for, where the host in the code is only a default: `tax.example/rates/*` of
 * `http://localhost:3002/rates/*`. Undefined: the code's own says it.
 */
export function askedTarget(call: OtherCallSite, { host }: ClientRequest): string | undefined {
  const target = targetOf(call);
  if (target === 'open' || target.host === undefined || host === '') return undefined;
  const isSaid = fitsText(target.host, host) || (isLocal(target.host) && isLocal(host));
  return isSaid ? undefined : `${host}${target.path}`;
}

/** What code falls back to where nothing is set: wherever the program runs it is another. */
const isLocal = (host = ''): boolean =>
  /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\])(?::|$)/.test(host);

function targetOf(call: OtherCallSite): Target | 'open' {
  const target = targets.get(call) ?? readTarget(call.target);
  targets.set(call, target);
  return target;
}

function readTarget(target: string | undefined): Target | 'open' {
  if (target === undefined) return 'open';
  const [, host, ofUrl] = /^[a-z*][a-z\d+.*-]*:\/\/([^/]*)(.*)$/i.exec(target) ?? [];
  const path = ofUrl ?? (target.startsWith('*') ? target.replace(/^[^/]*/, '') : target);
  // What follows a host that is written out may be a path: `${base}${path}`.
  const isOpenAfterHost = host?.endsWith('*') === true && path === '';
  const isKnown = host !== undefined && /[^*:.]/.test(host);
  return {
    host: isKnown ? withoutOwnPort(host.toLowerCase()) : undefined,
    path: isOpenAfterHost ? '/*' : `/${path.replace(/^\/+|\/+$/g, '')}`,
    isEnd: host === undefined,
  };
}

function pathFit({ path: pattern, isEnd }: Target, path: string): Fit | undefined {
  if (pattern === path || (isEnd && pattern !== '/' && path.endsWith(pattern))) return 'same';
  if (!pattern.includes('*')) return undefined;
  const parts = pattern.split('/').slice(1);
  const given = path.split('/').slice(1);
  const compared = isEnd ? given.slice(-parts.length) : given;
  const isWhole =
    parts.length === compared.length &&
    parts.every((part, at) => fitsText(part, compared[at] ?? ''));
  if (isWhole) return 'parts';
  return fitsText(isEnd ? `*${pattern}` : pattern, path) ? 'loose' : undefined;
}
