import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { fileBytes } from '../../../../src/sources/file/fileBytes.ts';
import { openTraceFile } from '../../../../src/sources/file/traceFile.ts';
import { otlpSchema } from '../../../../src/sources/otlp/schema.ts';
import { otlpOf } from '../../../support/sendOtlp.ts';
import { makeSpan } from '../../../support/span.ts';

const never = new AbortController().signal;
const ids = ['1111111111111111', '2222222222222222', '3333333333333333'];
const requests = ids.map((id) => otlpOf([makeSpan({ id, start: 1_000_000, duration: 5 })]));
const lines = requests.map((request) => `${JSON.stringify(request)}\n`);
const jsonLines = lines.join('');

const message = protobuf.Root.fromJSON(otlpSchema).lookupType(
  'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
);
const messages = ids.map((id, index) => {
  const span = {
    traceId: Buffer.from('0af7651916cd43dd8448eb211c80319c', 'hex'),
    spanId: Buffer.from(id, 'hex'),
    name: `GET /${index}`,
    startTimeUnixNano: '1000000000',
  };
  return Buffer.from(
    message
      .encode(message.fromObject({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
      .finish(),
  );
});
/** As the Collector's file exporter writes them: each behind its length in four bytes. */
const withLengths = Buffer.concat(
  messages.flatMap((one) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(one.length);
    return [length, one];
  }),
);

describe('the bytes of a file of traces', function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-bytes-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function read(bytes: Buffer | string) {
    const path = join(folder, 'traces');
    await writeFile(path, bytes);
    const { traces, dropped, reason } = await openTraceFile(path).read(never);
    const spans = [...traces.values()].flat().map(({ spanId }) => spanId);
    return { spans, dropped, reason };
  }
  const readsAll = async (bytes: Buffer | string) => {
    const { spans, dropped, reason } = await read(bytes);
    assert.deepEqual([spans, dropped, reason], [ids, [], '']);
  };

  it('may be packed with gzip, in one member or several', async () => {
    await readsAll(gzipSync(jsonLines));
    await readsAll(Buffer.concat(lines.map((line) => gzipSync(line))));
    await readsAll(gzipSync(withLengths));
  });

  it('of gzip that is cut are read as far as they go, which is told', async () => {
    const packed = Buffer.concat([gzipSync(lines[0]!), gzipSync(lines[1]!).subarray(0, -12)]);
    const { spans, reason } = await read(packed);
    assert.equal(spans[0], ids[0]);
    assert.match(reason, /the compressed data is truncated or damaged/);
  });

  it('are bounded when they are unpacked', async () => {
    const path = join(folder, 'bomb.gz');
    await writeFile(path, gzipSync(Buffer.alloc(3_000_000)));
    await assert.rejects(
      fileBytes(path, 2_000_000),
      (error) => isSourceError(error) && error.code === 'tooLarge',
    );
    assert.equal((await fileBytes(path, 4_000_000)).bytes.length, 3_000_000);
  });

  it('may be UTF-16 of either order, with a mark or without', async () => {
    const little = Buffer.from(jsonLines, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [little, big]) {
      await readsAll(bytes);
      const mark = bytes === little ? [0xff, 0xfe] : [0xfe, 0xff];
      await readsAll(Buffer.concat([Buffer.from(mark), bytes]));
    }
    await readsAll(`\ufeff${jsonLines}`);
  });

  it('in another encoding are read, which is told; a last character that is cut is no other', async () => {
    const line = (name: string) =>
      `{"traceId":"${ids[0]}","id":"1","timestamp":1,"name":"${name}"}`;
    const latin = await read(Buffer.from(line('caf\u00e9'), 'latin1'));
    assert.deepEqual(latin.spans.length, 1);
    assert.match(latin.reason, /: some of its text isn't UTF-8 and is shown as �\.$/);
    for (const name of ['caf\u00e9 주문 😀', '\ufffd'])
      assert.equal((await read(Buffer.from(line(name)))).reason, '');
    const cut = Buffer.from(line('a') + '\n{"name":"😀').subarray(0, -1);
    assert.match((await read(cut)).reason, /^Couldn't read 1 item .*: line 2: truncated/);
  });

  it('may be OTLP in protobuf: one message, or messages with their lengths', async () => {
    await readsAll(Buffer.concat(messages));
    await readsAll(withLengths);
  });

  it('of protobuf that is cut are read as far as they go, which is told', async () => {
    const { spans, dropped } = await read(withLengths.subarray(0, -10));
    assert.deepEqual(spans, ids.slice(0, 2));
    assert.deepEqual(dropped, [{ position: 'message 3', reason: 'not valid OTLP protobuf' }]);
  });

  for (const [what, whole] of [
    ['lines', Buffer.from(jsonLines)],
    ['one document', Buffer.from(JSON.stringify({ result: requests[0] }))],
    ['a list', Buffer.from(JSON.stringify(requests))],
    ['gzip', gzipSync(jsonLines)],
    ['protobuf', withLengths],
  ] as const)
    it(`any cut of ${what} is read, told or refused, never more and never in silence`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length), async (length) => {
          const expected = what === 'one document' ? ids.slice(0, 1) : ids;
          try {
            const { spans, reason } = await read(whole.subarray(0, length));
            assert.deepEqual(spans, expected.slice(0, spans.length));
            const isClean =
              what === 'lines' || what === 'protobuf' ? atBoundary(what, length) : false;
            if (spans.length < expected.length && !isClean) assert.notEqual(reason, '');
          } catch (error) {
            assert.ok(isSourceError(error), String(error));
          }
        }),
      );
    });
});

/** A file cut between two parts is a smaller file. */
function atBoundary(what: 'lines' | 'protobuf', length: number): boolean {
  const sizes =
    what === 'lines' ? lines.map((line) => line.length) : messages.map((one) => one.length + 4);
  let end = 0;
  return sizes.some((size) => {
    end += size;
    return length === end || (what === 'lines' && length === end - 1);
  });
}
