import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import { readOtlpProtobuf } from '../otlp/protobuf.ts';
import type { FileContents } from './fileContents.ts';

/**
 * Reads OTLP in protobuf into `contents`: one message, or messages that each have their length before them in four
 * bytes, as the Collector's file exporter writes them (`format: proto`; file_writer.go, exportMessageAsBuffer).
 * Bytes that are neither leave it as it is.
 */
export function readTraceBinary(bytes: Buffer, contents: FileContents): void {
  const messages = messagesOf(bytes);
  if (messages.length === 0) readMessage(bytes, contents);
  for (const [index, one] of messages.entries()) {
    contents.part = message('message {0}', index + 1);
    if (!readMessage(one, contents)) contents.lose('', message('not valid OTLP protobuf'));
  }
}

/** None where the lengths don't lead from one message to the next; the last may be cut. */
function messagesOf(bytes: Buffer): readonly Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const begin = Math.min(at + 4, bytes.length);
    const end = at + 4 <= bytes.length ? begin + bytes.readUInt32BE(at) : Infinity;
    const isOther = begin < bytes.length && end > begin && bytes[begin] !== firstField;
    if (isOther || (end > bytes.length && messages.length === 0)) return [];
    // A message without content has no bytes.
    if (end > begin) messages.push(bytes.subarray(begin, end));
    at = end;
  }
  return messages;
}

/** `repeated ResourceSpans resource_spans = 1`. */
const firstField = 0x0a;

function readMessage(bytes: Buffer, contents: FileContents): boolean {
  if (bytes.length === 0 || bytes[0] !== firstField) return false;
  try {
    contents.add('', readOtlpProtobuf(bytes));
    return true;
  } catch (error) {
    if (isSourceError(error)) return false;
    throw error;
  }
}
