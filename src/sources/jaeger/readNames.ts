import type { Operation } from '../../core/ports.ts';
import { expectList, expectObject, expectText, ShapeError } from '../json/shape.ts';

/** A Jaeger with more services, or a service with more operations, would be of no use to anybody. */
const mostNames = 50_000;

/** The `data` of `/api/services`; null is none. @throws ShapeError with the first place that doesn't fit */
export const readServices = (data: unknown): readonly string[] =>
  namesIn(data).map((name, index) => expectText(name, `data[${String(index)}]`));

/**
 * The `data` of `/api/operations`; null is none. Jaeger before 1.16 has no kinds.
 * @throws ShapeError with the first place that doesn't fit
 */
export const readOperations = (data: unknown): readonly Operation[] =>
  namesIn(data).map((entry, index) => {
    const at = `data[${String(index)}]`;
    const { name, spanKind = '' } = expectObject(entry, at);
    return { name: expectText(name, `${at}.name`), kind: expectText(spanKind, `${at}.spanKind`) };
  });

function namesIn(data: unknown): readonly unknown[] {
  const names = expectList(data, 'data');
  if (names.length > mostNames) throw new ShapeError('data', `at most ${String(mostNames)} names`);
  return names;
}
