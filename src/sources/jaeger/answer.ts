import { formatCount } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { TooManyValues } from '../json/layOut.ts';
import { parseJson } from '../json/parseJson.ts';
import type { Answer } from './request.ts';
import { expectList, expectObject, expectText, ShapeError } from './shape.ts';
import { statusError } from './statusError.ts';

/** What was asked, for sentences and positions. */
export interface Asked {
  /** The address without credentials. */
  readonly shown: string;
  readonly path: string;
  /** Takes secrets out of text. */
  readonly hide: (text: string) => string;
}

/**
 * The `data` of an answer, by status, content type, JSON and envelope: each step with its own error. Null
 * where there is nothing, such as a fresh server's services.
 * @throws SourceError see `statusError`; `unsupported` for HTML (Jaeger up to 2.15 answers an unknown
 * path with its page and status 200); `malformed` for broken JSON and for JSON that isn't Jaeger's;
 * `tooLarge` for more values than are read; `timedOut`.
 */
export function readAnswer(answer: Answer, asked: Asked): unknown {
  const { data, said } = inShape(asked, () => readEnvelope(readJson(answer, asked), asked));
  if (data === undefined) throw notJaeger(asked, 'no data');
  if (data === null && said !== undefined)
    throw new SourceError('unreachable', saysError(asked, said), asked.path);
  return data;
}

/** What `read` makes of an answer. @throws SourceError `malformed` where the answer isn't of that shape */
export function inShape<T>(asked: Asked, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError) throw notJaeger(asked, `${error.position}: ${error.message}`);
    throw error;
  }
}

/**
 * What every answer of Jaeger's JSON API comes in (v1.67, cmd/query/app/http_handler.go,
 * structuredResponse), with the first of its errors. `data` is checked by its own reader.
 * @throws ShapeError
 */
function readEnvelope(value: unknown, asked: Asked): { data: unknown; said: string | undefined } {
  const { data, errors } = expectObject(value, 'answer');
  const [first] = expectList(errors, 'errors');
  if (first === undefined) return { data, said: undefined };
  const said = expectText(expectObject(first, 'errors[0]')['msg'], 'errors[0].msg');
  return { data, said: oneLine(asked.hide(said)) };
}

/** @param where in the answer, for the log */
const notJaeger = ({ shown, path }: Asked, where: string): SourceError =>
  new SourceError(
    'malformed',
    message("{0} returned JSON that isn't from Jaeger. Check the URL.", shown),
    `${path}: ${where}`,
  );

/** Status, content type and JSON, without the envelope. @throws SourceError as `readAnswer` */
export function readJson(answer: Answer, asked: Asked): unknown {
  if (answer.status < 200 || answer.status >= 300)
    throw statusError(answer.status, jaegerMessage(answer, asked), asked);
  if (isHtml(answer)) throw htmlError(asked);
  return parsed(answer, asked);
}

/** Characters that Jaeger needs for a value at the least: `{"key":"a","type":"bool","value":true}` are four. */
const leastPerValue = 6;
/** Of as many bytes as an answer may have; the spans of an instrumented service have less than one in these. */
const bytesPerValue = 16;
/** Never too many, whatever they look like. */
const alwaysFine = 100_000;

function parsed({ body, maxBytes, checkTime }: Answer, asked: Asked): unknown {
  const text = body.toString('utf8');
  const plausible = Math.max(alwaysFine, Math.floor(text.length / leastPerValue));
  const readable = Math.max(alwaysFine, Math.floor(maxBytes / bytesPerValue));
  try {
    return parseJson(text, { mostValues: Math.min(plausible, readable), checkTime });
  } catch (error) {
    if (error instanceof TooManyValues)
      throw plausible < readable
        ? notJaeger(asked, `more values than Jaeger has in ${String(text.length)} characters`)
        : tooManyValues(asked, readable);
    if (!(error instanceof SyntaxError)) throw error;
    // V8's message quotes the text, which may hold anything: only the size goes to the log.
    throw new SourceError(
      'malformed',
      message(
        '{0} returned invalid JSON. Check for a proxy that cuts off or changes responses.',
        asked.shown,
      ),
      `${asked.path}: ${String(text.length)} characters`,
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

const saysError = (asked: Asked, said: string): string =>
  message('{0} reported an error: {1}. Check the Jaeger log.', asked.shown, said);

/** The first of `errors` in an error answer, or undefined. Jaeger sends these as text/plain. */
function jaegerMessage(answer: Answer, asked: Asked): string | undefined {
  if (answer.body.length > 100_000 || isHtml(answer)) return undefined;
  try {
    return readEnvelope(JSON.parse(answer.body.toString('utf8')), asked).said;
  } catch {
    return undefined; // Not Jaeger's own words: a proxy's.
  }
}

const htmlError = (asked: Asked) =>
  new SourceError(
    'unsupported',
    message(
      '{0} returned a web page instead of data. Check the base path (for example {1}/jaeger), or whether you need to sign in.',
      asked.shown,
      new URL(asked.shown).origin,
    ),
    `${asked.path}: HTML`,
  );

function isHtml({ contentType, body }: Answer): boolean {
  if (/^text\/html\b/i.test(contentType)) return true;
  return /^\s*</.test(body.toString('latin1', 0, 100));
}

/** Someone else's words in our sentence: one line, no control or bidi characters, 200 at most. */
const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
