import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';

export interface ContactPoint {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** For sentences: `host:9042`. */
  readonly shown: string;
}

const defaultPort = 9042;

/**
 * Reads `host`, `host:9042`, `10.0.0.1`, `::1` and `[::1]:9042`.
 * @throws SourceError `rejected` when it is none of these
 */
export function readContactPoint(text: string): ContactPoint {
  const trimmed = text.trim();
  const [, bracketed, plain, port] =
    isIP(trimmed) === 6
      ? [undefined, trimmed, undefined, undefined]
      : (/^(?:\[([^\]]+)\]|([^:\s/@[\]]+))(?::(\d{1,5}))?$/.exec(trimmed) ?? []);
  const host = bracketed ?? plain;
  const number = port === undefined ? defaultPort : Number(port);
  const isAddress = bracketed === undefined || isIP(bracketed) === 6;
  if (host === undefined || !isAddress || number < 1 || number > 65_535)
    throw new SourceError(
      'rejected',
      message(
        'Invalid Cassandra contact point: {0}. Use host or host:port, for example localhost:9042.',
        trimmed,
      ),
    );
  return { host, port: number, shown: endpoint(host, number) };
}

/** As Cassandra's driver takes it. */
export const endpoint = (host: string, port: number): string =>
  isIP(host) === 6 ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;

/** The addresses behind its name, as every program finds them: hosts file first, then DNS. */
export async function addressesOf({ host }: ContactPoint): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await lookup(host, { all: true });
  return [...new Set(found.map(({ address }) => address))];
}
