import { shownPath } from './shownPath.ts';
import { handlerTitle } from '../core/code/nest/handlerTitle.ts';
import { causeText } from '../core/correlate/report/causeText.ts';
import type { ServiceReport } from '../core/correlate/report/mappingReport.ts';
import { servicesWithoutFolder } from '../core/correlate/report/servicesWithoutFolder.ts';
import type { MappingReportAnswer } from '../engine/methods.ts';

/** The report as plain JSON: files relative to the workspace, null where nothing is known. */
export function reportJson({ basis, report }: MappingReportAnswer, dir: string): object {
  const fileOf = (path: string) => shownPath(dir, path) || '.';
  const { spans, mapped, weak, expected } = report;
  const serviceOf = ({ folder, sorts, ...service }: ServiceReport) => ({
    ...service,
    folder: folder === undefined ? null : fileOf(folder),
    sorts: sorts.map(({ causes, ...sort }) => ({
      ...sort,
      causes: causes.map((cause) => ({
        ...cause,
        ...causeText(cause.cause),
        todo: causeText(cause.cause).todo ?? null,
      })),
    })),
  });
  return {
    source: basis.source,
    service: basis.service ?? null,
    traces: report.traces,
    tracesInWindow: basis.traces ?? null,
    complete: basis.complete,
    reason: basis.reason,
    spans,
    mapped,
    weak,
    expected,
    services: report.services.map(serviceOf),
    servicesWithoutFolder: servicesWithoutFolder(report).map(
      ({ service, language, evidence, spans: count, example }) => ({
        service,
        language,
        evidence,
        spans: count,
        example,
      }),
    ),
    silentHandlers: report.uncoveredHandlers.map(({ handler, silence }) => ({
      title: handlerTitle(handler),
      kind: handler.kind,
      handler: `${handler.controller}.${handler.handler}`,
      file: fileOf(handler.location.path),
      line: handler.location.line,
      silence,
    })),
    undeclaredRoutes: report.undeclaredRoutes,
    skippedCode: report.problems.map(({ path, line, message }) => ({
      file: fileOf(path),
      line: line ?? null,
      message,
    })),
  };
}
