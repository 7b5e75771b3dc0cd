import { message } from '../base/message.ts';
import type { CodeIndex } from '../code/model.ts';
import type { Project } from '../code/projects/project.ts';
import type { Unmapped } from './match.ts';
import { unmapped } from './handlerMatch.ts';
import { isJavaScript } from './attributes/otherLanguage.ts';

/** Where the code of a service is. */
export interface ServicePlace {
  readonly project: Project | undefined;
  /** How that is known, or why it isn't. */
  readonly evidence: string;
  /** `telemetry.sdk.language`; empty when the service doesn't say. */
  readonly language: string;
}

/** A service of no folder here, and not of Node.js: its spans have no line. */
export function inAnotherLanguage(
  service: string,
  place: ServicePlace,
  index: CodeIndex,
): Unmapped | undefined {
  if (!isUnread(place) || place.project !== undefined) return undefined;
  if (place.language === 'go') return withoutGoFolder(service, index);
  return unmapped(
    'otherLanguage',
    message("{0} is written in {1}, which Spanhop doesn't index.", service, place.language),
  );
}

function withoutGoFolder(service: string, { goServices }: CodeIndex): Unmapped {
  return goServices.length === 0
    ? unmapped('otherLanguage', message("Service {0} isn't in this workspace.", service))
    : unmapped('unknownFolder', message('No folder found for service {0}. Choose one.', service));
}

/** Whether a handler here can't be the service's, whatever it is called. */
export const isUnread = ({ project, language }: ServicePlace): boolean =>
  project === undefined ? language !== '' && !isJavaScript(language) : isGo(project);

/** Whether a folder's code is Go. */
export const isGo = (project: Project | undefined): boolean => project?.language === 'go';

/** Says that what fits isn't in the folder of the service. */
export function elsewhere(service: string, place: ServicePlace): string {
  return place.project === undefined
    ? message('No folder found for service {0}.', service)
    : message('Not in {0}, the folder of {1}.', place.project.root, service);
}
