import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import * as z from 'zod';

/** What `GET /spanhop` answers, so that windows know each other from strangers. */
const identityShape = z.object({
  product: z.literal('spanhop'),
  pid: z.number(),
  /** SHA-256 of the store's path: enough to compare, nothing to read. */
  database: z.string(),
  /** Received since it began to listen. */
  spans: z.number(),
});
export type Identity = z.infer<typeof identityShape>;

const patience = 1_500;

export const databaseIdentity = (path: string): string =>
  createHash('sha256').update(resolve(path)).digest('hex');

/** Who has the port: a Spanhop; or `nobody`, a `stranger`, or one too busy to say, `silent`. */
export type PortHolder = Identity | 'nobody' | 'stranger' | 'silent';

export async function askIdentity(port: number): Promise<PortHolder> {
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}/spanhop`, {
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    });
  } catch (error) {
    if (isRefused(error)) return 'nobody';
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'stranger';
  }
  try {
    const identity = identityShape.safeParse(await response.json());
    return identity.success ? identity.data : 'stranger';
  } catch {
    // Not JSON, or cut short: not one of ours.
    return 'stranger';
  }
}

function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
