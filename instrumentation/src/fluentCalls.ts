import type { Location } from './location.ts';

/** What a Prisma client is asked for, as its promise is made with it. */
interface Request {
  readonly action?: unknown;
  readonly model?: unknown;
  readonly args?: Readonly<Record<string, unknown>> | null;
}

interface Asked {
  readonly request: Request;
  readonly location: Location;
}

const asked = new WeakMap<object, Asked>();

/**
 * `user.findUnique({ where }).posts()` asks twice, and the second request, for the relation too, is the one that
 * runs: it is the call of `findUnique` all the same. It hands on the very object that says which record.
 * @param here where the present request is made.
 */
export function firstOfChain(request: unknown, here: Location): Location {
  if (typeof request !== 'object' || request === null) return here;
  const { action, args } = request as Request;
  if (!ofOneRecord.has(action)) return here;
  const record = args?.['where'] ?? args?.['data'];
  if (typeof record !== 'object' || record === null) return here;
  const before = asked.get(record);
  if (before && isOfRelation(request, here, before)) return before.location;
  asked.set(record, { request, location: here });
  return here;
}

/** Requests whose promises have relations: those of one record. */
const ofOneRecord = new Set<unknown>([
  'findUnique',
  'findUniqueOrThrow',
  'findFirst',
  'findFirstOrThrow',
  'create',
  'update',
  'upsert',
  'delete',
]);

const isOfRelation = (request: Request, here: Location, before: Asked): boolean =>
  request.action === before.request.action &&
  request.model === before.request.model &&
  request.args !== before.request.args &&
  request.args?.['select'] !== undefined &&
  here.path === before.location.path &&
  here.functionName === before.location.functionName;
