import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { mostFileBytes } from '../../core/trace/fileTrace.ts';

/** A trace file that is open. */
export interface TraceDocument extends vscode.CustomDocument {
  /** Where the engine reads it. */
  readonly path: string;
}

/**
 * A file on disk, or a copy of one that isn't there, as an older version in Git or a file of a remote repository: the
 * engine reads from disk. The copy goes with its document.
 */
export async function openTraceDocument(uri: vscode.Uri): Promise<TraceDocument> {
  if (uri.scheme === 'file') return { uri, path: uri.fsPath, dispose: () => undefined };
  const name = basename(uri.path).replaceAll(/[^\w.-]/g, '_');
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostFileBytes)
    throw new Error(
      vscode.l10n.t(
        '{0} is larger than {1} MB. Split it into smaller files.',
        name,
        mostFileBytes / 1e6,
      ),
    );
  const bytes = await vscode.workspace.fs.readFile(uri);
  const folder = await mkdtemp(join(tmpdir(), 'spanhop-'));
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { uri, path, dispose: () => void rm(folder, { recursive: true, force: true }) };
}
