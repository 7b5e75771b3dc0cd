import { shownPath } from './shownPath.ts';
import { formatDuration, formatPercent } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { differenceText } from '../core/explain/differences.ts';
import type { CodeLocation } from '../core/code/location.ts';
import { dominantCost } from '../core/explain/dominantCost.ts';
import { explainedLines, type ExplainedLine } from '../core/explain/explainedLines.ts';
import { costText, kindText, perRequestText } from '../core/explain/explainText.ts';
import { loopText } from '../core/explain/loopText.ts';
import type { CostNode, Explanation } from '../core/explain/explanation.ts';
import type { ExplainAnswer } from '../engine/methods.ts';
import type { Paint } from './paint.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

/** Places in the table at most, and the least of the time one has. */
const shown = { most: 26, leastShare: 0.01 };
const longestSymbol = 70;

/** An explanation as at most 40 lines: what costs most, the tree by line, then by kind and service. */
export function explainText(answer: ExplainAnswer, dir: string, paint: Paint): readonly string[] {
  const { title, explanation, differences } = answer;
  const { root } = explanation;
  const dominant = dominantCost(root);
  const lines = explainedLines(root, shown);
  return [
    `${paint('bold', cell(title))}  ${timesText(explanation)}`,
    ...(dominant === undefined ? [] : [dominantText(dominant, dir, paint)]),
    '',
    ...table(lines, dir, paint),
    '',
    ...differences.map((one) => cell(differenceText(one))),
    message(
      'By kind: {0}',
      listOf(explanation.kinds.map((one) => [kindText(one.kind), one.share])),
    ),
    message('By service: {0}', listOf(explanation.services.map((one) => [one.service, one.share]))),
  ];
}

function timesText({ slow, usual, slowRequests, requests }: Explanation): string {
  if (requests === 1) return formatDuration(slow);
  if (usual === undefined) return message('{0} in {1} requests', formatDuration(slow), requests);
  if (slowRequests === 1)
    return message(
      '{0} in the slowest of {1} requests, usually {2}',
      formatDuration(slow),
      requests,
      formatDuration(usual),
    );
  return message(
    '{0} in the {1} slowest of {2} requests, usually {3}',
    formatDuration(slow),
    slowRequests,
    requests,
    formatDuration(usual),
  );
}

function dominantText(node: CostNode, dir: string, paint: Paint): string {
  const place = placeOf(node, dir);
  const loop = loopText(node.loops, (location) => lineOf(location, dir));
  return [cell(costText(node)), place === '' ? [] : paint('cyan', place), loop ?? []]
    .flat()
    .join('  ');
}

const headings = ['share', 'calls', 'p50', 'p95'] as const;

function table(lines: readonly ExplainedLine[], dir: string, paint: Paint): readonly string[] {
  const rows = lines.map(({ node, depth }) => ({
    numbers: [
      formatPercent(node.share),
      perRequestText(node.callsPerRequest),
      formatDuration(node.p50),
      formatDuration(node.p95),
    ],
    symbol: cell(`${'  '.repeat(Math.min(depth, 15))}${node.symbol}`),
    place: placeOf(node, dir),
    loop: loopText(node.loops) ?? '',
  }));
  const widths = headings.map((heading, column) =>
    widthOf([heading, ...rows.map(({ numbers }) => numbers[column] ?? '')], 24),
  );
  const symbolWidth = widthOf(
    rows.map(({ symbol }) => symbol),
    longestSymbol,
  );
  const right = (cells: readonly string[]) =>
    cells.map((text, column) => fitted(text, widths[column] ?? 0, 'right')).join('  ');
  return [
    paint('bold', right(headings)),
    ...rows.map(({ numbers, symbol, place, loop }) =>
      [
        right(numbers),
        fitted(symbol, symbolWidth),
        paint('cyan', place),
        ...(loop === '' ? [] : [paint('dim', loop)]),
      ]
        .join('  ')
        .trimEnd(),
    ),
  ];
}

const placeOf = ({ location }: CostNode, dir: string): string =>
  location === undefined ? '' : lineOf(location, dir);

const lineOf = ({ path, line }: CodeLocation, dir: string): string =>
  cell(`${shownPath(dir, path)}:${line}`);

const listOf = (shares: readonly (readonly [string, number])[]): string =>
  shares.map(([name, share]) => `${cell(name)} ${formatPercent(share)}`).join(' · ');
