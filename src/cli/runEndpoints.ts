import { message } from '../core/base/message.ts';
import { documentOf } from '../sources/registry.ts';
import type { CommandLine } from './commandLine.ts';
import { droppedJson } from './droppedJson.ts';
import { endpointJson } from './endpointJson.ts';
import { printBehind } from './printBehind.ts';
import { basisLine, endpointLines, type EndpointLine } from './endpointLines.ts';
import { endpointsText } from './endpointsText.ts';
import { nothingRead } from './nothingRead.ts';
import { paintFor } from './paint.ts';
import { openSession, openSource, type Terminal } from './session.ts';
import { cell } from './textColumns.ts';
import { jsonText } from './jsonText.ts';
import { windowBack } from './windowBack.ts';

type EndpointsCommand = Extract<CommandLine, { command: 'endpoints' }>;

/** Prints the slowest endpoints of a window. */
export async function runEndpoints(
  command: EndpointsCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { dir, sort, all, limit, windowMinutes } = command;
  const session = await openSession(command, terminal, signal);
  try {
    const label = await openSource(session, command.source, terminal, signal);
    const window = windowBack(windowMinutes);
    const methods = session.engine.methods;
    const { services } = await methods.checkSource({}, signal);
    if (command.behind !== undefined) {
      await printBehind(
        command.behind,
        { ...command, dir: session.dir, label, methods },
        terminal,
        signal,
      );
      return;
    }
    const answer = await methods.endpoints({ window, refresh: true }, signal);
    const lines = endpointLines(answer, { dir: session.dir, sort, all });
    const basis = basisLine(answer, label, windowMinutes);
    const dropped = droppedJson(answer);
    const endpoints = () => lines.map(endpointJson);
    if (command.json)
      terminal.out(jsonText({ source: label, basis, endpoints: endpoints(), dropped }));
    else print(lines, limit, cell(basis), terminal);
    if (documentOf(command.source) !== undefined && services.length === 0)
      throw nothingRead(command.source, answer.reason);
  } finally {
    session.engine.dispose();
  }

  function print(lines: readonly EndpointLine[], most: number, basis: string, to: Terminal): void {
    const paint = paintFor(to.isTerminal, to.env);
    if (lines.length === 0) to.out(message('No requests found. Code: {0}', dir));
    else for (const line of endpointsText(lines.slice(0, most), paint)) to.out(line);
    to.out('');
    if (lines.length > most)
      to.out(message('{0} more. Use --limit {1} to show them.', lines.length - most, lines.length));
    to.out(paint('dim', basis));
  }
}
