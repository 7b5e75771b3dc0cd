import { errorsText, spansText } from '../base/countText.ts';
import { formatCount, formatDuration, formatPercent } from '../base/format.ts';
import { message } from '../base/message.ts';
import { visibleText } from '../base/visibleText.ts';
import type { CodeLocation } from '../code/location.ts';
import type { TraceCost, TraceError, TraceFacts } from './traceFacts.ts';

/**
 * A trace in a few lines of Markdown (GitHub's and GitLab's), as for a pull request: what it is, what its time goes to,
 * and its errors. All that spans say is in code spans: no link, mention, image or markup of theirs is one there.
 * @param place how a location is written, as its path in the repository
 */
export function markdownSummary(
  facts: TraceFacts,
  place: (location: CodeLocation) => string,
): string {
  const { operation, duration, spanCount, errorCount, services, traceId } = facts;
  const counts = [
    spansText(spanCount),
    ...(errorCount === 0 ? [] : [errorsText(errorCount)]),
    services.map((name) => code(name)).join(', '),
    message('trace {0}', code(traceId)),
  ];
  return (
    [
      `### ${code(operation)} · ${formatDuration(duration)}`,
      counts.join(' · '),
      ...(facts.costs.length > 0 ? [costTable(facts.costs, place)] : []),
      ...(facts.errors.length > 0 ? [errorList(facts.errors)] : []),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function costTable(costs: readonly TraceCost[], place: (location: CodeLocation) => string): string {
  const headings = [message('time'), message('share'), message('calls'), message('critical path')];
  const rows = costs.map(({ time, share, calls, symbol, location }) => [
    formatDuration(time),
    formatPercent(share),
    formatCount(calls),
    [symbol, ...(location ? [place(location)] : [])].map((text) => cell(code(text))).join(' · '),
  ]);
  return [headings, ['---:', '---:', '---:', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const errorList = (errors: readonly TraceError[]): string =>
  errors
    .map(({ operation, service, message: text, count }) => {
      const what = [code(operation), code(service), ...(text === '' ? [] : [code(text)])].join(
        ' · ',
      );
      return `- ${count > 1 ? `${formatCount(count)} × ` : ''}${what}`;
    })
    .join('\n');

/** As a code span (CommonMark 6.1): between more backticks than the text has in a row, with a space at both ends. */
function code(text: string): string {
  const shown = visibleText(text).trim();
  if (shown === '') return '–';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}

/**
 * Inside a table a bar ends the cell, also in a code span (GFM 4.10), unless a backslash is right before it, which isn't
 * shown; more of them are (cmark-gfm's table_cell and unescape_pipes).
 */
const cell = (markdown: string): string => markdown.replaceAll('|', '\\|');
