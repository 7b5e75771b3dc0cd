import type { IncomingMessage } from 'node:http';

/** Names under which a process of this machine reaches the receiver. */
const host = /^(localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/i;

/**
 * Why a request isn't from a program on this machine; undefined when it may pass. Browsers send `Origin`
 * with every POST of a page, and after DNS rebinding the page's own name as `Host`.
 */
export function refusalOf({ headers }: IncomingMessage): string | undefined {
  if (headers.host === undefined || !host.test(headers.host))
    return 'Only localhost, 127.0.0.1 and [::1] are answered: set that as the host of the endpoint.';
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${headers.host.toLowerCase()}`)
    return 'Web pages may not send spans here: send them from a server, or through a Collector.';
  return undefined;
}
