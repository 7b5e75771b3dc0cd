import { message } from '../../../core/base/message.ts';
import {
  earlier,
  fromMinutes,
  fromSeconds,
  type EpochMicroseconds,
} from '../../../core/base/units.ts';
import type { Bounded, DroppedSpans, TraceQuery } from '../../../core/ports.ts';
import { droppedSentence } from '../../droppedSentence.ts';
import type { FoundTrace } from '../../search/foundTrace.ts';
import { soughtService } from '../../search/soughtService.ts';
import type { CqlServer } from '../cql/server.ts';
import type { CqlSession } from '../cql/session.ts';
import { readServices } from '../readNames.ts';
import { indexesOf } from './candidates.ts';
import type { Target } from './durationIndex.ts';
import { Findings } from './findings.ts';
import type { Slice } from './indexRows.ts';
import { usualLimits, type SearchLimits } from './limits.ts';
import { findNewest } from './newest.ts';
import { findSlowest } from './slowest.ts';
import { tagTexts } from './tagTexts.ts';
import { unindexedKey } from './unindexedKey.ts';

export interface TraceSearch {
  readonly query: TraceQuery;
  readonly now: EpochMicroseconds;
  /** With the traces found; they are many megabytes where only their lines are asked for. */
  readonly keepSpans: boolean;
  /** From when it holds, nothing more is asked. */
  readonly isLate: () => boolean;
  readonly limits?: SearchLimits;
}

interface Found extends Bounded, DroppedSpans {
  readonly traces: readonly FoundTrace[];
}

/**
 * Finds whole traces, in the query's order, by the indexes that lose none; each is read whole and decides by the one
 * filter that all sources share. docs/decisions/cassandra-reading.md says which index answers what.
 */
export async function findTraces(
  cql: CqlSession,
  { query, now, keepSpans, isLate, limits = usualLimits }: TraceSearch,
  signal: AbortSignal,
): Promise<Found> {
  const server = await cql.server(signal);
  const window = wholeMicroseconds(query, earliest(server, now));
  const findings = new Findings(cql, query, { keepSpans, mostTraces: limits.traces });
  const reasons = new Set<string>();
  if (window.from <= window.to && query.limit > 0) {
    const { targets, reason } = await targetsOf(cql, query, limits, signal);
    if (reason !== '') reasons.add(reason);
    const indexes = targets.map((target) => indexesOf(cql, query, target));
    const anyDuration = !((query.minDuration ?? 0) > 0) && query.maxDuration === undefined;
    const { limit } = query;
    const isWhole =
      query.order === 'slowest'
        ? await findSlowest({ indexes, window, limits }, findings, isLate, signal)
        : await findNewest(
            { indexes, window, limit, limits, anyDuration },
            findings,
            isLate,
            signal,
          );
    if (findings.best.length === 0)
      for (const one of indexes.slice(0, 1)) {
        const key = await unindexedKey(
          cql,
          one,
          query.attributes ?? [],
          settled(window, now),
          signal,
        );
        if (key !== undefined) reasons.add(leftOut(key));
      }
    if (!isWhole) reasons.add(whyEnded(query, server, isLate()));
  }
  const { dropped } = findings;
  if (dropped.droppedCount > 0)
    reasons.add(droppedSentence(dropped, message('the Cassandra response')));
  for (const reason of findings.reasons) reasons.add(reason);
  return {
    traces: findings.best,
    ...dropped,
    complete: reasons.size === 0,
    reason: [...reasons].join(' '),
  };
}

/** Rows are gone after the time their tables keep them; asking for older ones reads the graves of many. */
function earliest({ tables }: CqlServer, now: EpochMicroseconds): number {
  const kept = tables.get('traces') ?? 0;
  return kept === 0 ? 0 : earlier(now, fromSeconds(kept));
}

const wholeMicroseconds = ({ window }: TraceQuery, earliestStart: number): Slice => ({
  from: Math.ceil(Math.max(window.start, earliestStart)),
  to: Math.floor(window.end),
});

/** Longer names are cut in the rows of figures: see `boundedName`. */
const longestName = 1_000;
const isWholeName = (name: string): boolean => name !== '' && name.length < longestName;

async function targetsOf(
  cql: CqlSession,
  query: TraceQuery,
  limits: SearchLimits,
  signal: AbortSignal,
): Promise<{ readonly targets: readonly Target[]; readonly reason: string }> {
  const { operations, operation } = query;
  if (operations) {
    const targets = operations.map(({ service, name }) => ({
      service,
      operation: isWholeName(name) ? name : operation,
    }));
    const unique = new Map(targets.map((target) => [JSON.stringify(target), target]));
    return { targets: [...unique.values()], reason: '' };
  }
  const service = soughtService(query);
  if (service !== undefined) return { targets: [{ service, operation }], reason: '' };
  const services = await readServices(cql, signal);
  return {
    targets: services.slice(0, limits.services).map((name) => ({ service: name, operation })),
    reason: services.length > limits.services ? tooManyServices(limits, services.length) : '',
  };
}

function whyEnded(
  { attributes = [] }: TraceQuery,
  { product }: CqlServer,
  isLate: boolean,
): string {
  const unindexed = attributes.find(
    (one) => one.key !== 'service.name' && tagTexts(one) === undefined,
  );
  if (unindexed)
    return message(
      "Jaeger doesn't index this value of {0} (256 bytes or more, or an object): only some traces were searched.",
      unindexed.key,
    );
  return isLate
    ? message('Incomplete because {0} responds slowly.', product)
    : message(
        'Too many traces to check. Add a service or an attribute, or shorten the time range.',
      );
}

/** Without the last minute, which may be being written. */
const settled = ({ from, to }: Slice, now: EpochMicroseconds): Slice => ({
  from,
  to: Math.min(to, earlier(now, fromMinutes(1))),
});

const leftOut = (key: string): string =>
  message("Jaeger doesn't index {0} here (its options cassandra.index.*). Search without it.", key);

const tooManyServices = ({ services }: SearchLimits, count: number): string =>
  message('Only {0} of {1} services were queried. Select a service.', services, count);
