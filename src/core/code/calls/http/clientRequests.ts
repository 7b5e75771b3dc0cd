import { isObject, option, textIn, type Argument } from '../callArguments.ts';
import type { CallParts } from '../callLibrary.ts';
import type { ClientCall } from '../clientCall.ts';
import { joinUrls } from '../textPattern.ts';
import { methodIn, urlIn, type HttpRequest } from './requestOptions.ts';

const verbs = new Map([
  ...['get', 'head', 'options', 'post', 'put', 'patch', 'delete'].map(
    (name) => [name, name.toUpperCase()] as const,
  ),
  ['postForm', 'POST'],
  ['putForm', 'PUT'],
  ['patchForm', 'PATCH'],
  ['del', 'DELETE'],
]);

/** Called names of all clients, with how many of their arguments say what is asked for. */
export const calledNames: ReadonlyMap<string, number> = new Map([
  ...[...verbs.keys()].map((name) => [name, 1] as const),
  ...['request', 'fetch', 'stream', 'pipeline', 'paginate'].map((name) => [name, 2] as const),
]);

/** Of axios and HttpService, below the base of the instance. */
export const axiosLike = (parts: CallParts, call: ClientCall): HttpRequest | undefined => {
  const { called, given, madeWith } = call;
  const base = urlIn(parts, madeWith(0), ['baseURL']);
  const below = (url: string | undefined) => joinUrls(base, url);
  const method = verbs.get(called);
  if (method !== undefined || called === '[]')
    return { method, url: isRoot(parts, given(0)) ? base : below(textIn(parts, given(0))) };
  if (called !== 'request' && !callsItself(called)) return undefined;
  const first = given(0);
  const url = isObject(parts, first) ? undefined : textIn(parts, first);
  const isUrl = url !== undefined || given(1) !== undefined;
  const config = isUrl ? given(1) : first;
  return {
    method: methodIn(parts, config, 'GET'),
    url: below(isUrl ? url : urlIn(parts, config, ['url'], ['baseURL'])),
  };
};

/** `''` and `'/'`: the base itself. */
const isRoot = (parts: CallParts, argument: Argument): boolean => {
  const value = argument && parts.constants.value(argument);
  return value === '' || value === '/';
};

/** The value itself is called: `axios(…)`, not one of its members. */
const callsItself = (called: string): boolean =>
  /^(?:|axios|axiosRef|got|ky|superagent)$/.test(called);

/** Of `fetch` and what is like it. */
export const fetchLike = (parts: CallParts, { given }: Pick<ClientCall, 'given'>): HttpRequest => ({
  method: methodIn(parts, given(1), 'GET'),
  url: textIn(parts, given(0)),
});

/** Of got and ky, below the prefix of what was extended. */
export const gotLike = (parts: CallParts, call: ClientCall): HttpRequest | undefined => {
  const { called, given, madeWith } = call;
  const below = (url: string | undefined) =>
    joinUrls(urlIn(parts, madeWith(0), ['prefixUrl']), url);
  const isOptions = isObject(parts, given(0));
  const url = below(
    isOptions ? urlIn(parts, given(0), ['url'], ['prefixUrl']) : textIn(parts, given(0)),
  );
  const method = verbs.get(called);
  if (method !== undefined || called === '[]') return { method, url };
  if (!callsItself(called) && called !== 'stream' && called !== 'paginate') return undefined;
  return { method: methodIn(parts, isOptions ? given(0) : given(1), 'GET'), url };
};

/** Of undici, below the origin of a pool. */
export const undiciLike = (parts: CallParts, call: ClientCall): HttpRequest | undefined => {
  const { called, given, receiver, madeWith } = call;
  if (!['request', 'fetch', 'stream', 'pipeline'].includes(called)) return undefined;
  if (receiver === '') return fetchLike(parts, call);
  const path = urlIn(parts, given(0), ['path'], ['origin']);
  return {
    method: methodIn(parts, given(0), 'GET'),
    url: joinUrls(textIn(parts, madeWith(0)), path),
  };
};

/** Of superagent. */
export const superagentLike = (
  parts: CallParts,
  { called, given }: ClientCall,
): HttpRequest | undefined => {
  const method = verbs.get(called);
  if (method !== undefined || called === '[]') return { method, url: textIn(parts, given(0)) };
  if (!callsItself(called)) return undefined;
  const argument = given(0);
  const first = argument && parts.constants.value(argument);
  return given(1)
    ? {
        method: typeof first === 'string' ? first.toUpperCase() : undefined,
        url: textIn(parts, given(1)),
      }
    : { method: 'GET', url: textIn(parts, given(0)) };
};

/** Node's `get` and `request` of `http` and `https`: a URL, options, or both. */
export const nodeLike = (
  parts: CallParts,
  { called, given, origin }: ClientCall,
): HttpRequest | undefined => {
  if (called !== 'get' && called !== 'request') return undefined;
  const [first, second] = [given(0), given(1)];
  const options = isObject(parts, first) ? first : isObject(parts, second) ? second : undefined;
  const isKnown = options !== undefined || textIn(parts, first) !== undefined;
  const asked = isKnown ? methodIn(parts, options, 'GET') : undefined;
  const method = called === 'get' ? 'GET' : asked;
  const url = first === options ? undefined : textIn(parts, first);
  return { method, url: url ?? urlOfParts(parts, options, origin.module) };
};

function urlOfParts(parts: CallParts, options: Argument, module: string): string | undefined {
  if (!options) return undefined;
  const host = urlIn(parts, options, ['hostname', 'host']);
  const path = urlIn(parts, options, ['path']);
  if (host === undefined && path === undefined) return undefined;
  const port = option(parts, options, 'port') && textIn(parts, option(parts, options, 'port'));
  const scheme = module.endsWith('https') ? 'https' : 'http';
  const server = `${scheme}://${host ?? '*'}${port === undefined ? '' : `:${port}`}`;
  return `${server}${path === undefined ? '/' : path.replace(/^(?!\/)/, '/')}`;
}
