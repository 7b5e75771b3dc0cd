import { join } from 'node:path';

/** `DATABASE_URL`, or a file next to the service. */
export function databaseUrl(): string {
  return process.env.DATABASE_URL ?? `file:${join(__dirname, '..', '..', 'dev.db')}`;
}
