import { message } from '../../core/base/message.ts';
import { isSourceError } from '../../core/base/sourceError.ts';
import type { JaegerApi } from './api.ts';
import { droppedReason, type JaegerTraces } from './readTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

export interface AskedTraces extends JaegerTraces {
  /** How many were asked for in the end. */
  readonly limit: number;
  /** Why there is less than was asked for; empty when there is not. */
  readonly reasons: readonly string[];
}

/** Asks, and asks again for a quarter as many while the answer is too large. */
export async function askTraces(
  api: JaegerApi,
  question: TracesQuestion,
  signal: AbortSignal,
): Promise<AskedTraces> {
  for (let limit = question.limit; ; limit = Math.ceil(limit / 4)) {
    try {
      const answer = await api.traces({ ...question, limit }, signal);
      const reasons = [
        ...(answer.droppedCount > 0 ? [droppedReason(answer)] : []),
        ...(limit < question.limit ? [fewerTraces(question, limit)] : []),
      ];
      return { ...answer, limit, reasons };
    } catch (error) {
      if (!isSourceError(error) || error.code !== 'tooLarge' || limit <= 1) throw error;
    }
  }
}

const fewerTraces = ({ service, limit }: TracesQuestion, asked: number): string =>
  message(
    'The traces of {0} are large: the newest {1} were read instead of {2}.',
    service,
    asked,
    limit,
  );
