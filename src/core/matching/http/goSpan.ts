import type { GoService } from '../../code/go/goServices.ts';
import type { CodeIndex } from '../../code/model.ts';
import type { Project } from '../../code/projects/project.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { matchGoRequest } from './goRequest.ts';
import { placeOf, type MatchContext } from '../matchContext.ts';
import { requestNames } from './requestNames.ts';

/** A request that a Go service of the workspace answers; undefined for any other span. */
export function matchGoSpan(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  if (span.kind !== 'server') return undefined;
  const service = goServiceOf(placeOf(row, context).project, context.index);
  return service && matchGoRequest({ ...requestNames(span), name: span.name }, service);
}

/** Undefined: the folder isn't a Go module. */
export const goServiceOf = (
  project: Project | undefined,
  { goServices }: CodeIndex,
): GoService | undefined =>
  project && goServices.find((service) => service.project.id === project.id);
