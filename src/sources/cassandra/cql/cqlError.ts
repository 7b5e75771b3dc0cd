import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import type { Asked, Sentence } from './asked.ts';
import { connectionSentence } from './connectionError.ts';
import { isLost, partsOf, sourceErrorIn, type ErrorParts } from './errorParts.ts';

/** What the driver's or Node's error means: a sentence for the user, details for the log. */
export const cqlError = (error: unknown, asked: Asked): SourceError =>
  sourceError(error, asked, ['timedOut', noAnswer(asked)]);

/** The same, while there is no connection yet. */
export const connectionError = (error: unknown, asked: Asked): SourceError =>
  sourceError(error, asked, ['unreachable', noConnection(asked)]);

function sourceError(error: unknown, asked: Asked, late: Sentence): SourceError {
  const own = sourceErrorIn(error);
  if (own) return own;
  const parts = partsOf(error);
  const [code, sentence] =
    parts.name === timedOut ? late : (answered(parts, asked) ?? connectionSentence(parts, asked));
  return new SourceError(code, sentence, `${parts.code}: ${parts.text}`);
}

/** True where there was no answer because the connection is gone: a new one may give it. */
export const isConnectionLost = (error: unknown): boolean =>
  !sourceErrorIn(error) && isLost(partsOf(error));

/** The driver's name for an answer that didn't come in time. */
const timedOut = 'OperationTimedOutError';

export const isUnanswered = (error: unknown): boolean => partsOf(error).name === timedOut;

/** The server's own errors, by the codes of the native protocol (v4, section 9). */
function answered({ serverCode, text }: ErrorParts, asked: Asked): Sentence | undefined {
  switch (serverCode) {
    case undefined:
      return undefined;
    case 0x1000:
      return ['busy', tooFewReplicas(asked)];
    case 0x1001:
    case 0x1002:
      return [
        'busy',
        message('{0} at {1} is overloaded or starting. Try again later.', ...who(asked)),
      ];
    case 0x1200:
      return ['timedOut', replicasTimedOut(asked)];
    case 0x1300:
      return [
        'tooLarge',
        message(
          '{0} at {1} gave up reading: too many deleted rows, or a node failed. Shorten the time range, or check its log.',
          ...who(asked),
        ),
      ];
    case 0x2100:
      return ['unauthorized', noPermission(asked)];
    case 0x2200:
    case 0x2300:
      return missing(text, asked) ?? ['unsupported', rejected(asked, text)];
    case 0x2000:
      return ['unsupported', rejected(asked, text)];
    default:
      return [
        'unreachable',
        message('{0} at {1} reported an error: {2}. Check its log.', ...who(asked), quoted(text)),
      ];
  }
}

function missing(text: string, asked: Asked): Sentence | undefined {
  const table = /unconfigured table (\w+)|table (?:\w+\.)?(\w+) does not exist/i.exec(text);
  if (table) return ['unsupported', noTable(table[1] ?? table[2] ?? '', asked)];
  if (/keyspace .*does not exist/i.test(text)) return ['notFound', noKeyspace(asked)];
  return undefined;
}

export const noTable = (table: string, asked: Asked): string =>
  message(
    "Keyspace {0} in {1} has no table {2}: Jaeger's schema job (jaeger-cassandra-schema) hasn't run, or the keyspace is another one.",
    asked.keyspace,
    asked.shown,
    table,
  );

export const noKeyspace = (asked: Asked): string =>
  message('{0} at {1} has no keyspace {2}. Check the keyspace.', ...who(asked), asked.keyspace);

export const noAnswer = (asked: Asked): string =>
  message(
    "{0} at {1} didn't respond within {2} s. Check the cluster, shorten the time range, or increase the request timeout in Settings.",
    ...who(asked),
    asked.timeoutMs / 1_000,
  );

export const noConnection = (asked: Asked): string =>
  message(
    "{0} at {1} didn't respond within {2} s. Check the cluster and the port (9042 unless changed).",
    ...who(asked),
    asked.timeoutMs / 1_000,
  );

const replicasTimedOut = (asked: Asked): string =>
  message(
    "Nodes of {0} at {1} didn't respond in time. Check the cluster, or shorten the time range.",
    ...who(asked),
  );

const tooFewReplicas = (asked: Asked): string =>
  message(
    'Too few nodes of {0} at {1} are up for consistency level {2}. Check the cluster (nodetool status).',
    ...who(asked),
    asked.consistency,
  );

const noPermission = (asked: Asked): string =>
  message(
    '{0} at {1} denied access: user {2} needs the SELECT permission on keyspace {3}.',
    ...who(asked),
    asked.user ?? '-',
    asked.keyspace,
  );

const rejected = (asked: Asked, text: string): string =>
  message('{0} at {1} rejected the request: {2}', ...who(asked), quoted(text));

const who = ({ product, shown }: Asked) => [product, shown] as const;

/** Someone else's words in our sentence: one line, no control or bidi characters, 200 at most. */
const quoted = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, 200);
