import axios, { type AxiosRequestConfig } from 'axios';
import { message } from '../../core/base/message.ts';
import { isSourceError, SourceError } from '../../core/base/sourceError.ts';
import { isLoopback, type ServerAddress } from './address.ts';
import { networkError } from './networkError.ts';

export interface RequestLimits {
  /** For the whole answer, from the first byte asked to the last value read. */
  readonly timeoutMs: number;
  /** Of one answer, after decompression. */
  readonly maxBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Buffer;
  /** What may be parsed of it. */
  readonly maxBytes: number;
  /** Throws once the time for the answer is over: reading it counts. */
  readonly checkTime: () => void;
}

export type Get = (
  path: string,
  parameters: URLSearchParams,
  signal: AbortSignal,
) => Promise<Answer>;

/**
 * GET below one server address, within `limits`. Whatever its status, an answer is an answer; no
 * answer is a `SourceError`. Headers may be secrets: they go to the address' origin and nowhere else
 * (a redirect elsewhere is refused, not followed), and into no error or log line. Proxies are those of
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY, never for a loopback address. `hide` takes secrets out of text.
 */
export function openRequests(
  address: ServerAddress,
  headers: Readonly<Record<string, string>>,
  limits: RequestLimits,
  hide: (text: string) => string,
): Get {
  return async (path, parameters, signal) => {
    signal.throwIfAborted();
    const query = parameters.size === 0 ? '' : `?${parameters.toString()}`;
    const latest = performance.now() + limits.timeoutMs;
    const deadline = new AbortController();
    const timer = setTimeout(() => {
      deadline.abort();
    }, limits.timeoutMs);
    try {
      const answer = await axios.get<Buffer>(`${address.base}${path}${query}`, {
        ...fixedConfig(address, limits),
        headers: { Accept: 'application/json', ...headers },
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      const contentType = answer.headers['content-type'] as unknown;
      return {
        status: answer.status,
        contentType: typeof contentType === 'string' ? contentType : '',
        body: answer.data,
        maxBytes: limits.maxBytes,
        checkTime: () => {
          if (performance.now() > latest) throw timedOut(address, limits);
        },
      };
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.signal.aborted) throw timedOut(address, limits);
      // The AxiosError stays here: it carries the request's headers.
      throw redirectRefused(error) ?? networkError(error, address.shown, limits.maxBytes, hide);
    } finally {
      clearTimeout(timer);
    }
  };
}

const fixedConfig = (address: ServerAddress, limits: RequestLimits): AxiosRequestConfig => ({
  adapter: 'http',
  responseType: 'arraybuffer',
  transformResponse: [],
  validateStatus: () => true,
  maxContentLength: limits.maxBytes,
  maxRedirects: 5,
  beforeRedirect: (options: Record<string, unknown>) => {
    refuseOtherOrigin(address, String(options['href']));
  },
  ...(address.username === '' && address.password === ''
    ? {}
    : { auth: { username: address.username, password: address.password } }),
  ...(isLoopback(address) ? { proxy: false } : {}),
});

function refuseOtherOrigin(address: ServerAddress, target: string): void {
  const { origin, pathname } = new URL(target);
  if (origin === address.origin) return;
  throw new SourceError(
    'rejected',
    message(
      '{0} redirects to another server, {1}. If that is Jaeger, use its URL; if it is a login page, set the header it requires.',
      address.shown,
      origin,
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

const timedOut = (address: ServerAddress, limits: RequestLimits) =>
  new SourceError(
    'timedOut',
    message(
      "{0} didn't respond within {1} s. Check Jaeger, shorten the time range, or increase the request timeout in Settings.",
      address.shown,
      limits.timeoutMs / 1000,
    ),
    `deadline of ${String(limits.timeoutMs)} ms`,
  );
