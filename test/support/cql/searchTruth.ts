import fc from 'fast-check';

import { epochMicroseconds, microseconds } from '../../../src/core/base/units.ts';
import { operationKeyOf } from '../../../src/core/matching/operations/operationKey.ts';
import type { OperationSelector } from '../../../src/core/matching/operations/operationKinds.ts';
import type { SoughtAttribute, TraceQuery } from '../../../src/core/ports.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { selectsOperation } from '../../../src/core/matching/operations/selectsOperation.ts';
import { makeSpan } from '../span.ts';

const minute = 60_000_000;

/** Where spans are sent and asked for. */
export interface SearchScene {
  /** Half past an hour in µs: where one bucket of durations ends and the next begins. */
  readonly middle: number;
  readonly api: string;
  readonly shop: string;
  /** The first digits of trace and span ids, in hex. */
  readonly prefix: string;
}

const idOf = ({ prefix }: SearchScene, number: number, digits: number): string =>
  prefix + number.toString(16).padStart(digits - prefix.length, '0');

/**
 * Spans with few different values of everything, so that many meet: in whole milliseconds as Node has them, on both
 * sides of half past.
 */
export function spansOf(scene: SearchScene, most: number): fc.Arbitrary<readonly RawSpan[]> {
  const parts = fc.record({
    trace: fc.integer({ min: 1, max: Math.ceil(most / 6) }),
    service: fc.constantFrom(scene.api, scene.shop),
    name: fc.constantFrom('GET', 'GET /a', 'query'),
    start: fc
      .tuple(fc.constantFrom(-150, -60, -1, 0, 59, 60), fc.constantFrom(-1, 0))
      .map(([minutes, milliseconds]) => scene.middle + minutes * minute + milliseconds * 1_000),
    duration: fc.constantFrom(0, 1, 999, 1_000, 250_000),
    status: fc.constantFrom('unset' as const, 'ok' as const, 'error' as const),
    kind: fc.constantFrom('server' as const, 'client' as const, 'unspecified' as const),
    tier: fc.constantFrom('gold', 'silver', '{"a":1}', 'x'.repeat(300)),
    code: fc.constantFrom<string | number>(200, 500, '500', 0.3333333333333333),
  });
  const all = fc.array(parts, { minLength: 1, maxLength: most, size: 'max' });
  // Spans without a kind are rare, and read otherwise: half the time there are none.
  return fc.tuple(all, fc.boolean()).map(([some, haveKinds]) =>
    some.map(({ trace, tier, code, kind, ...sketch }, index) =>
      makeSpan({
        ...sketch,
        kind: haveKinds && kind === 'unspecified' ? 'internal' : kind,
        id: idOf(scene, index + 1, 16),
        traceId: idOf(scene, trace, 32),
        attributes: { tier, code },
      }),
    ),
  );
}

export const attribute = (key: string, value: string): SoughtAttribute => ({ key, value });

/** What may be asked for; always of the two services, which others may not have. */
export function queriesOf(scene: SearchScene): fc.Arbitrary<TraceQuery> {
  const { api, shop, middle } = scene;
  const sought = [
    attribute('tier', 'gold'),
    attribute('tier', '{"a":1}'),
    attribute('tier', 'x'.repeat(300)),
    attribute('code', '500'),
    attribute('code', '0.3333333333333333'),
    attribute('span.kind', 'client'),
    attribute('service.name', shop),
    attribute('error', 'true'),
  ];
  const at = (minutes: number) => epochMicroseconds(middle + minutes * minute);
  const parts = {
    operation: fc.constantFrom('GET', 'GET /a', 'query'),
    attributes: fc.uniqueArray(fc.constantFrom(...sought), { maxLength: 2 }),
    minDuration: fc.constantFrom(0, 1, 1_000, 1_001).map(microseconds),
    maxDuration: fc.constantFrom(0, 999, 1_000).map(microseconds),
    errorsOnly: fc.constant(true),
    window: fc
      .tuple(fc.integer({ min: -151, max: 61 }), fc.integer({ min: -151, max: 61 }))
      .map(([a, b]) => ({ start: at(Math.min(a, b)), end: at(Math.max(a, b)) })),
    limit: fc.constantFrom(1, 3),
    operations: fc.constant([{ kind: 'http', service: api, name: 'GET /a' } as const]),
  };
  // Three of them at most: with all of them hardly anything would be found.
  const some = fc
    .tuple(fc.record(parts), fc.subarray(Object.keys(parts), { maxLength: 3 }))
    .map(([all, names]) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))),
    );
  const services = fc.constantFrom(api, api, shop, `${api}-nobody`, undefined);
  const orders = fc.constantFrom('newest' as const, 'slowest' as const);
  return fc.tuple(some, services, orders).map(([asked, service, order]) => ({
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window: { start: at(-300), end: at(300) },
    limit: 1_000,
    ...asked,
    service,
    order,
  }));
}

/** Said once more, and more simply than where it is done. */
function meets(span: RawSpan, query: TraceQuery): boolean {
  const { service, operation, attributes = [], minDuration = 0, maxDuration = Infinity } = query;
  const texts = [
    ...span.attributes.map(({ key, value }) => `${key}=${String(value)}`),
    `span.kind=${span.kind}`,
    `service.name=${span.resource.service}`,
    `error=${String(span.status === 'error')}`,
  ];
  return (
    [undefined, span.resource.service].includes(service) &&
    [undefined, span.name].includes(operation) &&
    attributes.every(({ key, value }) => texts.includes(`${key}=${value}`)) &&
    minDuration <= span.duration &&
    span.duration <= maxDuration &&
    (!query.errorsOnly || span.status === 'error') &&
    query.window.start <= span.start &&
    span.start <= query.window.end &&
    (query.operations ?? [undefined]).some(
      (selector) => selector === undefined || selects(selector, span),
    )
  );
}

function selects(selector: OperationSelector, span: RawSpan): boolean {
  const key = operationKeyOf(span);
  return key !== undefined && selectsOperation(selector, key);
}

/** Every trace that is to be found, with what the query sorts by: among equals any may come first. */
export function truthOf(spans: readonly RawSpan[], query: TraceQuery): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  for (const [traceId, own] of Map.groupBy(spans, (span) => span.traceId)) {
    const matching = own.filter((span) => meets(span, query));
    if (matching.length === 0) continue;
    const rank =
      query.order === 'slowest'
        ? Math.max(...matching.map(({ duration }) => duration))
        : Math.min(...own.map(({ start }) => start));
    ranks.set(traceId, rank);
  }
  return ranks;
}

/** What a search has to answer, as ranks: the first of all that there are. */
export const ranksOf = (truth: ReadonlyMap<string, number>, { limit }: TraceQuery) =>
  [...truth.values()].sort((a, b) => b - a).slice(0, limit);
