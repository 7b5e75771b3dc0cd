import type { AxiosProxyConfig } from 'axios';
import type { NetworkSettings } from './access.ts';
import { isLoopback, type ServerAddress } from './address.ts';

/**
 * The proxy for an address as axios takes it: false is none, undefined the environment's. A loopback address never
 * goes through one.
 */
export function proxyFor(
  address: ServerAddress,
  network: NetworkSettings | undefined,
): AxiosProxyConfig | false | undefined {
  if (isLoopback(address)) return false;
  if (network === undefined) return undefined;
  if (!network.usesProxy || isExempt(address, network.noProxy)) return false;
  const url = URL.canParse(network.proxy) ? new URL(network.proxy) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  return {
    protocol: url.protocol,
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    ...(url.username === ''
      ? {}
      : {
          auth: {
            username: decodeURIComponent(url.username),
            password: decodeURIComponent(url.password),
          },
        }),
  };
}

function isExempt({ origin, hostname }: ServerAddress, noProxy: readonly string[]): boolean {
  const { port, protocol } = new URL(origin);
  const own = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return noProxy.some((entry) => {
    const [, host = '', ofPort] = /^\s*\*?(.*?)(?::(\d+))?\s*$/.exec(entry.toLowerCase()) ?? [];
    if (ofPort !== undefined && ofPort !== own) return false;
    if (host === '') return /\*/.test(entry);
    return host.startsWith('.')
      ? hostname.endsWith(host) || hostname === host.slice(1)
      : hostname === host || hostname.endsWith(`.${host}`);
  });
}
