import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { SearchAnswer } from '../../core/ports.ts';
import { pickTrace } from '../traces/pickTrace.ts';

/** Which of the file's traces the user wants; undefined when the choice was closed. */
export async function pickTraceOfFile(
  path: string,
  read: (signal: AbortSignal) => Promise<SearchAnswer>,
): Promise<string | undefined> {
  const chosen = await pickTrace({
    title: vscode.l10n.t('Traces in {0}', basename(path)),
    isNamed: true,
    read,
  });
  return chosen?.traceId;
}
