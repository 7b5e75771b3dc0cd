// Loaded into a service by the bench of the companion: writes what CPU time the process has taken, in µs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(new URL(import.meta.url).searchParams.get('folder'), String(process.pid));
setInterval(() => {
  const { user, system } = process.cpuUsage();
  writeFileSync(file, String(user + system));
}, 100).unref();
