import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { CqlSession } from '../../../src/sources/cassandra/cql/session.ts';
import { durationBuckets } from '../../../src/sources/cassandra/search/durationBuckets.ts';
import { eventually } from '../eventually.ts';

const patienceMs = 60_000;

/**
 * Waits until Jaeger has written the spans with all their index rows: `duration_index` comes last of each.
 * (v1.67, internal/storage/v1/cassandra/spanstore/writer.go, writeIndexes)
 */
export async function writtenSpans(cql: CqlSession, spans: readonly RawSpan[]): Promise<void> {
  let missing = spans;
  const isMissing = async (span: RawSpan) => !(await isWritten(cql, span));
  await eventually(
    'index rows of all spans',
    async () => {
      const flags = await Promise.all(missing.map(isMissing));
      missing = missing.filter((_, index) => flags[index]);
      return missing;
    },
    (left) => left.length === 0,
    patienceMs,
  );
}

async function isWritten(cql: CqlSession, span: RawSpan): Promise<boolean> {
  const start = Math.floor(span.start);
  const [bucket] = durationBuckets({ from: start, to: start });
  if (bucket === undefined) return false;
  const rows = cql.rows(
    'SELECT trace_id FROM duration_index WHERE service_name = ? AND operation_name = ? AND bucket = ? AND duration = ? AND start_time = ? AND trace_id = ?',
    [
      span.resource.service,
      span.name,
      bucket.bucket,
      BigInt(Math.floor(span.duration)),
      BigInt(start),
      Buffer.from(span.traceId, 'hex'),
    ],
    { signal: AbortSignal.timeout(patienceMs) },
  );
  return (await rows.next()).done !== true;
}
