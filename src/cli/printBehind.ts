import { formatPercent } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { behindSentences, throughParts } from '../core/correlate/behind/behindText.ts';
import type { EndpointBehind } from '../core/correlate/behind/endpointsBehind.ts';
import type { BehindAnswer, EngineMethods } from '../engine/methods.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { endpointJson } from './endpointJson.ts';
import { endpointLine } from './endpointLines.ts';
import { endpointsText } from './endpointsText.ts';
import { jsonText } from './jsonText.ts';
import { paintFor } from './paint.ts';
import type { Terminal } from './session.ts';
import { cell } from './textColumns.ts';
import { windowBack, windowText } from './windowBack.ts';

interface BehindOptions {
  readonly methods: Handlers<EngineMethods>;
  /** The workspace. */
  readonly dir: string;
  /** Of the source. */
  readonly label: string;
  readonly windowMinutes: number | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** Prints the endpoints behind what was asked, those that cost the most time first. */
export async function printBehind(
  asked: string,
  options: BehindOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const { methods, windowMinutes, label, json } = options;
  const window = windowBack(windowMinutes);
  const answer = await methods.endpointsBehind({ asked, window }, signal);
  const sentences = [...behindSentences(answer), ...(answer.complete ? [] : [answer.reason])];
  const basis = `${label} · ${windowText(windowMinutes)} · ${sentences.join(' ')}`;
  if (json) terminal.out(jsonText(behindJson(answer, basis, options)));
  else printTable(answer, cell(basis), options, terminal);
}

/** `share` of the total time, 0 to 1, null where it isn't known; `through` null where all of its requests came so. */
function behindJson(
  { asked, endpoints, sample }: BehindAnswer,
  basis: string,
  options: BehindOptions,
) {
  const { label, dir } = options;
  return {
    source: label,
    basis,
    behind: asked,
    sample: sample ?? null,
    endpoints: endpoints.map(({ endpoint, share, through }) => ({
      share: share ?? null,
      through: through ?? null,
      ...endpointJson(endpointLine(endpoint, dir)),
    })),
  };
}

function printTable(
  { asked, endpoints }: BehindAnswer,
  basis: string,
  { dir, limit }: BehindOptions,
  terminal: Terminal,
): void {
  const paint = paintFor(terminal.isTerminal, terminal.env);
  const shown = endpoints.slice(0, limit);
  if (endpoints.length === 0) terminal.out(message('No endpoint found for {0}.', cell(asked)));
  else {
    const lines = shown.map(({ endpoint }) => endpointLine(endpoint, dir));
    for (const line of endpointsText(lines, paint, shown.map(shareText))) terminal.out(line);
  }
  terminal.out('');
  const more = endpoints.length - shown.length;
  if (more > 0)
    terminal.out(message('{0} more. Use --limit {1} to show them.', more, endpoints.length));
  for (const one of shown) {
    for (const part of throughParts(one))
      terminal.out(paint('dim', `${cell(endpointLine(one.endpoint, dir).endpoint)}: ${part}`));
  }
  terminal.out(paint('dim', basis));
}

const shareText = ({ share }: EndpointBehind): string =>
  share === undefined ? '-' : formatPercent(share);
