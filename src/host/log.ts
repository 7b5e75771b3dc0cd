import * as vscode from 'vscode';
import type { Disposable } from '../core/base/disposable.ts';
import { isSourceError } from '../core/base/sourceError.ts';
import type { Log } from '../core/ports.ts';

export interface OutputLog extends Log, Disposable {
  show(): void;
}

/** The `Spanhop` output channel. A source's error gives its code and detail, a bug its stack. */
export function openLog(): OutputLog {
  const channel = vscode.window.createOutputChannel('Spanhop', { log: true });
  return {
    info: (text) => channel.info(text),
    warn: (text) => channel.warn(text),
    error: (text, error) => channel.error(error === undefined ? text : `${text} ${words(error)}`),
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}

function words(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!isSourceError(error)) return error.stack ?? error.message;
  return `[${error.code}] ${error.message} ${error.detail}`.trimEnd();
}
