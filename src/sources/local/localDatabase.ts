import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { extensionId } from '../../core/extensionId.ts';
import { UsageError } from '../../core/base/usageError.ts';

const inGlobalStorage = ['User', 'globalStorage', extensionId, 'traces.db'];
const editors = ['Code', 'Code - Insiders', 'VSCodium'];
const servers = ['.vscode-server', '.vscode-server-insiders'];

/** Where the extension may keep Local traces on this machine; `SPANHOP_DATABASE` overrides. */
export function localDatabaseCandidates(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
  home: string,
): readonly string[] {
  const named = env['SPANHOP_DATABASE'];
  if (named !== undefined && named !== '') return [named];
  const settings = {
    win32: env['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
    darwin: join(home, 'Library', 'Application Support'),
  };
  const folder =
    platform === 'win32' || platform === 'darwin'
      ? settings[platform]
      : (env['XDG_CONFIG_HOME'] ?? join(home, '.config'));
  return [
    ...editors.map((editor) => join(folder, editor, ...inGlobalStorage)),
    ...servers.map((server) => join(home, server, 'data', ...inGlobalStorage)),
  ];
}

/** The database that was written to last. @throws UsageError where there is none. */
export function findLocalDatabase(candidates: readonly string[]): string {
  const found = candidates
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const [newest] = found;
  if (newest !== undefined) return newest;
  const [first = '', ...others] = candidates;
  const more = others.length === 0 ? '' : ` and ${others.length} more places`;
  throw new UsageError(
    `No local traces found in ${first}${more}. Use --local DATABASE, or another trace source.`,
  );
}
