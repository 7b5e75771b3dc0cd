import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { extensionId } from '../../../src/core/extensionId.ts';
import { installEditorServer } from './installEditorServer.ts';

const readyTimeoutMs = 60_000;
const installTimeoutMs = 60_000;

export interface EditorServerOptions {
  /** Absolute paths of .vsix files to install before the first window. */
  readonly extensions: readonly string[];
  /** User settings; what the server needs to be quiet is added. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Where user data and extensions live; undefined: a temporary folder, removed by `close`. */
  readonly dataFolder?: string;
  /** Where extensions are; undefined: in the data folder. */
  readonly extensionsFolder?: string;
  /** Undefined: any free port. */
  readonly port?: number;
  /** Windows take a payload of development and test paths, and report the extension host's console. */
  readonly testDriver?: boolean;
  /** True: folders open untrusted, with the trust dialog. */
  readonly workspaceTrust?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export interface EditorServer {
  readonly port: number;
  readonly dataFolder: string;
  /** What the editor in the browser calls a file or folder of this machine (absolute path). */
  remoteUri(path: string): string;
  /** The address that opens a folder or a .code-workspace file (absolute path) in a browser. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** What the server printed so far, for a failure's message. */
  output(): string;
  /** The last lines of Spanhop's log in each window there was, for a failure's message. */
  extensionLog(): string;
  /** Whether the extension host of a window has started whatever its workspace starts. */
  hasStartedExtensions(): boolean;
  close(): Promise<void>;
}

/** No welcome pages, assistants or prompts: what a test or a demo shows is the extension. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.banner': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/**
 * Starts the real VS Code server with the given extensions installed by its own command line. The
 * first call builds the server (`installEditorServer`). Listens on 127.0.0.1 only.
 */
export async function startEditorServer(options: EditorServerOptions): Promise<EditorServer> {
  const { node, serverMain } = await installEditorServer();
  const temporary = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'spanhop-editor-')));
  // The window reads one file, the server's side the other: of settings of a machine, only that.
  for (const owner of ['User', 'Machine']) {
    await mkdir(join(dataFolder, 'data', owner), { recursive: true });
    await writeFile(
      join(dataFolder, 'data', owner, 'settings.json'),
      JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2),
    );
  }
  const common = [serverMain, '--server-data-dir', dataFolder, '--accept-server-license-terms'];
  if (options.extensionsFolder !== undefined) {
    common.push('--extensions-dir', options.extensionsFolder);
  }
  for (const vsix of options.extensions) {
    await run(node, [...common, '--install-extension', vsix, '--force'], installTimeoutMs);
  }
  const args = [...common, '--host', '127.0.0.1', '--port', String(options.port ?? 0)];
  args.push('--without-connection-token', '--telemetry-level', 'off');
  if (options.testDriver === true) args.push('--enable-smoke-test-driver');
  if (options.workspaceTrust !== true) args.push('--disable-workspace-trust');
  const child = spawn(node, args, {
    env: serverEnv(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = collect(child);
  const port = await listeningPort(child, text);
  return {
    port,
    dataFolder,
    remoteUri: (path) => `vscode-remote://127.0.0.1:${String(port)}${path}`,
    address: (folder, payload) => windowAddress(port, folder, payload),
    output: () => text.join(''),
    extensionLog: () => extensionLog(dataFolder),
    hasStartedExtensions: () => hasStartedExtensions(dataFolder),
    close: async () => {
      await stop(child);
      if (temporary) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function windowAddress(
  port: number,
  folder: string,
  payload?: readonly (readonly [string, string])[],
): string {
  const url = new URL(`http://127.0.0.1:${String(port)}/`);
  url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  if (payload !== undefined) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** Of one window. */
const loggedLines = 30;

function extensionLog(dataFolder: string): string {
  const paths = globSync(`data/logs/*/exthost*/${extensionId}/Spanhop.log`, { cwd: dataFolder });
  const tails = paths.sort().map((path) => {
    const lines = readFileSync(join(dataFolder, path), 'utf8').trimEnd().split('\n');
    return [basename(dirname(dirname(path))), ...lines.slice(-loggedLines)].join('\n');
  });
  return tails.join('\n');
}

/** VS Code logs it once it has looked through the workspace for every extension. */
function hasStartedExtensions(dataFolder: string): boolean {
  return globSync('data/logs/*/exthost*/remoteexthost.log', { cwd: dataFolder }).some((path) =>
    readFileSync(join(dataFolder, path), 'utf8').includes('Eager extensions activated'),
  );
}

/** The extension host inherits it: an outer npm's or mocha's settings are not the editor's. */
function serverEnv(extra: NodeJS.ProcessEnv | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS$|VSCODE_|MOCHA)/i.test(name),
  );
  return { ...Object.fromEntries(kept), ...extra };
}

async function listeningPort(child: ChildProcess, text: readonly string[]): Promise<number> {
  const deadline = Date.now() + readyTimeoutMs;
  while (Date.now() < deadline) {
    const output = text.join('');
    const bound = /(?:Server bound to|Web UI available at)\D+127\.0\.0\.1:(\d+)/.exec(output);
    if (bound !== null && output.includes('Extension host agent listening'))
      return Number(bound[1]);
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop(child);
  throw new Error(`The editor server did not start: ${text.join('').slice(-2_000)}`);
}

function collect(child: ChildProcess): string[] {
  const text: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text.push(chunk);
      if (text.length > 5_000) text.splice(0, 1_000);
    });
  }
  return text;
}

async function run(program: string, args: readonly string[], timeout: number): Promise<void> {
  const child = spawn(program, args, { env: serverEnv({}), timeout });
  const text = collect(child);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.slice(-3).join(' ')} failed: ${text.join('')}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await closed;
  clearTimeout(force);
}
