import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { UsageError } from '../core/base/usageError.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { systemClock } from '../engine/systemClock.ts';
import { located, type SourceSettings } from '../sources/registry.ts';

/** Where a command writes, and what it runs in. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  readonly isTerminal: boolean;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export interface WorkspaceChoice {
  readonly dir: string;
  readonly services: Readonly<Record<string, string>>;
  /** Folder where code runs to folder of the workspace. */
  readonly pathMappings: Readonly<Record<string, string>>;
}

/** An engine with the workspace indexed, in this process; `dir` is absolute. */
export interface Session {
  readonly engine: Engine;
  readonly dir: string;
}

/** An engine without a workspace, which writes no log. The caller disposes it. */
export function openQuietEngine(): Engine {
  const quiet = () => undefined;
  return createEngine({
    clock: systemClock,
    log: { info: quiet, warn: quiet, error: quiet },
    emit: quiet,
  });
}

/** Indexes the workspace. The caller disposes `engine`. @throws UsageError when there is no such folder. */
export async function openSession(
  { dir, services, pathMappings }: WorkspaceChoice,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Session> {
  const absolute = resolve(terminal.cwd, dir);
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`Folder not found: ${absolute}. Set the workspace folder with --dir.`);
  const folder = (path: string) => resolve(absolute, path).replaceAll('\\', '/');
  const engine = openQuietEngine();
  try {
    await engine.methods.openWorkspace(
      {
        folders: [folder('.')],
        isTrusted: true, // it was named by hand
        cacheFolder: undefined,
        exclude: [],
        serviceFolders: Object.fromEntries(
          Object.entries(services).map(([name, to]) => [name, folder(to)]),
        ),
        pathMappings: Object.entries(pathMappings).map(([from, to]) => ({ from, to: folder(to) })),
      },
      signal,
    );
  } catch (error) {
    engine.dispose();
    throw error;
  }
  return { engine, dir: absolute };
}

/** Opens the source and answers how it calls itself. @throws UsageError a file that it names isn't there. */
export async function openSource(
  { engine }: Pick<Session, 'engine'>,
  source: SourceSettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<string> {
  const { label } = await engine.methods.openSource(located(source, terminal), signal);
  return label;
}
