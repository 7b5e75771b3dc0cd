import * as vscode from 'vscode';
import { errorText } from '../core/base/errorText.ts';
import type { Disposable } from '../core/base/disposable.ts';
import { isAbort } from '../core/base/sourceError.ts';
import type { Log } from '../core/ports.ts';
import type { CommandArguments, CommandId, ContextKeys } from './contributions.ts';
import { complain, inform } from './notices.ts';

/**
 * Registers a contributed command. What it throws is the answer to the user's click: a sentence in a
 * dialog with a way to the log; cancelling is silent.
 */
export function registerCommand<Id extends CommandId>(
  id: Id,
  log: Log,
  run: (...args: CommandArguments[Id]) => Promise<void> | void,
): Disposable {
  return vscode.commands.registerCommand(id, async (...args: unknown[]) => {
    try {
      await run(...(args as CommandArguments[Id]));
    } catch (error) {
      if (!isAbort(error)) await showFailure(log, id, error);
    }
  });
}

/** Commands of one row or lens. */
type TargetCommandId = {
  [Id in CommandId]: CommandArguments[Id] extends [infer Target]
    ? undefined extends Target
      ? never
      : Id
    : never;
}[CommandId];

/**
 * Registers a command of a row. VS Code gives nothing in place of a row that a view replaced while it was clicked: then
 * the user is told to try again.
 */
export function registerTargetCommand<Id extends TargetCommandId>(
  id: Id,
  log: Log,
  run: (...args: CommandArguments[Id]) => Promise<void> | void,
): Disposable {
  return registerCommand(id, log, async (...args) => {
    const [target]: readonly unknown[] = args;
    if (target !== undefined) await run(...args);
    else void inform(vscode.l10n.t('This row was just updated. Try again.'));
  });
}

/** @returns when the command is done. */
export async function runCommand<Id extends CommandId>(
  id: Id,
  ...args: CommandArguments[Id]
): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** A command for a tree item, lens or status bar item. */
export function commandOf<Id extends CommandId>(
  id: Id,
  title: string,
  ...args: CommandArguments[Id]
): vscode.Command {
  return { command: id, title, arguments: args };
}

export function setContextKey<Key extends keyof ContextKeys>(
  key: Key,
  value: ContextKeys[Key],
): void {
  void vscode.commands.executeCommand('setContext', key, value);
}

async function showFailure(log: Log, id: CommandId, error: unknown): Promise<void> {
  log.error(`${id} failed.`, error);
  const text = errorText(error);
  const showLog = vscode.l10n.t('Show Log');
  const choice = await complain(text, showLog);
  if (choice === showLog) await runCommand('spanhop.showLog');
}
