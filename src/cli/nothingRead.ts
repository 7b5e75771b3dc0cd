import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { SourceSettings } from '../engine/methods.ts';

/**
 * What a command ends with where a source answered and held no span that could be read.
 * @param reason why, as a sentence of the source; empty: there is none
 */
export function nothingRead(source: SourceSettings | undefined, reason: string): SourceError {
  if (reason !== '') return new SourceError('malformed', reason);
  return new SourceError(
    'notFound',
    source?.kind === 'file'
      ? message('{0} contains no traces.', source.path)
      : message('No spans to show.'),
  );
}
