import { message } from '../core/base/message.ts';
import type { SearchAnswer, TraceSummary } from '../core/ports.ts';
import { documentOf } from '../sources/registry.ts';
import { droppedJson } from './droppedJson.ts';
import { jsonText } from './jsonText.ts';
import { nothingRead } from './nothingRead.ts';
import { paintFor } from './paint.ts';
import { searchTimeText, windowOf } from './searchTime.ts';
import { openQuietEngine, openSource, type Terminal } from './session.ts';
import { cell } from './textColumns.ts';
import type { TracesCommand } from './tracesCommand.ts';
import { tracesText } from './tracesText.ts';

/** Prints the traces that a search finds. */
export async function runTraces(
  command: TracesCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const engine = openQuietEngine();
  try {
    const label = await openSource({ engine }, command.source, terminal, signal);
    const query = { ...command.query, window: windowOf(command.time) };
    const answer = await engine.methods.search(query, signal);
    if (command.json) terminal.out(jsonText(asJson(answer)));
    else print(answer, [label, searchTimeText(command.time)].join(' · '), command, terminal);
    if (documentOf(command.source) === undefined || answer.traces.length > 0) return;
    const services = await engine.methods.services({}, signal);
    if (services.length === 0) throw nothingRead(command.source, answer.reason);
  } finally {
    engine.dispose();
  }
}

/** `basis`: where it was searched, and in which time. */
function print(
  { traces, complete, reason }: SearchAnswer,
  basis: string,
  { query }: TracesCommand,
  terminal: Terminal,
): void {
  const paint = paintFor(terminal.isTerminal, terminal.env);
  if (traces.length === 0)
    terminal.out(message('No matching traces. Extend the time range or remove a filter.'));
  else for (const line of tracesText(traces, paint)) terminal.out(line);
  terminal.out('');
  if (traces.length === query.limit)
    terminal.out(message('First {0} traces. Use --limit to show more.', query.limit));
  terminal.out(paint('dim', cell(basis)));
  if (!complete) terminal.out(cell(message('Incomplete: {0}', reason)));
}

const asJson = ({ traces, complete, reason, ...dropped }: SearchAnswer) => ({
  traces: traces.map(traceJson),
  complete,
  reason,
  dropped: droppedJson(dropped),
});

/** Times in µs. */
const traceJson = ({
  traceId,
  rootService,
  rootOperation,
  start,
  duration,
  ...rest
}: TraceSummary) => ({
  traceId,
  rootService,
  rootOperation,
  start,
  duration,
  spanCount: rest.spanCount,
  errorCount: rest.errorCount,
  services: rest.services,
});
