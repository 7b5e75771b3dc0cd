import { SourceError } from '../../core/base/sourceError.ts';
import type { Answer } from '../http/answer.ts';
import type { HttpServer } from '../http/httpServer.ts';
import { isHtml, ownError, readJson } from '../http/jsonAnswer.ts';

/** The server has no such path: its release doesn't answer this question, or it isn't Jaeger's address. */
class MissingPath extends SourceError {}

export const isMissingPath = (error: unknown): error is SourceError => error instanceof MissingPath;

/**
 * `get` of a server, which throws a `MissingPath` for an answer of a path that isn't there: 404 in words that
 * aren't Jaeger's own, or, up to Jaeger 2.15, its web page with status 200.
 */
export const getOrMiss =
  (server: HttpServer): HttpServer['get'] =>
  async (...question) => {
    const answer = await server.get(...question);
    if (isMissing(answer)) throw missing(answer);
    return answer;
  };

const isMissing = (answer: Answer): boolean =>
  answer.status === 404
    ? ownError(answer) === undefined
    : answer.status >= 200 && answer.status < 300 && isHtml(answer);

/** With the sentence that such an answer has anyway. */
function missing(answer: Answer): MissingPath {
  try {
    readJson(answer);
  } catch (error) {
    if (error instanceof SourceError)
      return new MissingPath(error.code, error.message, error.detail);
    throw error;
  }
  return new MissingPath('unsupported', '', answer.asked.path);
}
