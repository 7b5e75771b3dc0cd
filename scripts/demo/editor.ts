import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { extensionId } from '../../src/core/extensionId.ts';
import { installEditorServer } from '../../test/support/editor/installEditorServer.ts';
import { oldestVersion } from '../../test/support/editor/oldestVersion.ts';
import { startEditorServer } from '../../test/support/editor/startEditorServer.ts';
import { run } from '../setup.mjs';
import type { CleanUp } from './cleanUp.ts';

/** Which editor the demo has, and where that editor keeps things. */
export interface EditorStorage {
  readonly kind: 'desktop' | 'server';
  readonly dataFolder: string;
  /** The extension's own folder in it. */
  readonly globalStorage: string;
}

export interface OpenOptions {
  readonly editor: EditorStorage;
  readonly vsix: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The workspace. */
  readonly folder: string;
  /** Shown at the start: a file of the folder, and the line. */
  readonly file: { readonly path: string; readonly line: number };
  readonly cleanUp: CleanUp;
}

const storagePath = ['User', 'globalStorage', extensionId];
/** On Windows `code` is a script that only a shell runs. */
const shell = process.platform === 'win32';

/** The desktop's `code` where it is recent enough and wanted, else the editor server. A profile of its own either way. */
export function editorStorage(folder: string, inBrowser: boolean): EditorStorage {
  const kind = !inBrowser && hasDesktop() ? 'desktop' : 'server';
  const dataFolder = join(folder, kind);
  const user = kind === 'desktop' ? dataFolder : join(dataFolder, 'data');
  return { kind, dataFolder, globalStorage: join(user, ...storagePath) };
}

/** Builds the editor server the first time (two to three minutes). Throws one sentence that says what is missing. */
export async function prepareEditor({ kind }: EditorStorage): Promise<void> {
  if (kind === 'server') await installEditorServer();
}

/** An open editor. `closed` settles with its window; a server stays until it is stopped. */
export interface OpenedEditor {
  readonly closed: Promise<unknown>;
}

/** Opens the editor with the extension installed. */
export async function openEditor(options: OpenOptions): Promise<OpenedEditor> {
  return options.editor.kind === 'desktop' ? openDesktop(options) : openServer(options);
}

function hasDesktop(): boolean {
  const { status, stdout } = spawnSync('code', ['--version'], {
    shell,
    encoding: 'utf8',
    timeout: 20_000,
  });
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (status !== 0 || major === '') {
    console.log('There is no `code` command here, so the demo opens in the browser.');
    return false;
  }
  const [oldestMajor = 0, oldestMinor = 0] = oldestVersion.split('.').map(Number);
  if (Number(major) > oldestMajor || Number(minor) >= oldestMinor) return true;
  console.log(
    `VS Code ${major}.${minor} is older than ${oldestVersion}, so the demo opens in the browser.`,
  );
  return false;
}

async function openDesktop({ editor, vsix, settings, folder, file, cleanUp }: OpenOptions) {
  const { dataFolder } = editor;
  const user = join(dataFolder, 'User');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify(settings, null, 2));
  const profile = [
    '--user-data-dir',
    dataFolder,
    '--extensions-dir',
    join(dataFolder, 'extensions'),
  ];
  await run('code', [...profile, '--install-extension', vsix, '--force'], { shell });
  console.log(`Opening VS Code on ${folder}`);
  const goto = ['--goto', `${join(folder, file.path)}:${String(file.line)}`];
  const args = [...profile, '--disable-workspace-trust', '--new-window', '--wait', folder, ...goto];
  const window = spawn('code', args, { shell, stdio: 'ignore' });
  cleanUp.add(() => Promise.resolve(void window.kill()));
  return { closed: once(window, 'exit') };
}

async function openServer({ editor, vsix, settings, folder, file, cleanUp }: OpenOptions) {
  console.log('Starting the VS Code server');
  const server = await startEditorServer({
    extensions: [vsix],
    settings,
    dataFolder: editor.dataFolder,
  });
  cleanUp.add(() => server.close());
  const opened = `${server.remoteUri(join(folder, file.path))}:${String(file.line)}`;
  const address = server.address(folder, [
    ['gotoLineMode', 'true'],
    ['openFile', opened],
  ]);
  console.log(`\nOpen this in a browser:\n\n  ${address}\n`);
  // A browser may come and go: the demo ends by Ctrl+C.
  return { closed: new Promise(() => undefined) };
}
