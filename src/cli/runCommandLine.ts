import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import manifest from '../../package.json' with { type: 'json' };

import { isAbort, isSourceError } from '../core/base/sourceError.ts';
import { readCommandLine } from './commandLine.ts';
import { help } from './help.ts';
import { runCompare } from './runCompare.ts';
import { runEndpoints } from './runEndpoints.ts';
import { runExplain } from './runExplain.ts';
import { runIndex } from './runIndex.ts';
import { runReport } from './runReport.ts';
import { runMap, runTrace } from './runTrace.ts';
import { runTraces } from './runTraces.ts';
import type { Terminal } from './session.ts';
import { cell } from './textColumns.ts';
import { UsageError } from '../core/base/usageError.ts';

/** Runs `spanhop` with these arguments; answers its exit code and never rejects. */
export async function runCommandLine(
  args: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  try {
    await run(args, terminal, signal);
    return 0;
  } catch (error) {
    if (isAbort(error)) return 130;
    terminal.err(`spanhop: ${sentence(error)}`);
    if (error instanceof UsageError) terminal.err('Run spanhop --help for usage.');
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal) {
  const isFile = (path: string) =>
    statSync(resolve(terminal.cwd, path), { throwIfNoEntry: false })?.isFile() === true;
  const command = readCommandLine(args, isFile);
  switch (command.command) {
    case 'help':
      terminal.out(help);
      return;
    case 'version':
      terminal.out(manifest.version);
      return;
    case 'index':
      return runIndex(command, terminal, signal);
    case 'endpoints':
      return runEndpoints(command, terminal, signal);
    case 'explain':
      return runExplain(command, terminal, signal);
    case 'compare':
      return runCompare(command, terminal, signal);
    case 'traces':
      return runTraces(command, terminal, signal);
    case 'trace':
      return runTrace(command, terminal, signal);
    case 'map':
      return runMap(command, terminal, signal);
    case 'report':
      return runReport(command, terminal, signal);
  }
}

/** What went wrong in words; a bug keeps its stack. */
function sentence(error: unknown): string {
  if (error instanceof UsageError || isSourceError(error)) return cell(error.message);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
