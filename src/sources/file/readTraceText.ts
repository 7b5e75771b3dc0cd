import { message } from '../../core/base/message.ts';
import { DocumentReader } from './documentReader.ts';
import type { FileContents } from './fileContents.ts';
import { jsonParts } from './jsonParts.ts';

/** What a text turned out to be, besides what was read of it. */
export interface TextNature {
  /** Nothing in it is JSON. */
  readonly isJson: boolean;
  /** It, or its last value, goes on past the end. */
  readonly isCut: boolean;
}

/**
 * Reads the text of a file of traces into `contents`, each of its JSON values recognised by what is in it: OTLP of any
 * age, Jaeger's traces and spans, Tempo's and Zipkin's, with or without what their APIs put around them; metrics
 * and logs are passed over. One value or many, on lines of their own or not. A part that can't be read, such as a last
 * line still being written, is dropped and counted.
 */
export function readTraceText(text: string, contents: FileContents): TextNature {
  const reader = new DocumentReader(contents);
  let [isJson, isCut] = [false, false];
  for (const part of jsonParts(text)) {
    contents.part = part.line === undefined ? '' : message('line {0}', part.line);
    if ('value' in part) {
      isJson = true;
      reader.read(part.value);
    } else {
      isCut = part.broken === 'cut';
      contents.lose('', isCut ? cutReason() : message('not valid JSON'));
    }
  }
  reader.end();
  return { isJson, isCut };
}

const cutReason = () => message('truncated, or still being written');
