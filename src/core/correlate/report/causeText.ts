import { message } from '../../base/message.ts';
import type { UnmappedCause } from '../unmappedCause.ts';

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
      return message('Code of a framework');
    case 'proxy':
      return message('Proxy');
    case 'notFound':
      return message('Requests with a 404 and no route');
    case 'otherLanguage':
      return message('Another language');
    case 'unknownFolder':
      return message('The folder of the service is not known');
    case 'noHandler':
      return message('Class or method not found in the workspace');
    case 'undeclaredRoute':
      return message('Route not found in the code');
    case 'unnamedRequest':
      return message('The span names no route');
    case 'unnamedMessage':
      return message('The span names no topic or queue');
    case 'noListener':
      return message('No handler listens to this');
    case 'noPrismaCall':
      return message('No such Prisma call in the workspace');
    case 'callNotAbove':
      return message('The span of the Prisma call is missing');
    case 'otherDatabase':
      return message('A database call not made by Prisma');
    case 'outgoing':
      return message('An outgoing call without its line');
    case 'sending':
      return message('A message sent without its line');
    case 'fileElsewhere':
      return message('The file is not in the workspace');
    case 'namesNoCode':
      return message('The span names no code');
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
      return message('Choose the folder of the service, or open the folder that has its code.');
    case 'noHandler':
      return message(
        'It may be a controller of a package, or of another version of the code: check that the folder of the service is right and its code is what runs.',
      );
    case 'undeclaredRoute':
      return message(
        'It may come from a package or from a middleware; if a controller here has it, check the folder of the service and the prefix that the program sets.',
      );
    case 'unnamedRequest':
      return message(
        'Register the instrumentation of Express, Fastify or NestJS beside that of HTTP: it names the route.',
      );
    case 'unnamedMessage':
      return message(
        "Register the instrumentation of the broker's client in the consumer: its spans name the topic or queue.",
      );
    case 'noListener':
      return message(
        'Its pattern may be known to the running program only, or the code that listens is not in the workspace: open that folder.',
      );
    case 'noPrismaCall':
      return message(
        'It may be made in a package, or in a way that the code does not show: @spanhop/otel in the service puts the line on the span.',
      );
    case 'callNotAbove':
      return message(
        'The trace may not be whole, or `ignoreSpanTypes` leaves the call out: check that the sampler and the exporter keep all spans of a request.',
      );
    case 'otherDatabase':
    case 'outgoing':
    case 'sending':
    case 'namesNoCode':
      return message(
        '@spanhop/otel in the service puts the line on the span, where its option `locate` asks for it.',
      );
    case 'fileElsewhere':
      return message(
        'Open the folder that has the file; spanhop.pathMappings says which folder here is which there.',
      );
  }
}
