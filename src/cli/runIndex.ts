import { formatCount } from '../core/base/format.ts';
import { indexReport } from '../core/code/indexReport.ts';
import type { CommandLine } from './commandLine.ts';
import { indexText } from './indexListing.ts';
import { openSession, type Terminal } from './session.ts';
import { jsonText } from './jsonText.ts';
import { cell } from './textColumns.ts';

/** Prints the handlers and Prisma calls of a workspace. */
export async function runIndex(
  command: Extract<CommandLine, { command: 'index' }>,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { engine, dir } = await openSession(command, terminal, signal);
  try {
    const code = await engine.methods.indexedCode({}, signal);
    const listing = indexReport(code, dir.replaceAll('\\', '/'));
    if (command.json) terminal.out(jsonText(listing));
    else for (const line of indexText(listing)) terminal.out(line);
    const [first] = code.problems;
    if (first)
      terminal.err(
        `${formatCount(code.problems.length)} problems in the code. First: ${cell(first.path)}:${first.line ?? 1}: ${cell(first.message)}`,
      );
  } finally {
    engine.dispose();
  }
}
