import { documentOf } from '../sources/registry.ts';
import type { CommandLine } from './commandLine.ts';
import { nothingRead } from './nothingRead.ts';
import { paintFor } from './paint.ts';
import { reportJson } from './reportJson.ts';
import { reportText } from './reportText.ts';
import { openSession, openSource, type Terminal } from './session.ts';
import { jsonText } from './jsonText.ts';
import { windowBack } from './windowBack.ts';

type ReportCommand = Extract<CommandLine, { command: 'report' }>;

/** Time for reading the traces, besides what the source takes for its figures. */
const seconds = 300;

/** Prints how many spans have their line, why others don't, and what the code has that no span hit. */
export async function runReport(
  command: ReportCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { windowMinutes, only, limit, all, json, source } = command;
  const session = await openSession(command, terminal, signal);
  const { dir, engine } = session;
  try {
    await openSource(session, source, terminal, signal);
    const window = windowBack(windowMinutes);
    const params = { window, service: only, traces: limit, seconds };
    const answer = await engine.methods.mappingReport(params, signal);
    if (json) terminal.out(jsonText(reportJson(answer, dir)));
    else {
      const paint = paintFor(terminal.isTerminal, terminal.env);
      for (const line of reportText(answer, { dir, windowMinutes, all, paint })) terminal.out(line);
    }
    if (documentOf(source) !== undefined && only === undefined && answer.report.spans === 0)
      throw nothingRead(source, answer.basis.reason);
  } finally {
    engine.dispose();
  }
}
