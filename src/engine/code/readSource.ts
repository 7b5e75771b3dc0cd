import { createHash } from 'node:crypto';
import { message } from '../../core/base/message.ts';
import type { extractFacts } from '../../core/code/extractFacts.ts';
import { writeFacts } from '../../core/code/language/factsText.ts';
import { mentionsFramework } from '../../core/code/relevance.ts';
import type { FileState } from './fileStamps.ts';
import { NotAFileError, readRegularFile, statRegularFile } from './regularFile.ts';

/** A source file that is to be read. */
export interface SourceRequest {
  readonly path: string;
  /** The editor's, which wins over the disk. */
  readonly text: string | undefined;
  /** False: it has facts only if it mentions a framework. */
  readonly matters: boolean;
}

export interface LoadedText {
  readonly kind: 'text';
  readonly text: string;
  readonly key: string;
  /** Of the file before it was read; undefined for the editor's text. */
  readonly state: FileState | undefined;
}

/** Why a file has no text: it is gone, or it isn't read. */
export type NoText =
  { readonly kind: 'gone' } | { readonly kind: 'unread'; readonly reason: string };

/** Larger files are generated: parsing one would hold the thread for a second. */
const maxFileBytes = 1_000_000;

/** Takes the text of a file. @param text the editor's, if it has one. */
export function loadText(path: string, text: string | undefined): LoadedText | NoText {
  if (text !== undefined) {
    if (text.length > maxFileBytes) return { kind: 'unread', reason: tooLarge(text.length) };
    return { kind: 'text', text, key: contentKey(path, text), state: undefined };
  }
  try {
    const { mtimeMs, size } = statRegularFile(path);
    if (size > maxFileBytes) return { kind: 'unread', reason: tooLarge(size) };
    const bytes = readRegularFile(path, size);
    const key = contentKey(path, bytes);
    return { kind: 'text', text: bytes.toString(), key, state: { mtimeMs, size } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof NotAFileError)
      return { kind: 'unread', reason: message('Not indexed: not a regular file.') };
    if (code === 'ENOENT') return { kind: 'gone' };
    const reason = message("Can't read this file ({0}).", code ?? String(error));
    return { kind: 'unread', reason };
  }
}

let extract: typeof extractFacts | undefined;

/** The parser takes a tenth of a second and 60 MB: a workspace whose files are known doesn't need it. */
export async function loadParser(): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- of core, as above: but later
  extract ??= (await import('../../core/code/extractFacts.ts')).extractFacts;
}

/**
 * Facts as `writeFacts` writes them; undefined: the file doesn't matter. Text takes a
 * quarter of the objects' memory, and half of them are never asked for. Needs `loadParser`.
 */
export function factsTextsOf(
  { path, matters }: SourceRequest,
  text: string,
): readonly string[] | undefined {
  if (!matters && !mentionsFramework(text)) return undefined;
  if (!extract) throw new Error('The parser is not loaded.');
  return writeFacts(extract(path, text));
}

/** Key of a file's content: facts depend on it and on the language, not on the path. */
function contentKey(path: string, bytes: string | Uint8Array): string {
  const language = /\.tsx$/.test(path) ? 'x' : /\.[cm]?jsx?$/.test(path) ? 'j' : 't';
  return createHash('sha1').update(bytes).digest('hex') + language;
}

const tooLarge = (bytes: number) =>
  message(
    'Not indexed: the file has {0} KB, more than the limit of {1} KB.',
    Math.round(bytes / 1000),
    maxFileBytes / 1000,
  );
