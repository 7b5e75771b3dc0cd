import type { Operation } from '../../core/ports.ts';
import { expectList, expectObject, expectText, ShapeError } from '../json/shape.ts';

/** A Jaeger with more services, or a service with more operations, would be of no use to anybody. */
const mostNames = 50_000;

/**
 * A list of services; null is none.
 * @param at where in the answer it is
 * @throws ShapeError with the first place that doesn't fit
 */
export const readServices = (list: unknown, at: string): readonly string[] =>
  namesIn(list, at).map((name, index) => expectText(name, `${at}[${String(index)}]`));

/**
 * A list of operations; null is none. Jaeger before 1.16 has no kinds.
 * @param at where in the answer it is
 * @throws ShapeError with the first place that doesn't fit
 */
export const readOperations = (list: unknown, at: string): readonly Operation[] =>
  namesIn(list, at).map((entry, index) => {
    const place = `${at}[${String(index)}]`;
    const { name, spanKind = '' } = expectObject(entry, place);
    return {
      name: expectText(name, `${place}.name`),
      kind: expectText(spanKind, `${place}.spanKind`),
    };
  });

function namesIn(list: unknown, at: string): readonly unknown[] {
  const names = expectList(list, at);
  if (names.length > mostNames) throw new ShapeError(at, `at most ${String(mostNames)} names`);
  return names;
}
