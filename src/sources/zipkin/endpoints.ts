import type { Attribute } from '../../core/trace/rawSpan.ts';
import { isRecord, textOf } from '../otlp/wire.ts';
import type { ZipkinSpan } from './zipkinSpan.ts';

/**
 * What the two ends of a span say besides the service it is of, under the names that OpenTelemetry has for it; tags that
 * say it already count.
 */
export const endpointAttributes = (
  { localEndpoint, remoteEndpoint }: ZipkinSpan,
  tags: Readonly<Record<string, unknown>>,
): readonly Attribute[] =>
  [
    ...(isRecord(remoteEndpoint) ? of('peer.service', textOf(remoteEndpoint['serviceName'])) : []),
    ...addressOf(remoteEndpoint, 'network.peer'),
    ...addressOf(localEndpoint, 'network.local'),
  ].filter(({ key }) => !Object.hasOwn(tags, key));

function addressOf(endpoint: unknown, prefix: string): readonly Attribute[] {
  if (!isRecord(endpoint)) return [];
  const { ipv4, ipv6, port } = endpoint;
  return [
    ...of(`${prefix}.address`, textOf(ipv4) || textOf(ipv6)),
    ...(typeof port === 'number' && port > 0 ? [{ key: `${prefix}.port`, value: port }] : []),
  ];
}

const of = (key: string, value: string): readonly Attribute[] =>
  value === '' ? [] : [{ key, value }];
