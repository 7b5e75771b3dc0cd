import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import { documentOf, type SourceSettings } from '../sources/registry.ts';

/**
 * What a command ends with where a source answered and held no span that could be read.
 * @param reason why, as a sentence of the source; empty: there is none
 */
export function nothingRead(source: SourceSettings, reason: string): SourceError {
  if (reason !== '') return new SourceError('malformed', reason);
  const document = documentOf(source);
  return new SourceError(
    'notFound',
    document === undefined
      ? message('No spans to show.')
      : message('{0} contains no traces.', document),
  );
}
