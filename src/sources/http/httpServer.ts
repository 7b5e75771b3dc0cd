import type { Agent } from 'node:https';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { message } from '../../core/base/message.ts';
import { isSourceError, SourceError } from '../../core/base/sourceError.ts';
import type { Answer, PieceReader } from './answer.ts';
import { readAddress, type ServerAddress } from './address.ts';
import { Cookies } from './cookies.ts';
import { networkError } from './networkError.ts';
import type { Product, Server } from './product.ts';
import { proxyFor } from './proxy.ts';
import { readBody } from './readBody.ts';
import { retryAfter } from './retryAfter.ts';
import { hideSecrets } from './secrets.ts';
import type { ServerOptions } from './serverOptions.ts';
import { tlsAgent } from './tlsAgent.ts';

export interface HttpServer {
  /** The address without credentials. */
  readonly shown: string;
  readonly get: (
    path: string,
    /** Of a list, one for each. */
    parameters: Readonly<Record<string, string | readonly string[]>>,
    signal: AbortSignal,
    /** Gets the body of an answer with status 2xx that isn't a web page; `body` of the answer is empty then. */
    reader?: PieceReader,
  ) => Promise<Answer>;
}

/** Asked once more where a busy server wants to be asked again so soon, in seconds. */
const soon = 5;

/**
 * GET below one server address. Whatever its status, an answer is an answer; no answer is a
 * `SourceError`. Headers and cookies go to the address' origin and nowhere else (a redirect elsewhere is
 * refused, not followed). See `proxyFor`, `tlsAgent` and `Cookies` for the way in.
 * @throws SourceError `rejected` when `url` isn't a web address
 */
export function openServer(product: Product, options: ServerOptions): HttpServer {
  const { url, timeoutMs, access = {} } = options;
  const address = readAddress(url, product);
  const { cookie, headers } = withoutCookie(options.headers);
  const cookies = new Cookies(cookie);
  const secrets = [...Object.values(headers), address.password];
  const proxy = proxyFor(address, access.network);
  const server: Server = {
    product,
    shown: address.shown,
    hide: (text) => hideSecrets([...secrets, ...cookies.values()])(text),
  };
  let agent: Promise<Agent | undefined> | undefined;

  const ask = async (target: string, signal: AbortSignal): Promise<AxiosResponse<Readable>> => {
    agent ??= address.origin.startsWith('https:') ? tlsAgent(access) : Promise.resolve(undefined);
    const httpsAgent = await agent.catch((error: unknown) => {
      agent = undefined; // The file may be there next time.
      throw error;
    });
    const response = await axios.get<Readable>(target, {
      ...fixedConfig(address),
      ...(proxy === undefined ? {} : { proxy }),
      httpsAgent,
      headers: { Accept: 'application/json', ...headers, ...cookieHeader(cookies) },
      beforeRedirect: (redirect: Record<string, unknown>, { headers: answered }) => {
        refuseOtherOrigin(address, server, String(redirect['href']));
        cookies.keep(setCookies(answered));
        setCookie(redirect['headers'] as Record<string, unknown>, cookies);
      },
      signal,
    });
    cookies.keep(setCookies(response.headers));
    return response;
  };

  const get: HttpServer['get'] = async (path, parameters, signal, reader) => {
    signal.throwIfAborted();
    const query = queryOf(parameters);
    const target = `${address.base}${path}${query && `?${query}`}`;
    const latest = performance.now() + timeoutMs;
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, timeoutMs);
    const either = AbortSignal.any([signal, deadline.signal]);
    try {
      let response = await ask(target, either);
      const wait = secondsToWait(response);
      if (wait !== undefined && wait <= soon && performance.now() + wait * 1_000 < latest) {
        response.data.destroy();
        await delay(wait * 1_000, undefined, { signal: either });
        response = await ask(target, either);
      }
      const { maxBytes } = options;
      const checkTime = () => {
        if (performance.now() > latest) throw timedOut(server, timeoutMs);
      };
      const head = headOf(response);
      const body = await readBody(response.data, head, reader, { maxBytes, checkTime });
      return { ...head, body, asked: { ...server, path }, maxBytes, checkTime };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) throw timedOut(server, timeoutMs);
      // The AxiosError stays here: it carries the request's headers.
      throw ownError(error) ?? networkError(error, server, options);
    } finally {
      clearTimeout(timer);
    }
  };
  return { shown: server.shown, get };
}

const secondsToWait = ({ status, headers }: AxiosResponse): number | undefined =>
  retryAfter(status, headers['retry-after'], Date.now());

type AnswerHead = Pick<Answer, 'status' | 'retryAfter' | 'contentType'>;

function headOf(response: AxiosResponse): AnswerHead {
  const contentType = response.headers['content-type'] as unknown;
  return {
    status: response.status,
    retryAfter: secondsToWait(response),
    contentType: typeof contentType === 'string' ? contentType : '',
  };
}

function withoutCookie(given: Readonly<Record<string, string>>): {
  readonly cookie: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
} {
  const entries = Object.entries(given);
  const isCookie = ([name]: readonly [string, string]) => name.toLowerCase() === 'cookie';
  return {
    cookie: entries.find(isCookie)?.[1],
    headers: Object.fromEntries(entries.filter((entry) => !isCookie(entry))),
  };
}

const cookieHeader = (cookies: Cookies): Readonly<Record<string, string>> => {
  const cookie = cookies.header();
  return cookie === undefined ? {} : { Cookie: cookie };
};

/** The header of a redirected request, which has that of the first. */
function setCookie(headers: Record<string, unknown>, cookies: Cookies): void {
  delete headers['Cookie'];
  Object.assign(headers, cookieHeader(cookies));
}

const setCookies = (headers: object): readonly string[] => {
  const values = (headers as Readonly<Record<string, unknown>>)['set-cookie'];
  return [values ?? []].flat().filter((value) => typeof value === 'string');
};

const queryOf = (parameters: Readonly<Record<string, string | readonly string[]>>): string =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  ).toString();

const fixedConfig = (address: ServerAddress): AxiosRequestConfig => ({
  adapter: 'http',
  responseType: 'stream',
  validateStatus: () => true,
  maxRedirects: 5,
  ...(address.username === '' && address.password === ''
    ? {}
    : { auth: { username: address.username, password: address.password } }),
});

function refuseOtherOrigin(address: ServerAddress, { product }: Server, target: string): void {
  const { origin, pathname } = new URL(target);
  if (origin === address.origin) return;
  throw new SourceError(
    'rejected',
    message(
      '{0} redirects to another server, {1}. If that is {2}, use its URL; if it is a login page, set the header it requires.',
      address.shown,
      origin,
      product.name,
    ),
    `redirect to ${origin}${pathname}`,
  );
}

/** An error of ours, such as that thrown in `beforeRedirect`, out of the wrappings it comes in. */
function ownError(error: unknown): SourceError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth += 1) {
    if (isSourceError(cause)) return cause;
    cause = cause.cause;
  }
  return undefined;
}

const timedOut = ({ product, shown }: Server, timeoutMs: number) =>
  new SourceError(
    'timedOut',
    message(
      "{0} didn't respond within {1} s. Check {2}, shorten the time range, or increase the request timeout in Settings.",
      shown,
      timeoutMs / 1000,
      product.name,
    ),
    `deadline of ${String(timeoutMs)} ms`,
  );
