// Generates the Prisma clients and compiles both services.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const prisma = require.resolve('prisma/build/index.js');
const compiler = require.resolve('typescript/bin/tsc');
const env = {
  ...process.env,
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  DATABASE_URL: 'file:./dev.db',
  // `generate` insists on a schema engine that it then doesn't run: any program spares its download.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
};

function run(app, ...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(root, 'apps', app),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.error(stdout + stderr);
    console.error(`Building ${app} failed at: ${args.join(' ')}`);
    process.exit(1);
  }
}

for (const app of ['pricing-api', 'shop-api']) {
  run(app, prisma, 'generate');
  run(app, compiler, '-p', 'tsconfig.json');
}
