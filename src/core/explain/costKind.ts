import { attributeOf, textAttribute, type RawSpan } from '../trace/rawSpan.ts';
import type { Trace } from '../trace/trace.ts';

/** What time is spent on. */
export const costKinds = ['code', 'database', 'http', 'cache', 'messages', 'waiting'] as const;
export type CostKind = (typeof costKinds)[number];

const caches = /^(?:redis|memcached|valkey)$/i;
/** Names of spans in which a connection is waited for: pg-pool's, mysql2's, Prisma's own and those of Node's sockets. */
const connecting =
  /^(?:pg-pool\.connect|prisma:\w+:(?:connect|connection)|(?:tcp|tls|ipc)\.connect|dns\.lookup)$|\b(?:pool|acquire)\b.*\bconn/i;
/** What is looked at of a name: searching takes the square of it. */
const longestName = 200;

/**
 * What the time of a span that is no other span's is spent on, by what it says it calls: attributes of OpenTelemetry's
 * semantic conventions, stable or older. Code, where it calls nothing outside.
 */
function costKindOf({ name, kind, attributes }: RawSpan): CostKind {
  const isArrival = kind === 'server' || kind === 'consumer';
  if (!isArrival && connecting.test(name.slice(0, longestName))) return 'waiting';
  const database = textAttribute(attributes, 'db.system.name', 'db.system');
  if (database !== undefined) return caches.test(database) ? 'cache' : 'database';
  if (name.startsWith('prisma:')) return 'database';
  if (kind === 'producer') return 'messages';
  if (kind !== 'client') return 'code';
  if (attributeOf(attributes, 'messaging.system') !== undefined) return 'messages';
  return 'http';
}

/** The same of a span of a trace: what a client does to send a message, SQS's request or a command of a queue's Redis, is the message's. */
export function costKindAt(
  row: number,
  { spans, columns }: Pick<Trace, 'spans' | 'columns'>,
): CostKind {
  const span = spans[row];
  if (span === undefined) return 'code';
  const above = spans[columns.parent[row] ?? -1];
  const isPart = span.kind === 'client' && above?.kind === 'producer';
  return isPart && above.resource.service === span.resource.service ? 'messages' : costKindOf(span);
}
