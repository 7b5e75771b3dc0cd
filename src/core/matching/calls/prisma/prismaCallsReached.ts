import type { CodeIndex, PrismaCallSite, ReachedCall } from '../../../code/model.ts';

interface ReachedPrismaCall extends ReachedCall {
  readonly call: PrismaCallSite;
}

/** Prisma's calls in a method and in what it calls, nearest first. */
export function prismaCallsReached(
  index: CodeIndex,
  methodId: string,
): readonly ReachedPrismaCall[] {
  return index.reachableCalls(methodId).filter(isPrisma);
}

const isPrisma = (reached: ReachedCall): reached is ReachedPrismaCall =>
  reached.call.library === 'prisma';
