import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import { droppedSentence } from '../droppedSentence.ts';
import { countMatching } from '../search/matchTrace.ts';
import type { JaegerApi } from './api.ts';
import type { JaegerTraces } from './readTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

export interface AskedTraces extends JaegerTraces {
  /** There may be more such traces than these. */
  readonly more: boolean;
  /** What couldn't be read of it, as a sentence; empty when nothing. */
  readonly reason: string;
  /** How many traces were asked for in the end. */
  readonly limit: number;
  /** An answer was larger than may be read: fewer traces were asked for. */
  readonly shrunk: boolean;
  /** Traces in all answers, those counted that were read again. */
  readonly received: number;
}

/**
 * Rows of its index that Jaeger on Cassandra reads for each trace asked for, one row a span (v1.67,
 * internal/storage/v1/cassandra/spanstore/reader.go, limitMultiple): of traces with more spans than
 * that it answers fewer than there are. Other stores count traces.
 */
const rowsPerTrace = 3;
const widenings = 2;
/** However many spans an answer has or traces a microsecond, no more than this are asked for at once. */
export const widestLimit = 5_000;

/**
 * Asks for traces: for a quarter as many while the answer is too large, and for more where its store may
 * have counted spans. The answer may hold more than `question.limit`.
 * @param mayReadAgain asked before as many traces are read once more
 */
export async function askTraces(
  api: JaegerApi,
  question: TracesQuestion,
  signal: AbortSignal,
  mayReadAgain: () => boolean = () => true,
): Promise<AskedTraces> {
  let { answer, limit } = await askFewer(api, question, signal);
  const shrunk = limit < question.limit;
  let received = answer.traces.length;
  for (
    let round = 0;
    !shrunk && round < widenings && isShort(answer, question, limit);
    round += 1
  ) {
    const wider = widerLimit(answer, question);
    if (wider <= limit || !mayReadAgain()) break;
    limit = wider;
    answer = await api.traces({ ...question, limit }, signal);
    received += answer.traces.length;
  }
  return {
    ...answer,
    more: shrunk || answer.traces.length >= limit || isCut(answer, question, limit),
    reason: droppedSentence(answer, message('the Jaeger response')),
    limit,
    shrunk,
    received,
  };
}

async function askFewer(
  api: JaegerApi,
  question: TracesQuestion,
  signal: AbortSignal,
): Promise<{ answer: JaegerTraces; limit: number }> {
  for (let limit = question.limit; ; limit = Math.ceil(limit / 4)) {
    try {
      return { answer: await api.traces({ ...question, limit }, signal), limit };
    } catch (error) {
      if (!isSourceError(error) || error.code !== 'tooLarge' || limit <= 1) throw error;
    }
  }
}

/** Fewer traces than wanted, though there may be more. */
const isShort = (answer: JaegerTraces, question: TracesQuestion, asked: number): boolean =>
  answer.traces.length < question.limit && isCut(answer, question, asked);

/** As many matching spans as a store that counts those reads. */
const isCut = (answer: JaegerTraces, question: TracesQuestion, asked: number): boolean =>
  matching(answer, question) >= rowsPerTrace * asked;

/** So many that the rows are enough for traces as large as those seen. */
function widerLimit(answer: JaegerTraces, question: TracesQuestion): number {
  const spansPerTrace = matching(answer, question) / Math.max(1, answer.traces.length);
  const rows = Math.ceil((spansPerTrace * question.limit) / rowsPerTrace) + 1;
  return Math.min(rows, widestLimit);
}

const matching = ({ traces }: JaegerTraces, question: TracesQuestion): number =>
  traces.reduce((sum, { spans }) => sum + countMatching(spans, question), 0);
