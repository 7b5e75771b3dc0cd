import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { foreign, inShape, ownWords, readJson } from '../http/jsonAnswer.ts';
import type { Answer } from '../http/answer.ts';
import { expectList, expectObject, expectText } from '../json/shape.ts';

/**
 * The `data` of an answer of the JSON API. Null where there is nothing, such as a fresh server's services.
 * @throws SourceError as `readJson`; `malformed` for JSON that isn't Jaeger's; `failed` for an error
 * in place of data
 * @param parse see `readJson`
 */
export function readData(answer: Answer, parse?: (answer: Answer) => unknown): unknown {
  const { asked } = answer;
  const { data, said } = inShape(asked, () => readEnvelope(readJson(answer, parse)));
  if (data === undefined) throw foreign(asked, 'no data');
  if (data === null && said !== undefined)
    throw new SourceError(
      'failed',
      message(
        '{0} reported an error: {1}. Check the {2} log.',
        asked.shown,
        ownWords(asked, said),
        asked.product.name,
      ),
      asked.path,
    );
  return data;
}

/**
 * What every answer of Jaeger's JSON API comes in (v1.67, cmd/query/app/http_handler.go,
 * structuredResponse), with the first of its errors. `data` is checked by its own reader.
 * @throws ShapeError
 */
export function readEnvelope(value: unknown): { data: unknown; said: string | undefined } {
  const { data, errors } = expectObject(value, 'answer');
  const [first] = expectList(errors, 'errors');
  if (first === undefined) return { data, said: undefined };
  return { data, said: expectText(expectObject(first, 'errors[0]')['msg'], 'errors[0].msg') };
}
