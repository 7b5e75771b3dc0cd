import { message } from '../../base/message.ts';
import type { UnmappedCause } from '../../matching/unmappedCause.ts';

/** A cause in words: what is the matter, and what to do; no `todo`: nothing, no line was to be expected. */
export interface CauseText {
  readonly title: string;
  readonly todo: string | undefined;
}

/** Causes of which no code of a workspace is the other side. */
const expectedCauses: ReadonlySet<UnmappedCause> = new Set([
  'framework',
  'proxy',
  'notFound',
  'otherLanguage',
]);

export const isExpected = (cause: UnmappedCause): boolean => expectedCauses.has(cause);

export function causeText(cause: UnmappedCause): CauseText {
  return { title: titleOf(cause), todo: todoOf(cause) };
}

function titleOf(cause: UnmappedCause): string {
  switch (cause) {
    case 'framework':
      return message('Framework code');
    case 'proxy':
      return message('Proxy');
    case 'notFound':
      return message('404 requests without a route');
    case 'otherLanguage':
      return message('Other languages');
    case 'unknownFolder':
      return message('No folder found for the service');
    case 'noHandler':
      return message('Class or method not found in the workspace');
    case 'undeclaredRoute':
      return message('Route not found in code');
    case 'unnamedRequest':
      return message('Spans without a route');
    case 'unnamedMessage':
      return message('Spans without a topic or queue');
    case 'noListener':
      return message('No handler found');
    case 'noPrismaCall':
      return message('Prisma call not found in the workspace');
    case 'callNotAbove':
      return message('Prisma call without its span');
    case 'otherDatabase':
      return message('Database calls not made by Prisma');
    case 'outgoing':
      return message('Outgoing calls without a line');
    case 'sending':
      return message('Messages sent without a line');
    case 'fileElsewhere':
      return message('File not in the workspace');
    case 'namesNoCode':
      return message('Spans without a code location');
  }
}

function todoOf(cause: UnmappedCause): string | undefined {
  switch (cause) {
    case 'framework':
    case 'proxy':
    case 'notFound':
    case 'otherLanguage':
      return undefined;
    case 'unknownFolder':
      return message("Choose the service's folder, or open the folder with its code.");
    case 'noHandler':
      return message(
        "Check that the service's folder is right and that this version of the code is running. The controller may also come from a package.",
      );
    case 'undeclaredRoute':
      return message(
        "If a controller here has this route, check the service's folder and global prefix. Otherwise it may come from a package or middleware.",
      );
    case 'unnamedRequest':
      return message(
        'Enable the Express, Fastify or NestJS instrumentation along with HTTP to record the route.',
      );
    case 'unnamedMessage':
      return message(
        "Enable the broker client's instrumentation in the consumer to record the topic or queue.",
      );
    case 'noListener':
      return message(
        'Open the folder with the handler. If it is open, the pattern may be set at run time.',
      );
    case 'noPrismaCall':
      return message(
        "Use @spanhop/otel in the service to record the line. The call may come from a package, or from code that Spanhop can't follow.",
      );
    case 'callNotAbove':
      return message(
        "Check that the sampler and exporter keep all spans of a request and that `ignoreSpanTypes` doesn't leave out the call.",
      );
    case 'otherDatabase':
    case 'outgoing':
    case 'sending':
    case 'namesNoCode':
      return message('Use @spanhop/otel with its `locate` option to record the line.');
    case 'fileElsewhere':
      return message('Open the folder with the file, or map it with spanhop.pathMappings.');
  }
}
