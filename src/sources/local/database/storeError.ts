import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import { DamagedSketchError } from '../../../core/correlate/durations/sketch.ts';

/** https://www.sqlite.org/rescode.html */
const codes = { error: 1, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };
/** Of an extended code, such as that of a damaged index. */
const primaryCode = 0xff;

/** What SQLite, the system, or the content of a row says, as a sentence; any other error as it is. */
export function asSourceError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof SourceError) return error;
  const code = sqliteCode(error);
  if (isDamage(error)) return damaged(path, error);
  if (code === undefined && !('syscall' in error)) return error;
  return new SourceError(
    'failed',
    code === codes.full
      ? message(
          'No disk space left for the trace database {0}. Free up space, or lower spanhop.localStore.maxMegabytes.',
          path,
        )
      : message(
          "Can't use the trace database {0}: {1}. Check the permissions of its folder.",
          path,
          error.message,
        ),
    detailOf(error),
    error,
  );
}

export const damaged = (path: string, error: Error): SourceError =>
  new SourceError(
    'malformed',
    message(
      'The trace database {0} is damaged. It will be renamed, and a new one created, when the next traces arrive.',
      path,
    ),
    detailOf(error),
    error,
  );

/** A store that this Spanhop can't read, but the one that wrote it can. */
export class NewerStoreError extends SourceError {
  constructor(path: string) {
    super(
      'unsupported',
      message(
        '{0} was created by a newer version of Spanhop. Update Spanhop, or delete the file.',
        path,
      ),
    );
  }
}

/** Whether a store that can't be opened will be no better next time: then a new one has to be begun. */
export function isLasting(error: unknown): boolean {
  if (error instanceof NewerStoreError) return true;
  if (!(error instanceof SourceError)) return false;
  if (error.code === 'malformed') return true;
  const code = sqliteCode(error.cause);
  return code === codes.readOnly || code === codes.cannotOpen;
}

/** That of SQLite, of JSON in a row, of a sketch. */
function isDamage(error: Error): boolean {
  const code = sqliteCode(error);
  if (code === codes.corrupt || code === codes.notADatabase) return true;
  if (code === codes.error && /^no such (?:table|column)/.test(error.message)) return true;
  return error instanceof SyntaxError || error instanceof DamagedSketchError;
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return Number(error.errcode) & primaryCode;
}

const detailOf = (error: Error): string =>
  'errcode' in error ? `${error.message} (SQLite ${String(error.errcode)})` : error.message;
