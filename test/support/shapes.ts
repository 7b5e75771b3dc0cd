import fc from 'fast-check';
import { buildTrace } from '../../src/core/trace/build.ts';
import type { Trace } from '../../src/core/trace/trace.ts';
import { makeSpan } from './span.ts';

/**
 * A trace from an outline: two spaces of indent a level, then the name. A span lasts 10 µs for each span
 * under it and itself, and starts one µs after the line above.
 */
export function traceFromOutline(outline: string): Trace {
  const lines = outline.split('\n').filter((line) => line.trim() !== '');
  const path: string[] = [];
  const spans = lines.map((line, index) => {
    const depth = (line.length - line.trimStart().length) / 2;
    const id = (index + 1).toString(16).padStart(16, '0');
    path.splice(depth, path.length, id);
    return makeSpan({
      id,
      parent: path[depth - 1],
      name: line.trim(),
      start: index,
      duration: (lines.length - index) * 10,
    });
  });
  return buildTrace(spans).trace;
}

/** Few, so that siblings repeat. */
const anyName = fc.constantFrom('query', 'order', 'prisma:engine:query');

/** Any trace of up to `most` spans: each span's parent is one before it, or none. */
export const anyTrace = (most = 40): fc.Arbitrary<Trace> =>
  fc
    .array(
      fc.record({ name: anyName, parent: fc.nat(), start: fc.nat(1_000), duration: fc.nat(1_000) }),
      {
        minLength: 1,
        maxLength: most,
      },
    )
    .map((seeds) => {
      const id = (index: number) => (index + 1).toString(16).padStart(16, '0');
      const spans = seeds.map(({ name, parent, start, duration }, index) =>
        makeSpan({
          id: id(index),
          name,
          parent: parent % 5 === 0 || index === 0 ? undefined : id(parent % index),
          start,
          duration,
        }),
      );
      return buildTrace(spans).trace;
    });
