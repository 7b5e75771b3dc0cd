// What demo and tests need before anything else: installed packages, the editor's Node, a built sample.
// Runs on Node 20 and with no package installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const shopFolder = join(root, 'samples', 'shop');
const editorNodeMajor = 24;

/** Where npm put the editor's Node. */
export function editorNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', 'node', 'bin', name);
}

/** Runs `npm ci` where node_modules doesn't hold what the lockfile names; says so through `log`. */
export async function ensureInstalled(folder, log) {
  if (isInstalled(folder)) return;
  log(`Installing packages in ${folder}`);
  await run(...npm('ci', '--no-audit', '--no-fund', '--loglevel=error'), { cwd: folder });
}

/** npm keeps what it installed in node_modules/.package-lock.json. Packages of other platforms may miss. */
function isInstalled(folder) {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const present = packagesOf(installed);
  return Object.entries(packagesOf(join(folder, 'package-lock.json'))).every(
    ([path, { version, link, optional, peer }]) =>
      !path.includes('node_modules') ||
      link === true ||
      (present[path] === undefined
        ? optional === true || peer === true
        : present[path].version === version),
  );
}

const packagesOf = (lockfile) => JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};

/** Generates and compiles the sample where its sources have changed. */
export async function ensureShopBuilt(log) {
  const apps = join(shopFolder, 'apps');
  const current = hashOf([
    join(shopFolder, 'package-lock.json'),
    join(shopFolder, 'scripts', 'build.mjs'),
    ...readdirSync(apps).flatMap((app) => [
      join(apps, app, 'package.json'),
      join(apps, app, 'tsconfig.json'),
      ...filesBelow(join(apps, app, 'src')),
      ...filesBelow(join(apps, app, 'prisma')),
    ]),
  ]);
  const mark = join(shopFolder, 'node_modules', '.built-from');
  const built = readdirSync(apps).every((app) => existsSync(join(apps, app, 'dist', 'main.js')));
  if (built && readIfThere(mark) === current) return;
  log('Building samples/shop');
  await run(editorNode(), [join(shopFolder, 'scripts', 'build.mjs')], { cwd: shopFolder });
  writeFileSync(mark, current);
}

/**
 * Runs this script again under the editor's Node when another one runs it; then it never returns.
 * Signals are passed on: this run ends when the second one has.
 */
export async function continueUnderEditorNode() {
  if (Number(process.versions.node.split('.')[0]) >= editorNodeMajor) return;
  if (!existsSync(editorNode()))
    throw new Error(`${editorNode()} is missing. Run \`npm rebuild node\`.`);
  const child = spawn(editorNode(), process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  process.exit(
    await new Promise((resolve) => {
      child.once('error', () => resolve(1));
      child.once('exit', (code) => resolve(code ?? 1));
    }),
  );
}

/** Runs a program to its end; answers its standard output. @throws Error with all it printed, when it fails. */
export async function run(program, args, { cwd = root, env = process.env, shell = false } = {}) {
  const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => (printed = (printed + text).slice(-20_000)));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return output;
  throw new Error(
    `${printed}\nThis failed with code ${code}, in ${cwd}: ${program} ${args.join(' ')}`,
  );
}

/** npm as the one that runs this, or the one on the path. */
function npm(...args) {
  const script = process.env.npm_execpath;
  if (script !== undefined && /\.c?js$/.test(script)) return [process.execPath, [script, ...args]];
  return process.platform === 'win32' ? ['npm.cmd', args, { shell: true }] : ['npm', args];
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const readIfThere = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
