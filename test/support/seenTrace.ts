import fc from 'fast-check';
import { buildTrace } from '../../src/core/trace/build.ts';
import { makeSpan } from './span.ts';

const id = (index: number) => (index + 1).toString(16).padStart(16, '0');

/** Traces of such services in which many spans have the same path; rows that are seen, and that match. */
export const anySeenTrace = (services: readonly string[], most: number) =>
  fc
    .array(
      fc.record({
        parent: fc.nat(),
        start: fc.nat(50),
        duration: fc.nat(1_000),
        service: fc.constantFrom(...services),
        name: fc.constantFrom('GET /orders', 'prisma order.findMany'),
        failed: fc.boolean(),
        seen: fc.boolean(),
        match: fc.boolean(),
      }),
      { minLength: 1, maxLength: most },
    )
    .map((seeds) => {
      const spans = seeds.map(({ parent, failed, service, name, start, duration }, index) =>
        makeSpan({
          service,
          name,
          start,
          duration,
          id: id(index),
          parent: index === 0 || parent % 7 === 0 ? undefined : id(parent % index),
          status: failed ? 'error' : 'unset',
        }),
      );
      const { trace } = buildTrace(spans);
      const marks = (of: (seed: (typeof seeds)[number]) => boolean) =>
        Uint8Array.from(trace.spans, ({ spanId }) => Number(of(seeds[parseInt(spanId, 16) - 1]!)));
      return { trace, seen: marks(({ seen }) => seen), matches: marks(({ match }) => match) };
    });
