import { attributeOf, textAttribute, type RawSpan } from '../../trace/rawSpan.ts';

/** What a span is of, by the instrumentation that made it: the rows of a service in the mapping report. */
export const spanCategories = [
  'request',
  'nest',
  'middleware',
  'graphql',
  'consumer',
  'prismaCall',
  'prismaWork',
  'database',
  'outgoing',
  'producer',
  'other',
] as const;
export type SpanCategory = (typeof spanCategories)[number];

const callNames = new Set(['prisma:client:operation', 'prisma:client:transaction']);

/** `request`: answered over HTTP or RPC. `prismaWork`: what a Prisma call does below its own span. */
export function spanCategory({ name, kind, scope, attributes }: RawSpan): SpanCategory {
  const has = (...keys: readonly string[]) => textAttribute(attributes, ...keys) !== undefined;
  if (callNames.has(name)) return 'prismaCall';
  if (name.startsWith('prisma:')) return 'prismaWork';
  if (attributeOf(attributes, 'nestjs.type') !== undefined) return 'nest';
  if (has('express.type', 'fastify.type', 'fastify.root', 'router.type')) return 'middleware';
  if (scope.includes('graphql') || name.startsWith('graphql.')) return 'graphql';
  if (kind === 'server') return 'request';
  if (kind === 'consumer' || kind === 'producer') return kind;
  // kafkajs polls as a client.
  if (kind === 'client' && has('messaging.system')) return 'consumer';
  if (has('db.system.name', 'db.system')) return 'database';
  return kind === 'client' ? 'outgoing' : 'other';
}
