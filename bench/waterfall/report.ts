import type { WaterfallReport } from '../waterfall.ts';

/** A report as lines for people; with how it compares to Jaeger UI's, once that is among `known`. */
export function reportText(report: WaterfallReport, known: readonly WaterfallReport[]): string {
  const head = `  ${report.trace} (${report.spans.toLocaleString('en-US')} spans, ${report.answerMB} MB), ${report.page}`;
  if (report.failure !== undefined) return `${head}: fails: ${report.failure}`;
  const lines = [
    `${head}: rows ${ms(report.rowsMs)}${report.webviewMs === undefined ? '' : ` (${ms(report.webviewMs)} until the webview's page began)`}, click to details ${ms(report.clickMs)}, filter ${ms(report.filterMs)} by attribute and ${ms(report.nameFilterMs)} by name`,
    `    wheel: ${report.frames ?? 0} frames in 5 s, ${percent(report.over50Share)} above 50 ms; longest task ${ms(report.longestTaskMs)}; ${memory(report)}load ${report.load.toFixed(1)}`,
  ];
  if (report.readMs !== undefined)
    lines.push(
      `    engine: read, parsed and checked ${ms(report.readMs)} (JSON.parse alone ${ms(report.jsonParseMs)}), build ${ms(report.buildMs)}, map ${ms(report.mapMs)} (${report.mappedSpans ?? 0} mapped), columns ${ms(report.columnsMs)}, transfer ${ms(report.transferMs)}, first rows ${ms(report.firstRowsMs)}; holds ${report.engineHeapMB ?? 0} MB`,
    );
  const own = known.find(({ trace, page }) => trace === report.trace && page === 'spanhop');
  if (!report.page.startsWith('spanhop') && own) lines.push(`    ${comparison(own, report)}`);
  return lines.join('\n');
}

/** Of the real editor nothing is known: it is one among its own processes. */
function memory({ memoryMB, engineBaseMB, pageHeapMB }: WaterfallReport): string {
  if (memoryMB === undefined) return '';
  const base = engineBaseMB ? ` (engine before the trace ${engineBaseMB} MB)` : '';
  return `memory ${memoryMB} MB${base}, script in the page ${pageHeapMB ?? 0} MB; `;
}

/** What Spanhop takes of what the other page takes. */
function comparison(own: WaterfallReport, other: WaterfallReport): string {
  const names = ['rowsMs', 'clickMs', 'frames', 'filterMs', 'memoryMB'] as const;
  const ratios = names.map(
    (name) => `${name} ${((own[name] ?? 0) / (other[name] || 1)).toFixed(2)}`,
  );
  return `spanhop to ${other.page}: ${ratios.join(', ')}`;
}

const ms = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const percent = (share: number | undefined): string => `${Math.round((share ?? 0) * 100)} %`;
