import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where the receiver listens beside this machine's loopback, which it always does. */
export type FurtherAddress =
  | { readonly kind: 'none' }
  /** Every address of the machine: `0.0.0.0`, or `::` with those of IPv6. */
  | { readonly kind: 'every'; readonly host: '0.0.0.0' | '::' }
  | { readonly kind: 'one'; readonly host: string }
  /** No IP address. */
  | { readonly kind: 'invalid'; readonly text: string };

/** What `spanhop.localStore.host` says; IPv6 addresses with brackets or without. */
export function readHostSetting(setting: string): FurtherAddress {
  const host = setting.trim().replace(/^\[(.*)\]$/, '$1');
  if (/^(|localhost|127\.0\.0\.1|::1)$/i.test(host)) return { kind: 'none' };
  if (isEveryAddress(host)) return { kind: 'every', host };
  return isIP(host) === 0 ? { kind: 'invalid', text: setting } : { kind: 'one', host };
}

export const isEveryAddress = (host: string): host is '0.0.0.0' | '::' =>
  host === '0.0.0.0' || host === '::';

/** The IPv4 addresses under which containers and other machines may know this one. */
export const ownAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

/** Where other machines send to under this setting; undefined where they can't. */
export function otherMachinesHost(setting: string): string | undefined {
  const further = readHostSetting(setting);
  if (further.kind === 'one') return further.host;
  return further.kind === 'every' ? ownAddresses()[0] : undefined;
}

/** Where a program reaches the receiver: `http://127.0.0.1:4318`, `http://[fd00::2]:4318`. */
export const endpointAt = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
