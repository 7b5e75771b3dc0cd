import { shownPath } from './shownPath.ts';
import { relative } from 'node:path';

import { formatCount } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { handlerTitle } from '../core/code/nest/handlerTitle.ts';
import { confidenceWord } from '../core/correlate/lens/basisText.ts';
import { causeText } from '../core/correlate/report/causeText.ts';
import type {
  CauseCount,
  MappingReport,
  ServiceReport,
  UncoveredHandler,
  SortReport,
  SpanExample,
} from '../core/correlate/report/mappingReport.ts';
import {
  mappedText,
  silenceAdvice,
  silenceTitle,
  sortTitle,
} from '../core/correlate/report/reportText.ts';
import { servicesWithoutFolder } from '../core/correlate/report/servicesWithoutFolder.ts';
import type { MappingReportAnswer } from '../engine/methods.ts';
import type { Paint } from './paint.ts';
import { cell, fitted, widthOf } from './textColumns.ts';
import { windowText } from './windowBack.ts';

interface ReportStyle {
  readonly dir: string;
  readonly windowMinutes: number | undefined;
  /** Every row of each list, not only the first ones. */
  readonly all: boolean;
  readonly paint: Paint;
}

const shownRows = 20;
const shownReasons = 3;

/** The report for people, a line each: services first, then what the code and the traces lack of each other. */
export function reportText(answer: MappingReportAnswer, style: ReportStyle): readonly string[] {
  const { report, basis } = answer;
  const { paint } = style;
  const lines = [
    paint('bold', headline(report, style)),
    paint('dim', cell(basisText(answer, style.windowMinutes))),
  ];
  const others = message(
    '{0} more spans come from frameworks and proxies.',
    formatCount(report.expected),
  );
  if (report.expected > 0) lines.push(paint('dim', others));
  for (const service of report.services) lines.push('', ...serviceLines(service, style));
  lines.push(...todoSection(answer, style), ...folderSection(answer, style));
  // Without spans every handler would be one that no span hit.
  if (report.traces > 0) lines.push(...handlerSection(answer, style));
  lines.push(...routeSection(answer, style), ...problemSection(answer, style));
  if (!basis.complete) lines.push('', cell(basis.reason));
  return lines;
}

function headline(report: MappingReport, { dir }: ReportStyle): string {
  if (report.spans === 0) return message('No spans found. Code: {0}', dir);
  return report.spans > report.expected
    ? message('Mapped: {0}', mappedText(report))
    : message('None of these spans come from workspace code');
}

function basisText(
  { basis, report }: MappingReportAnswer,
  windowMinutes: number | undefined,
): string {
  const traces =
    basis.traces === undefined || basis.complete
      ? message('{0} traces', formatCount(report.traces))
      : message('{0} of {1} traces', formatCount(report.traces), formatCount(basis.traces));
  const service = basis.service === undefined ? [] : [basis.service];
  return [basis.source, ...service, windowText(windowMinutes), traces].join(' · ');
}

function serviceLines(report: ServiceReport, { dir, paint }: ReportStyle): readonly string[] {
  const folder = report.folder === undefined ? '-' : relative(dir, report.folder) || '.';
  const titles = report.sorts.map(({ sort }) => sortTitle(sort));
  const width = widthOf(titles, 40);
  return [
    `${paint('bold', cell(report.service))}  ${paint('cyan', cell(folder))}  ${mappedText(report)}`,
    ...report.sorts.flatMap((sort, at) => sortLines(sort, fitted(titles[at] ?? '', width), paint)),
  ];
}

function sortLines(sort: SortReport, title: string, paint: Paint): readonly string[] {
  const sure = sort.confidences.map(
    ({ confidence, count }) => `${confidenceWord(confidence)} ${formatCount(count)}`,
  );
  const how = sure.length === 0 ? '' : `  ${paint('dim', sure.join(' · '))}`;
  return [
    `  ${title}  ${mappedText(sort)}${how}`,
    ...sort.causes.flatMap((cause) => causeLines(cause, paint)),
  ];
}

function causeLines({ cause, count, example, reasons }: CauseCount, paint: Paint) {
  const { title, todo } = causeText(cause);
  const head = `    ${formatCount(count)}  ${title}`;
  if (todo === undefined) return [paint('dim', head)];
  return [
    `${paint('red', head)}  ${paint('dim', exampleText(example))}`,
    ...reasons
      .slice(0, shownReasons)
      .map((one) => paint('dim', `       ${formatCount(one.count)}  ${cell(one.reason)}`)),
  ];
}

const exampleText = ({ traceId, spanId, label }: SpanExample) =>
  cell(message('e.g. {0}: trace {1}, span {2}', label, traceId, spanId));

/** Each cause once: what there is to do about it. */
function todoSection({ report }: MappingReportAnswer, style: ReportStyle): readonly string[] {
  const causes = report.services.flatMap(({ sorts }) => sorts.flatMap((sort) => sort.causes));
  const texts = [...new Set(causes.map(({ cause }) => cause))]
    .map(causeText)
    .filter(({ todo }) => todo !== undefined);
  return section(
    message('Next steps'),
    texts,
    style,
    ({ title, todo }) => `  ${title}: ${todo ?? ''}`,
  );
}

function folderSection({ report }: MappingReportAnswer, style: ReportStyle): readonly string[] {
  const rows = servicesWithoutFolder(report);
  return section(
    message('Services without a folder'),
    rows,
    style,
    ({ service, spans, evidence }) =>
      `  ${cell(service)}  ${message('{0} spans', formatCount(spans))}  ${cell(evidence)}`,
  );
}

function handlerSection({ report }: MappingReportAnswer, style: ReportStyle): readonly string[] {
  const kinds = Map.groupBy(report.uncoveredHandlers, ({ silence }) => silence);
  return [...kinds].flatMap(([silence, rows]) => {
    const title = `${message('Handlers without traces')}: ${silenceTitle(silence)}`;
    const lineOf = ({ handler }: UncoveredHandler) => {
      const file = shownPath(style.dir, handler.location.path);
      const place = style.paint('cyan', `${cell(file)}:${handler.location.line}`);
      return `  ${cell(handlerTitle(handler))}  ${cell(`${handler.controller}.${handler.handler}`)}  ${place}`;
    };
    return section(title, rows, style, lineOf, silenceAdvice(silence));
  });
}

function routeSection({ report }: MappingReportAnswer, style: ReportStyle): readonly string[] {
  const title = message('Routes not found in code');
  return section(
    title,
    report.undeclaredRoutes,
    style,
    ({ title: route, service, count, example }) => {
      const shown = `  ${formatCount(count)}  ${cell(route)}  ${cell(service)}`;
      return `${shown}  ${style.paint('dim', exampleText(example))}`;
    },
  );
}

function problemSection({ report }: MappingReportAnswer, style: ReportStyle): readonly string[] {
  return section(
    message('Skipped code'),
    report.problems,
    style,
    ({ path, line, message: text }) => {
      const file = shownPath(style.dir, path) || '.';
      return `  ${cell(line === undefined ? file : `${file}:${line}`)}  ${cell(text)}`;
    },
  );
}

/** A heading with the number of rows, and the first of them; nothing without rows. */
function section<Row>(
  title: string,
  rows: readonly Row[],
  { all, paint }: ReportStyle,
  lineOf: (row: Row) => string,
  advice = '',
): readonly string[] {
  if (rows.length === 0) return [];
  const shown = all ? rows : rows.slice(0, shownRows);
  const left = rows.length - shown.length;
  return [
    '',
    paint('bold', `${title} (${formatCount(rows.length)})`),
    ...(advice === '' ? [] : [paint('dim', `  ${advice}`)]),
    ...shown.map(lineOf),
    ...(left > 0 ? [`  ${message('{0} more. Use --all to show them.', formatCount(left))}`] : []),
  ];
}
