import type { Attributes, RawSpan } from '../../../trace/rawSpan.ts';

/** What a span says of the code that started it. */
export interface OwnSpan {
  readonly name: string;
  /** Its tracer's name; empty: not recorded. */
  readonly scope: string;
}

/** Undefined: instrumentation made the span, by its scope or, where that isn't recorded, by its attributes. */
export function ownSpanOf({ name, scope, attributes }: RawSpan): OwnSpan | undefined {
  const isMade =
    instrumentation.test(scope) ||
    name.startsWith('prisma:') ||
    hasKey(attributes, scope === '' ? traits : anywhere);
  return isMade ? undefined : { name, scope };
}

/** Scopes of what makes spans by itself: OpenTelemetry's packages, libraries with spans of their own, proxies, other SDKs. */
const instrumentation =
  /instrumentation|^(?:@(?:opentelemetry|prisma|fastify|apollo)\/|io\.opentelemetry\.|go\.opentelemetry\.io\/|(?:prisma|bullmq|mercurius|graphql|traefik|nginx)\b)/i;

/** Attributes of instrumentation, rarely of a span that is made by hand. */
const traits =
  /^(?:nestjs\.type|bullmq\.|(?:express|fastify|router|koa)\.|graphql\.|http\.(?:request\.)?method$|rpc\.system|db\.system|messaging\.system|entry_point$)/;

/** Whatever tracer they are given. */
const anywhere = /^(?:nestjs\.type$|bullmq\.)/;

const hasKey = (attributes: Attributes, keys: RegExp): boolean =>
  attributes.some(({ key }) => keys.test(key));
