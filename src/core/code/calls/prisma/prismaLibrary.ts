import type { CallLibrary } from '../callLibrary.ts';
import { decoratedTransactions } from './libraryTransactions.ts';
import { linkPrismaCall } from './prismaCalls.ts';
import { hostTransaction, operationNames } from './prismaOperations.ts';

/** Queries of a client that another file of the workspace makes: `db.order.findMany(…)` names no library. */
const queryText =
  /\.(?:find(?:Many|First|Unique)|(?:create|update|delete)Many|upsert)(?:AndReturn|OrThrow)?\s*[(<]|\$(?:queryRaw|executeRaw|transaction)|\b(?:db|tx|txn|trx|client|orm)\s*\.\s*\w+\s*\.\s*(?:create|update|delete|count|aggregate|groupBy)\s*\(/;

/** Prisma's client, extended or within a transaction, and nestjs-cls's transactions around it. */
export const prismaLibrary: CallLibrary = {
  mentions: (text) => /prisma/i.test(text) || queryText.test(text),
  members: new Map([...operationNames, hostTransaction].map((name) => [name, 0])),
  around: new Map([
    ['$transaction', 'transaction'],
    [hostTransaction, 'transaction'],
    ...['$extends', 'defineExtension', '$use'].map((name) => [name, 'extension'] as const),
  ]),
  data: operationNames,
  link: linkPrismaCall,
  declared: decoratedTransactions,
};
