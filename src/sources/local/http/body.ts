import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HttpError } from './httpError.ts';

const unzip = promisify(gunzip);

/** Bodies being read now, in bytes: many clients at once must not fill the memory. */
export interface Buffered {
  bytes: number;
}

const mostBuffered = 128 * 1024 * 1024;

/**
 * The bytes of a body, decompressed. The rest of a body that is too large is left unread.
 * @param maxBytes of what is sent, and of what it decompresses to.
 * @throws HttpError 413 beyond that, 415 for other encodings, 400 for broken gzip, 503 when too much is buffered.
 */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  buffered: Buffered,
): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new HttpError(415, 'Only gzip and identity are accepted as content encoding.');
  const sent = await readBytes(request, maxBytes, buffered);
  if (encoding === 'identity') return sent;
  try {
    return await unzip(sent, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new HttpError(400, 'The body is not gzip, or was cut short.');
  }
}

async function readBytes(
  request: IncomingMessage,
  maxBytes: number,
  buffered: Buffered,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // Destroying the request would take its answer along.
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      const bytes = part as Buffer;
      length += bytes.length;
      buffered.bytes += bytes.length;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (buffered.bytes > mostBuffered)
        throw new HttpError(503, 'Too much is being sent at once.', { 'Retry-After': '1' });
      parts.push(bytes);
    }
    return Buffer.concat(parts, length);
  } finally {
    buffered.bytes -= length;
  }
}

const tooLarge = (maxBytes: number) =>
  new HttpError(413, `A body may have ${maxBytes} bytes: export smaller batches.`);
