import { z } from 'zod';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { Answer } from './request.ts';
import { statusError } from './statusError.ts';

/**
 * What every answer of Jaeger's JSON API comes in (v1.67, cmd/query/app/http_handler.go,
 * structuredResponse). `data` is checked by its own reader. Fields we don't know pass.
 */
const envelope = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ code: z.number().optional(), msg: z.string() }))
    .nullish()
    .transform((errors) => errors ?? []),
});

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
 * path with its page and status 200); `malformed` for broken JSON and for JSON that isn't Jaeger's.
 */
export function readAnswer(answer: Answer, asked: Asked): unknown {
  const parsed = envelope.safeParse(readJson(answer, asked));
  if (!parsed.success) throw notJaeger(asked, issueText(parsed.error));
  const { data, errors } = parsed.data;
  if (data === undefined) throw notJaeger(asked, 'no data');
  const said = errors[0] && oneLine(asked.hide(errors[0].msg));
  if (data === null && said !== undefined)
    throw new SourceError('unreachable', saysError(asked, said), asked.path);
  return data;
}

/** @param where in the answer, for the log */
export const notJaeger = ({ shown, path }: Asked, where: string): SourceError =>
  new SourceError(
    'malformed',
    message("{0} answered with JSON that isn't Jaeger's. Is the address right?", shown),
    `${path}: ${where}`,
  );

/** Status, content type and JSON, without the envelope. @throws SourceError as `readAnswer` */
export function readJson(answer: Answer, asked: Asked): unknown {
  if (answer.status < 200 || answer.status >= 300)
    throw statusError(answer.status, jaegerMessage(answer, asked), asked);
  if (isHtml(answer)) throw htmlError(asked);
  return parseJson(answer, asked);
}

function parseJson({ body }: Answer, asked: Asked): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // V8's message quotes the text, which may hold anything: only the size goes to the log.
    throw new SourceError(
      'malformed',
      message(
        '{0} sent an answer that is not valid JSON. Is something between Spanhop and Jaeger cutting or changing it?',
        asked.shown,
      ),
      `${asked.path}: ${String(body.length)} bytes`,
    );
  }
}

const saysError = (asked: Asked, said: string): string =>
  message('{0} has a problem: {1}. See the log of Jaeger.', asked.shown, said);

/** The first of `errors` in an error answer, or undefined. Jaeger sends these as text/plain. */
function jaegerMessage(answer: Answer, asked: Asked): string | undefined {
  if (answer.body.length > 100_000 || isHtml(answer)) return undefined;
  try {
    const parsed = envelope.safeParse(JSON.parse(answer.body.toString('utf8')));
    const said = parsed.success ? parsed.data.errors[0]?.msg : undefined;
    return said === undefined ? undefined : oneLine(asked.hide(said));
  } catch {
    return undefined; // Not Jaeger's own words: a proxy's.
  }
}

const htmlError = (asked: Asked) =>
  new SourceError(
    'unsupported',
    message(
      '{0} answered with a web page instead of data. Is the base path right (such as {1}/jaeger), or does a login page stand before it?',
      asked.shown,
      new URL(asked.shown).origin,
    ),
    `${asked.path}: HTML`,
  );

function isHtml({ contentType, body }: Answer): boolean {
  if (/^text\/html\b/i.test(contentType)) return true;
  return /^\s*</.test(body.toString('latin1', 0, 100));
}

const issueText = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.')}: ${issue.code}`)
    .join('; ');

/** Someone else's words in our sentence: one line, no control or bidi characters, 200 at most. */
const oneLine = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
