import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Why a request is not answered. */
export interface Refusal {
  /** `name`: the Host it asked; `page`: the web page it comes from. */
  readonly kind: 'name' | 'page';
  /** As the request has it: anything may stand there. */
  readonly sender: string;
  /** For whoever reads the exporter's log. */
  readonly reason: string;
}

/**
 * Why a request may be a web page's; undefined when it may pass. Browsers send `Origin` with every POST and
 * preflight of a page. After DNS rebinding they send the page's own name as `Host` (WHATWG Fetch, HTTP).
 */
export function refusalOf({ headers }: IncomingMessage): Refusal | undefined {
  const { host = '', origin } = headers;
  if (!isAnswered(host))
    return {
      kind: 'name',
      sender: host,
      reason:
        'Rejected because of the host name. Set the endpoint to an IP address, localhost, or host.docker.internal from a container.',
    };
  if (origin !== undefined)
    return {
      kind: 'page',
      sender: origin,
      reason: 'Rejected because it comes from a web page. Send spans through a Collector.',
    };
  return undefined;
}

const withPort = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/;
/**
 * Names that nobody can register and so point at this machine on purpose only: without a dot, as in hosts files
 * and on Compose networks, and below the domains kept for this (RFC 6761 localhost, RFC 6762 local, ICANN internal).
 */
const privateName = /^[\w-]+$|^(?:[\w-]+\.)+(?:internal|local|localhost)$/i;

/** A page loaded from an IP address comes from there: those can't be rebound. */
function isAnswered(host: string): boolean {
  const [, name = ''] = withPort.exec(host) ?? [];
  if (name.startsWith('[')) return isIP(name.slice(1, -1)) === 6;
  const rooted = name.endsWith('.') ? name.slice(0, -1) : name;
  return isIP(rooted) === 4 || privateName.test(rooted);
}
