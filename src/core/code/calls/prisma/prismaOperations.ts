/** Methods of a model's delegate (`prisma.user.…`) that run a query, Prisma 5 to 7, MongoDB's included. */
const modelOperations = new Set([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'create',
  'createMany',
  'createManyAndReturn',
  'update',
  'updateMany',
  'updateManyAndReturn',
  'upsert',
  'delete',
  'deleteMany',
  'aggregate',
  'groupBy',
  'count',
  'findRaw',
  'aggregateRaw',
]);

/** Methods of the client itself that run queries; each starts with `$`. */
const clientOperations = new Set([
  '$queryRaw',
  '$queryRawUnsafe',
  '$queryRawTyped',
  '$executeRaw',
  '$executeRawUnsafe',
  '$runCommandRaw',
  '$transaction',
]);

/** What nestjs-cls's transaction host is asked to run in a `$transaction`. */
export const hostTransaction = 'withTransaction';

/** Names other libraries have too: `create` of a repository says nothing by itself. */
const sharedOperations = new Set(['create', 'update', 'delete', 'count', 'aggregate']);

/** Names that may be a Prisma query. */
export const operationNames: ReadonlySet<string> = new Set([
  ...modelOperations,
  ...clientOperations,
]);

/** True for a name that may be a Prisma query. */
export function isPrismaOperation(name: string): boolean {
  return operationNames.has(name);
}

export function isClientOperation(name: string): boolean {
  return clientOperations.has(name);
}

/** True for a name that hardly anything but Prisma has. */
export function isDistinctOperation(name: string): boolean {
  return !sharedOperations.has(name);
}
