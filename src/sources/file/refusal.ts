import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { FileContents } from './fileContents.ts';
import type { TextNature } from './readTraceText.ts';

/** Why a text without anything that traces come in is refused. */
export function refusedText(
  path: string,
  text: string,
  { isJson, isCut }: TextNature,
  { holdsOther, holdsOtherSignals, holdsSummaries }: FileContents,
): SourceError {
  if (text.trim() === '') return new SourceError('malformed', message('{0} is empty.', path));
  if (isJson && holdsSummaries)
    return new SourceError(
      'unsupported',
      message('{0} is a search result without spans. Download one of its traces.', path),
    );
  if (isJson && holdsOther)
    return new SourceError(
      'unsupported',
      message('{0} is unsupported JSON. {1}', path, whatIsRead()),
    );
  if (isJson && holdsOtherSignals)
    return new SourceError(
      'unsupported',
      message('{0} contains metrics or logs, but no traces.', path),
    );
  if (isJson) return new SourceError('unsupported', message('{0} contains no traces.', path));
  return new SourceError(
    'malformed',
    isCut
      ? message('{0} is incomplete: it was truncated, or is still being written.', path)
      : message("{0} isn't valid JSON. {1}", path, whatIsRead()),
  );
}

/** Why bytes that are neither text nor OTLP are refused. */
export function refusedBytes(path: string, bytes: Buffer): SourceError {
  const packer = packers.find(({ magic, at }) => startsWith(bytes, magic, at));
  const sentence = packer
    ? message('{0} is compressed with {1}. Decompress it first.', path, packer.name)
    : startsWith(bytes, sqlite, [0])
      ? message('{0} is a SQLite database, not a trace file.', path)
      : message('{0} is neither text nor OTLP protobuf. {1}', path, whatIsRead());
  return new SourceError('unsupported', sentence);
}

/** By the first bytes; behind four of length, as the Collector's file exporter compresses each message. */
const packers: readonly { name: string; magic: Buffer; at: readonly number[] }[] = [
  { name: 'zstd', magic: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), at: [0, 4] },
  { name: 'zip', magic: Buffer.from('PK\x03\x04'), at: [0] },
  { name: 'bzip2', magic: Buffer.from('BZh'), at: [0] },
  { name: 'xz', magic: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), at: [0] },
  { name: 'lz4', magic: Buffer.from([0x04, 0x22, 0x4d, 0x18]), at: [0] },
];
const sqlite = Buffer.from('SQLite format 3\0');

const startsWith = (bytes: Buffer, magic: Buffer, at: readonly number[]): boolean =>
  at.some((from) => bytes.subarray(from, from + magic.length).equals(magic));

const whatIsRead = () =>
  message(
    'Spanhop opens traces downloaded from Jaeger, Tempo or Zipkin, and OTLP files from the Collector.',
  );
