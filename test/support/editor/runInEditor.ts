import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  downloadAndUnzipVSCode,
  resolveCliPathFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';

import { chosenEditor } from './installEditorServer.ts';
import { oldestVersion } from './oldestVersion.ts';

const lookalike = join(import.meta.dirname, 'editorProgram.ts');

/** What the tests inside the extension host reported. */
export interface InEditorResult {
  readonly passed: readonly string[];
  /** Names of the files whose tests ran, without folder and extension. */
  readonly files: readonly string[];
  readonly failed: readonly { readonly name: string; readonly error: string }[];
}

export interface InEditorOptions {
  readonly vsix: string;
  /** The folder the window opens. */
  readonly folder: string;
  /** A built CommonJS module that exports `run()`; it writes `InEditorResult` to `resultFile`. */
  readonly tests: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Installs the VSIX into an empty profile and runs tests inside the extension host: on the desktop
 * VS Code where one can be had (`SPANHOP_VSCODE`, or a download), else on the editor server.
 */
export async function runInEditor(options: InEditorOptions): Promise<InEditorResult> {
  const profile = await mkdtemp(join(tmpdir(), 'spanhop-profile-'));
  const resultFile = join(profile, 'result.json');
  try {
    const { program, cli } = await findEditor();
    const folders = [
      `--user-data-dir=${join(profile, 'user')}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
    ];
    await runToEnd(cli, [...folders, '--install-extension', options.vsix, '--force']);
    await runTests({
      vscodeExecutablePath: program,
      extensionDevelopmentPath: await emptyExtension(profile),
      extensionTestsPath: options.tests,
      launchArgs: [options.folder, ...folders],
      extensionTestsEnv: { ...options.env, SPANHOP_TEST_RESULT: resultFile },
    }).catch((error: unknown) => {
      console.log(String(error)); // Failed tests end the editor with code 1: their names are in the file.
    });
    return JSON.parse(await readFile(resultFile, 'utf8')) as InEditorResult;
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** VS Code runs tests only with an extension under development: this one holds nothing. */
async function emptyExtension(profile: string): Promise<string> {
  const folder = join(profile, 'empty-extension');
  await mkdir(folder, { recursive: true });
  const manifest = {
    name: 'empty',
    publisher: 'spanhop',
    version: '0.0.0',
    engines: { vscode: '*' },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

async function findEditor(): Promise<{ readonly program: string; readonly cli: string }> {
  const program = await desktopEditor();
  return program === undefined
    ? { program: lookalike, cli: lookalike }
    : { program, cli: resolveCliPathFromVSCodeExecutablePath(program) };
}

/** A desktop VS Code needs a screen; its download needs a network that has it. */
async function desktopEditor(): Promise<string | undefined> {
  const isOldest = chosenEditor() === 'oldest';
  const chosen = process.env['SPANHOP_VSCODE'];
  if (!isOldest && chosen !== undefined && chosen !== '') return chosen;
  const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && screen === undefined) return undefined;
  const version = isOldest ? oldestVersion : 'stable';
  return downloadAndUnzipVSCode({ version, timeout: 60_000 }).catch(() => undefined);
}

async function runToEnd(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${String(code)}`);
}
