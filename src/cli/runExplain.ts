import type { CommandLine } from './commandLine.ts';
import { explainJson } from './explainJson.ts';
import { explainText } from './explainText.ts';
import { jsonText } from './jsonText.ts';
import { message } from '../core/base/message.ts';
import { paintFor } from './paint.ts';
import { openSession, openSource, type Terminal } from './session.ts';
import { cell } from './textColumns.ts';
import { windowBack, windowText } from './windowBack.ts';

type ExplainCommand = Extract<CommandLine, { command: 'explain' }>;

/** Prints where the time of an endpoint's requests, or of one trace, goes. */
export async function runExplain(
  command: ExplainCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const session = await openSession(command, terminal, signal);
  try {
    const { methods } = session.engine;
    const label = await openSource(session, command.source, terminal, signal);
    const { about, windowMinutes, json } = command;
    const answer = await methods.explain({ about, window: windowBack(windowMinutes) }, signal);
    if (json) {
      terminal.out(jsonText(explainJson(answer, label, session.dir)));
      return;
    }
    const paint = paintFor(terminal.isTerminal, terminal.env);
    for (const line of explainText(answer, session.dir, paint)) terminal.out(line);
    const time = 'traceId' in about ? [] : [windowText(windowMinutes)];
    terminal.out(paint('dim', cell([label, ...time].join(' · '))));
    if (!answer.complete) terminal.out(cell(message('Incomplete: {0}', answer.reason)));
  } finally {
    session.engine.dispose();
  }
}
