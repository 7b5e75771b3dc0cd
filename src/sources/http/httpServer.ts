import axios, { type AxiosRequestConfig } from 'axios';
import { message } from '../../core/base/message.ts';
import { isSourceError, SourceError } from '../../core/base/sourceError.ts';
import { isLoopback, readAddress, type ServerAddress } from './address.ts';
import { networkError } from './networkError.ts';
import type { Asked, Product, Server } from './product.ts';
import { hideSecrets } from './secrets.ts';

export interface ServerOptions {
  /** With base path: `http://localhost:16686/jaeger`. May hold credentials: they are not shown. */
  readonly url: string;
  /** Sent with each request to `url`'s origin only; may be secrets, which no error or log line holds. */
  readonly headers: Readonly<Record<string, string>>;
  /** For the whole answer, from the first byte asked to the last value read. */
  readonly timeoutMs: number;
  /** Of one answer, after decompression. */
  readonly maxBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  readonly asked: Asked;
  /** What may be parsed of it. */
  readonly maxBytes: number;
  /** Throws once the time for the answer is over: reading it counts. */
  readonly checkTime: () => void;
}

export interface HttpServer {
  /** The address without credentials. */
  readonly shown: string;
  readonly get: (
    path: string,
    /** Of a list, one for each. */
    parameters: Readonly<Record<string, string | readonly string[]>>,
    signal: AbortSignal,
  ) => Promise<Answer>;
}

/**
 * GET below one server address. Whatever its status, an answer is an answer; no answer is a
 * `SourceError`. Headers go to the address' origin and nowhere else (a redirect elsewhere is refused,
 * not followed). Proxies are those of HTTP_PROXY, HTTPS_PROXY and NO_PROXY, never for a loopback address.
 * @throws SourceError `rejected` when `url` isn't a web address
 */
export function openServer(product: Product, options: ServerOptions): HttpServer {
  const { url, headers, timeoutMs, maxBytes } = options;
  const address = readAddress(url, product);
  const { shown } = address;
  const hide = hideSecrets([...Object.values(headers), address.password]);
  const server: Server = { product, shown, hide };

  const get: HttpServer['get'] = async (path, parameters, signal) => {
    signal.throwIfAborted();
    const query = queryOf(parameters);
    const latest = performance.now() + timeoutMs;
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, timeoutMs);
    try {
      const answer = await axios.get<Buffer>(`${address.base}${path}${query && `?${query}`}`, {
        ...fixedConfig(address, server, maxBytes),
        headers: { Accept: 'application/json', ...headers },
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      const contentType = answer.headers['content-type'] as unknown;
      return {
        status: answer.status,
        contentType: typeof contentType === 'string' ? contentType : '',
        body: answer.data,
        asked: { ...server, path },
        maxBytes,
        checkTime: () => {
          if (performance.now() > latest) throw timedOut(server, timeoutMs);
        },
      };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) throw timedOut(server, timeoutMs);
      // The AxiosError stays here: it carries the request's headers.
      throw redirectRefused(error) ?? networkError(error, server, maxBytes);
    } finally {
      clearTimeout(timer);
    }
  };
  return { shown, get };
}

const queryOf = (parameters: Readonly<Record<string, string | readonly string[]>>): string =>
  new URLSearchParams(
    Object.entries(parameters).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, value]),
    ),
  ).toString();

const fixedConfig = (
  address: ServerAddress,
  server: Server,
  maxBytes: number,
): AxiosRequestConfig => ({
  adapter: 'http',
  responseType: 'arraybuffer',
  transformResponse: [],
  validateStatus: () => true,
  maxContentLength: maxBytes,
  maxRedirects: 5,
  beforeRedirect: (options: Record<string, unknown>) => {
    refuseOtherOrigin(address, server, String(options['href']));
  },
  ...(address.username === '' && address.password === ''
    ? {}
    : { auth: { username: address.username, password: address.password } }),
  ...(isLoopback(address) ? { proxy: false } : {}),
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

/** The error thrown in `beforeRedirect`, out of the wrappings it comes in. */
function redirectRefused(error: unknown): SourceError | undefined {
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
