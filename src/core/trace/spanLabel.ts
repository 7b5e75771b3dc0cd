import { proxyLabel, proxySpanOf } from './proxySpan.ts';
import { textAttribute, type RawSpan } from './rawSpan.ts';
import { statementSummary } from './statementSummary.ts';

/**
 * What a row of a trace is called: the span's name, except where every span of a kind has the same one.
 * Prisma's operations all are `prisma:client:operation` (label: `prisma order.findMany`), its queries
 * `prisma:client:db_query` (label: `db_query SELECT Order`), outgoing HTTP calls only their method (label:
 * `POST localhost:3001/quotes`), a proxy's parts each one name (`proxyLabel`). The name itself stays in the details.
 */
export function spanLabel(span: RawSpan): string {
  const proxy = proxySpanOf(span);
  if (proxy !== undefined) return proxyLabel(span, proxy);
  if (span.name.startsWith('prisma:')) return prismaLabel(span) ?? span.name;
  if (span.kind === 'client' && /^[A-Z]+$/.test(span.name)) return outgoingLabel(span) ?? span.name;
  return span.name;
}

function prismaLabel(span: RawSpan): string | undefined {
  if (span.name === 'prisma:client:operation') return operationLabel(span);
  return /^prisma:\w+:db_query$/.test(span.name) ? queryLabel(span) : undefined;
}

function operationLabel({ attributes }: RawSpan): string | undefined {
  const method = textAttribute(attributes, 'method');
  if (method === undefined) return undefined;
  const model = textAttribute(attributes, 'model');
  if (model === undefined) return `prisma $${method.replace(/^\$/, '')}`;
  return `prisma ${model.charAt(0).toLowerCase()}${model.slice(1)}.${method}`;
}

function queryLabel({ attributes }: RawSpan): string | undefined {
  const statement = textAttribute(attributes, 'db.query.text', 'db.statement') ?? '';
  const summary = statementSummary(statement);
  return summary === undefined ? undefined : `db_query ${summary}`;
}

/** Without credentials, and without the query, which is another for each request. */
function outgoingLabel({ name, attributes }: RawSpan): string | undefined {
  const url = textAttribute(attributes, 'url.full', 'http.url');
  const place = url === undefined ? undefined : /^https?:\/\/(?:[^/?#@]*@)?([^?#]+)/.exec(url)?.[1];
  return place === undefined ? undefined : `${name} ${place}`;
}
