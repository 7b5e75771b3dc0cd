import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { databaseUrl } from './database-url';

/** Applies prisma/migrations to an empty database; one that has tables is left as it is. */
export async function migrate(): Promise<boolean> {
  const client = createClient({ url: databaseUrl() });
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    const tables = await client.execute(
      "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    if (Number(tables.rows[0].n) > 0) return false;
    const folder = join(__dirname, '..', '..', 'prisma', 'migrations');
    for (const name of readdirSync(folder).sort())
      await client.executeMultiple(readFileSync(join(folder, name, 'migration.sql'), 'utf8'));
    return true;
  } finally {
    client.close();
  }
}
