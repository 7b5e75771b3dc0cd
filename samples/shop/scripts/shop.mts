import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ShopOptions {
  /** Holds the two databases; they are made and seeded where they don't exist. */
  readonly dataFolder: string;
  /** 0: any free port. */
  readonly ports: {
    readonly shop: number;
    readonly pricing: number;
    readonly taxAuthority: number;
  };
  /** For the two services: `OTEL_EXPORTER_OTLP_ENDPOINT` and the like. */
  readonly env: Readonly<Record<string, string>>;
  /** Each line a service prints. */
  readonly log: (line: string) => void;
}

export interface Shop {
  readonly urls: { readonly shop: string; readonly pricing: string; readonly taxAuthority: string };
  /** Settles when a service ends by itself; never rejects. */
  readonly ended: Promise<string>;
  /** Ends the services; they export their last spans first. */
  stop(): Promise<void>;
}

const root = join(fileURLToPath(import.meta.url), '..', '..');
const startLimitMs = 60_000;
const stopLimitMs = 15_000;

/** Starts tax authority, pricing-api and shop-api, each when the one it calls listens. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { dataFolder, ports, log } = options;
  await mkdir(dataFolder, { recursive: true });
  const processes: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(processes.reverse().map(endProcess));
  };
  const ended = Promise.withResolvers<string>();
  const start = async (name: string, script: string, env: Record<string, string>) => {
    const child = run(name, script, { ...options.env, ...env });
    processes.push(child);
    child.once('exit', (code) => ended.resolve(`${name} ended with code ${code ?? 'none'}`));
    return listening(name, child, log);
  };
  try {
    const database = (name: string) => ({ DATABASE_URL: `file:${join(dataFolder, `${name}.db`)}` });
    await Promise.all([
      finish(
        'pricing-api',
        'apps/pricing-api/dist/database/setup.js',
        database('pricing-api'),
        log,
      ),
      finish('shop-api', 'apps/shop-api/dist/database/setup.js', database('shop-api'), log),
    ]);
    const taxAuthority = await start('tax-authority', 'stand-ins/tax-authority.mts', {
      PORT: String(ports.taxAuthority),
    });
    const pricing = await start('pricing-api', 'apps/pricing-api/dist/main.js', {
      ...database('pricing-api'),
      PORT: String(ports.pricing),
      TAX_AUTHORITY_URL: taxAuthority,
    });
    const shop = await start('shop-api', 'apps/shop-api/dist/main.js', {
      ...database('shop-api'),
      PORT: String(ports.shop),
      PRICING_URL: `${pricing}/pricing`,
    });
    return { urls: { shop, pricing, taxAuthority }, ended: ended.promise, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const alive = new Set<ChildProcess>();
// Whoever started the shop may fail before it stops it.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

function run(name: string, script: string, env: Readonly<Record<string, string>>): ChildProcess {
  const app = script.startsWith('apps/') ? join(root, 'apps', name) : root;
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, script)], {
    cwd: app,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

/** Runs a program to its end. */
async function finish(
  name: string,
  script: string,
  env: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<void> {
  const child = run(name, script, env);
  forward(name, child, log);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0)
    throw new Error(`Setting up the database of ${name} failed: see its output above.`);
}

/** The address that a service prints when it listens. */
async function listening(
  name: string,
  child: ChildProcess,
  log: (line: string) => void,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => reject(new Error(`${name} did not listen within ${startLimitMs / 1_000} s.`)),
    startLimitMs,
  );
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`${name} ended with code ${code ?? 'none'}.`)));
  forward(name, child, (line) => {
    log(line);
    const url = /listening on (http:\S+)/.exec(line)?.[1];
    if (url !== undefined) resolve(url);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function forward(name: string, child: ChildProcess, log: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on('line', (line) => log(`${name}: ${line}`));
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
  await ended;
  clearTimeout(timer);
}
