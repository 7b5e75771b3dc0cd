import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
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
  /** For the services: `OTEL_EXPORTER_OTLP_ENDPOINT` and the like. */
  readonly env: Readonly<Record<string, string>>;
  /** The service of rates/, between pricing-api and the tax authority; undefined: pricing-api asks the latter. */
  readonly rates?: Rates;
  /** Each line a service prints. */
  readonly log: (line: string) => void;
}

/** One that runs already, or the path of the built program and what it gets over the `env` of all. */
export type Rates =
  | { readonly url: string }
  | { readonly program: string; readonly env: Readonly<Record<string, string>> };

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

/** Starts tax authority, rates where wanted, pricing-api and shop-api, each when the one it calls listens. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const { dataFolder, ports, log } = options;
  await mkdir(dataFolder, { recursive: true });
  const processes: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(processes.reverse().map(endProcess));
  };
  const ended = Promise.withResolvers<string>();
  const start = async (name: string, program: Program, env: Record<string, string>) => {
    const child = run(name, program, { ...options.env, ...env });
    processes.push(child);
    child.once('exit', (code) => ended.resolve(`${name} ended with code ${code ?? 'none'}`));
    return listening(name, child, log);
  };
  try {
    const database = (name: string) => ({ DATABASE_URL: `file:${join(dataFolder, `${name}.db`)}` });
    await Promise.all([
      setUp('pricing-api', database('pricing-api'), log),
      setUp('shop-api', database('shop-api'), log),
    ]);
    const taxAuthority = await start('tax-authority', script('stand-ins/tax-authority.mts'), {
      PORT: String(ports.taxAuthority),
    });
    const startRates = (rates: Rates): Promise<string> | string =>
      'url' in rates
        ? rates.url
        : start('rates', [rates.program], {
            PORT: '0',
            ...rates.env,
            TAX_AUTHORITY_URL: taxAuthority,
          });
    const rates = options.rates ? await startRates(options.rates) : taxAuthority;
    const pricing = await start('pricing-api', script('apps/pricing-api/dist/main.js'), {
      ...database('pricing-api'),
      PORT: String(ports.pricing),
      TAX_AUTHORITY_URL: rates,
    });
    const shop = await start('shop-api', script('apps/shop-api/dist/main.js'), {
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

type Program = readonly [string, ...string[]];

const script = (path: string): Program => [
  process.execPath,
  '--enable-source-maps',
  join(root, path),
];

function run(
  name: string,
  [program, ...args]: Program,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const app = join(root, 'apps', name);
  const child = spawn(program, args, {
    cwd: existsSync(app) ? app : root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

/** Makes and seeds the database of a service where it doesn't exist. */
async function setUp(
  name: string,
  env: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<void> {
  const child = run(name, script(`apps/${name}/dist/database/setup.js`), env);
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
