import { message } from '../core/base/message.ts';
import { fileTraceKey } from '../core/trace/fileTrace.ts';
import type { OpenedTrace } from '../protocol/waterfall.ts';
import { located } from '../sources/registry.ts';
import type { CommandLine } from './commandLine.ts';
import { sameTraces, type NamedTrace } from './compareArguments.ts';
import { compareJson } from './compareJson.ts';
import { compareText } from './compareText.ts';
import { jsonText } from './jsonText.ts';
import { paintFor } from './paint.ts';
import { openSession, openSource, type Session, type Terminal } from './session.ts';
import { cell } from './textColumns.ts';

type CompareCommand = Extract<CommandLine, { command: 'compare' }>;

/** One of the two, kept by the engine. */
interface ComparedSide {
  /** What the engine's methods take for its ID. */
  readonly key: string;
  /** Where it is from, as people say. */
  readonly source: string;
  readonly opened: OpenedTrace;
}

/** Prints how the second of two traces differs from the first. */
export async function runCompare(
  command: CompareCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const session = await openSession(command, terminal, signal);
  try {
    const label = await openSource(session, command.source, terminal, signal);
    const [first, second] = command.traces;
    const open = (named: NamedTrace) => openSide(named, label, session, terminal, signal);
    const [before, after] = [await open(first), await open(second)];
    if (before.opened.shape.traceId === after.opened.shape.traceId) throw sameTraces();
    const answer = await session.engine.methods.compareTraces(
      { traceId: after.key, other: before.key },
      signal,
    );
    const sources = [before.source, after.source] as const;
    if (command.json) terminal.out(jsonText(compareJson(answer, sources, session.dir)));
    else {
      const paint = paintFor(terminal.isTerminal, terminal.env);
      for (const line of compareText(answer, session.dir, paint)) terminal.out(line);
      terminal.out(paint('dim', cell([...new Set(sources)].join(' · '))));
    }
    for (const side of [before, after]) hintAtOthers(side, terminal);
  } finally {
    session.engine.dispose();
  }
}

async function openSide(
  named: NamedTrace,
  label: string,
  { engine }: Session,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ComparedSide> {
  if ('traceId' in named) {
    const opened = await engine.methods.openTrace(named, signal);
    return { key: named.traceId, source: label, opened };
  }
  const { path } = located({ kind: 'file', path: named.path }, terminal);
  const key = fileTraceKey(path);
  const opened = await engine.methods.openTrace({ traceId: key }, signal);
  return { key, source: message('file {0}', path), opened };
}

/** Says of a file with several traces which one it was. */
function hintAtOthers({ opened, source }: ComparedSide, terminal: Terminal): void {
  const { tracesInFile = 1 } = opened;
  if (tracesInFile < 2) return;
  terminal.err(
    cell(
      message(
        'Compared the slowest of {0} traces in {1}. Use two trace IDs and the file to compare others.',
        tracesInFile,
        source,
      ),
    ),
  );
}
