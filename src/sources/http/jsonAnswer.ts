import { formatCount } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { TooManyValues } from '../json/layOut.ts';
import { parseJson } from '../json/parseJson.ts';
import { ShapeError } from '../json/shape.ts';
import type { Asked } from './product.ts';
import type { Answer } from './answer.ts';
import { statusError } from './statusError.ts';

/**
 * The JSON of an answer, by status, content type and text: each step with its own error.
 * @throws SourceError see `statusError`; `unsupported` for HTML; `malformed` for broken JSON; `tooLarge` for
 * more values than are read; `timedOut`.
 * @param parse where the text isn't in the answer: see `readWithin`
 */
export function readJson(answer: Answer, parse = parsed): unknown {
  if (isTlsMissed(answer)) throw tlsError(answer.asked);
  if (answer.status < 200 || answer.status >= 300)
    throw statusError(answer.status, ownError(answer), answer.asked, answer.retryAfter);
  if (isHtml(answer)) throw htmlError(answer.asked);
  return parse(answer);
}

/** What `read` makes of an answer. @throws SourceError `malformed` where the answer isn't of that shape */
export function inShape<T>(asked: Asked, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) throw foreign(asked, `${error.position}: ${error.message}`);
    throw error;
  }
}

/**
 * JSON of something else than the product.
 * @param where in the answer, for the log
 */
export const foreign = ({ product, shown, path }: Asked, where: string): SourceError =>
  new SourceError(
    'malformed',
    message("{0} returned JSON that isn't from {1}. Check the URL.", shown, product.name),
    `${path}: ${where}`,
  );

/** A server's words for our sentence: no secrets, one line, no control or bidi characters, 200 at most. */
export const ownWords = ({ hide }: Asked, text: string): string =>
  hide(text)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);

/** Characters that a value takes at the least: `{"key":"a","type":"bool","value":true}` are four. */
const leastPerValue = 6;
/** Of as many bytes as an answer may have; the spans of an instrumented service have less than one in these. */
const bytesPerValue = 16;
/** Never too many, whatever they look like. */
const alwaysFine = 100_000;

function parsed(answer: Answer): unknown {
  const text = answer.body.toString('utf8');
  const { checkTime } = answer;
  return readWithin(answer, text.length, (mostValues) =>
    parseJson(text, { mostValues, checkTime }),
  );
}

/** Lists, objects and commas that are read of an answer that may have so many bytes. */
export const mostReadable = (maxBytes: number): number =>
  Math.max(alwaysFine, Math.floor(maxBytes / bytesPerValue));

/**
 * What `parse` makes of an answer of that length, given how many values it may have.
 * @throws SourceError see `readJson`, for its `TooManyValues` and `SyntaxError`
 */
export function readWithin<T>(
  { maxBytes, asked }: Pick<Answer, 'maxBytes' | 'asked'>,
  length: number,
  parse: (mostValues: number) => T,
): T {
  const plausible = Math.max(alwaysFine, Math.floor(length / leastPerValue));
  const readable = mostReadable(maxBytes);
  try {
    return parse(Math.min(plausible, readable));
  } catch (error) {
    if (error instanceof TooManyValues)
      throw plausible < readable
        ? foreign(asked, `more values than fit in ${String(length)} characters`)
        : tooManyValues(asked, readable);
    if (!(error instanceof SyntaxError)) throw error;
    // V8's message quotes the text, which may hold anything: only the size goes to the log.
    throw new SourceError(
      'malformed',
      message(
        '{0} returned invalid JSON. Check for a proxy that cuts off or changes responses.',
        asked.shown,
      ),
      `${asked.path}: ${String(length)} characters`,
    );
  }
}

const tooManyValues = (asked: Asked, most: number): SourceError =>
  new SourceError(
    'tooLarge',
    message(
      'The response from {0} has more than {1} values. Shorten the time range or reduce the number of traces.',
      asked.shown,
      formatCount(most),
    ),
    asked.path,
  );

/** The product's own words in an error answer, which may be JSON under another content type; undefined without. */
export function ownError(answer: Answer): string | undefined {
  if (answer.body.length > 100_000 || isHtml(answer)) return undefined;
  try {
    const said = answer.asked.product.errorIn(JSON.parse(answer.body.toString('utf8')));
    return said === undefined ? undefined : ownWords(answer.asked, said);
  } catch {
    return undefined; // Not the product's own words: a proxy's.
  }
}

const htmlError = ({ product, shown, path }: Asked) =>
  new SourceError(
    'unsupported',
    message(
      '{0} returned a web page instead of data. Check the base path (for example {1}), or whether you need to sign in.',
      shown,
      `${new URL(shown).origin}${product.usualBasePath}`,
    ),
    `${path}: HTML`,
  );

/** True where a server of TLS was asked without: Go's `net/http` and nginx say so in words. */
const isTlsMissed = ({ status, body, asked }: Answer): boolean =>
  status === 400 &&
  asked.shown.startsWith('http:') &&
  /HTTP request (to an|was sent to) HTTPS (server|port)/.test(body.toString('latin1', 0, 1_000));

const tlsError = ({ shown, path }: Asked) =>
  new SourceError(
    'unreachable',
    message('{0} uses TLS. Use https:// instead of http://.', shown),
    `${path}: HTTP 400 of a TLS server`,
  );

/** True for a web page, whatever it calls itself. */
export function isHtml({ contentType, body }: Pick<Answer, 'contentType' | 'body'>): boolean {
  if (/^text\/html\b/i.test(contentType)) return true;
  return /^\s*</.test(body.toString('latin1', 0, 100));
}
