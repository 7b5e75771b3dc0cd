import assert from 'node:assert/strict';

import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { readOperations, readServices } from '../../../../src/sources/cassandra/readNames.ts';
import { readTrace } from '../../../../src/sources/cassandra/readTrace.ts';
import { MemoryTables, traceRow } from '../../../support/cql/memoryTables.ts';
import { makeSpan } from '../../../support/span.ts';

const traceId = 'f'.repeat(31) + '0';
const { signal } = new AbortController();
const span = (more: Partial<Parameters<typeof makeSpan>[0]> = {}): RawSpan =>
  makeSpan({ id: 'fedcba9876543210', traceId, start: 1_795_000_000_000_123, duration: 7, ...more });

async function readBack(rows: readonly Readonly<Record<string, unknown>>[]) {
  const tables = new MemoryTables();
  for (const row of rows) tables.put('traces', row);
  return readTrace(tables, traceId, signal);
}

describe('a trace in Cassandra', () => {
  it('is read as it was sent: ids beyond 2^63, kind, status, scope, resource, events, parent', async () => {
    const sent: RawSpan = {
      ...span({ kind: 'server', status: 'error', scope: 'http', parent: '8000000000000001' }),
      resource: { service: 'api', attributes: [{ key: 'host.name', value: 'web-1' }] },
      events: [
        {
          name: 'exception',
          time: epochMicroseconds(1_795_000_000_000_125),
          attributes: [{ key: 'exception.type', value: 'P2002' }],
        },
      ],
    };
    const { spans, droppedCount } = await readBack([traceRow(sent, 1n)]);
    assert.deepEqual(spans, [sent]);
    assert.equal(droppedCount, 0);
  });

  it('has values of every type, and large whole numbers as text', async () => {
    const value = (type: string, fields: object) => ({ key: type, value_type: type, ...fields });
    const row = {
      ...traceRow(span(), 1n),
      tags: [
        value('string', { value_string: 'a' }),
        value('bool', { value_bool: true }),
        value('int64', { value_long: -7n }),
        { ...value('int64', { value_long: 2n ** 60n }), key: 'large' },
        value('float64', { value_double: 0.25 }),
        { ...value('float64', { value_double: NaN }), key: 'nan' },
        value('binary', { value_binary: Buffer.from([1, 2, 255]) }),
        { key: 'empty', value_type: 'string', value_string: null },
      ],
    };
    const { spans } = await readBack([row]);
    assert.deepEqual(
      spans[0]?.attributes.map(({ key, value }) => [key, value]),
      [
        ['string', 'a'],
        ['bool', true],
        ['int64', -7],
        ['large', '1152921504606846976'],
        ['float64', 0.25],
        ['nan', NaN],
        ['binary', 'AQL/'],
        ['empty', ''],
      ],
    );
  });

  it('has references of other traces and of the past as links, and Jaeger\u2019s remarks as warnings', async () => {
    const trace_id = Buffer.from('ab'.repeat(16), 'hex');
    const row = {
      ...traceRow(span(), 1n),
      refs: [
        { ref_type: 'follows-from', trace_id: Buffer.from(traceId, 'hex'), span_id: 1n },
        { ref_type: 'child-of', trace_id, span_id: -1n },
        { ref_type: 'child-of', trace_id: Buffer.from(traceId, 'hex'), span_id: -2n },
      ],
      tags: [{ key: '$$span.warning.1', value_type: 'string', value_string: 'clock skew' }],
    };
    const [read] = (await readBack([row])).spans;
    assert.equal(read?.parentSpanId, 'fffffffffffffffe');
    assert.deepEqual(
      read.links.map(({ spanId }) => spanId),
      ['0000000000000001', 'ffffffffffffffff'],
    );
    assert.deepEqual([read.warnings, read.attributes], [['clock skew'], []]);
  });

  it('has a span once that was written twice, and shares what its processes say', async () => {
    const twice = [traceRow(span(), 1n), traceRow(span({ attributes: { more: 1 } }), 2n)];
    const { spans } = await readBack([...twice, traceRow(span({ id: '0000000000000001' }), 3n)]);
    assert.deepEqual(spans.map(({ spanId }) => spanId).sort(), [
      '0000000000000001',
      'fedcba9876543210',
    ]);
    assert.equal(spans[0]?.resource, spans[1]?.resource);
    assert.ok(spans.some(({ attributes }) => attributes.some(({ key }) => key === 'more')));
  });

  it('leaves out a row that cannot be read, counts it and says where', async () => {
    const bad = (id: string, fields: object) => ({ ...traceRow(span({ id }), 1n), ...fields });
    const { spans, dropped, droppedCount } = await readBack([
      traceRow(span(), 1n),
      bad('0000000000000001', { tags: [{ key: 'x', value_type: 'int128' }] }),
      bad('0000000000000002', { start_time: null }),
      bad('0000000000000003', { refs: [{ ref_type: 'child-of', trace_id: null, span_id: 1n }] }),
    ]);
    assert.deepEqual([spans.length, droppedCount], [1, 3]);
    for (const { position } of dropped) assert.match(position, /^traces\[\d\]\./);
  });
});

describe('names in Cassandra', () => {
  it('are sorted, and operations have their kinds', async () => {
    const tables = new MemoryTables();
    for (const service of ['b', 'a']) {
      tables.write(span({ service, name: 'GET /a', kind: 'server' }));
      tables.write(span({ service, name: 'work', kind: 'unspecified' }));
    }
    assert.deepEqual(await readServices(tables, signal), ['a', 'b']);
    const operations = await readOperations(tables, 'a', signal);
    assert.deepEqual(operations.map(({ name, kind }) => `${name} ${kind}`).sort(), [
      'GET /a server',
      'work ',
    ]);
  });

  it('come from the table that Jaeger had before 1.16 where there is no other', async () => {
    class OldTables extends MemoryTables {
      override async server() {
        const server = await super.server();
        return { ...server, tables: new Map([['operation_names', 0]]) };
      }

      override async *rows(query: string) {
        await Promise.resolve();
        if (!query.includes('FROM operation_names WHERE')) throw new Error(query);
        yield { operation_name: 'GET /old' };
      }
    }
    const operations = await readOperations(new OldTables(), 'a', signal);
    assert.deepEqual(operations, [{ name: 'GET /old', kind: '' }]);
  });
});
