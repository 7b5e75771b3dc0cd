import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { addPartials } from '../../../../src/sources/zipkin/partialSpans.ts';
import { ZipkinReader } from '../../../../src/sources/zipkin/zipkinReader.ts';
import type { ZipkinSpan } from '../../../../src/sources/zipkin/zipkinSpan.ts';

const ids = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', id: '00f067aa0ba902b7' };
const timestamp = 1_700_000_000_000_000;
const localEndpoint = { serviceName: 'shop', ipv4: '10.0.0.1', port: 3000 };

function read(fields: ZipkinSpan): readonly RawSpan[] {
  const spans = new ZipkinReader().read({ ...ids, timestamp, duration: 5, ...fields });
  if (typeof spans === 'string') assert.fail(spans);
  return spans;
}
const pairs = ({ attributes }: RawSpan) => attributes.map(({ key, value }) => [key, value]);

describe('a span of Zipkin', () => {
  it('has the addresses of both ends, unless its tags say them', () => {
    const remoteEndpoint = { ipv6: '::1', port: 5432 };
    const [span] = read({ localEndpoint, remoteEndpoint, tags: { 'network.local.port': '3001' } });
    assert.deepEqual(pairs(span!), [
      ['network.local.port', '3001'],
      ['network.peer.address', '::1'],
      ['network.peer.port', 5432],
      ['network.local.address', '10.0.0.1'],
    ]);
    const [other] = read({ localEndpoint: { serviceName: 'shop', port: 0 }, remoteEndpoint: null });
    assert.deepEqual(pairs(other!), []);
  });

  it('has the other end of v1 as its address says it, each half its own', () => {
    const [shop, stock] = [{ serviceName: 'shop' }, { serviceName: 'stock', ipv4: '10.0.0.2' }];
    const event = (value: string, endpoint: object) => ({ value, timestamp, endpoint });
    const [client, server] = read({
      annotations: [event('cs', shop), event('sr', stock)],
      binaryAnnotations: [
        { key: 'ca', value: true, endpoint: shop },
        { key: 'sa', value: true, endpoint: stock },
      ],
    });
    assert.deepEqual(pairs(client!), [
      ['peer.service', 'stock'],
      ['network.peer.address', '10.0.0.2'],
    ]);
    assert.deepEqual(pairs(server!), [
      ['peer.service', 'shop'],
      ['network.local.address', '10.0.0.2'],
    ]);
  });

  it('has tags of any kind', () => {
    const [span] = read({ tags: { list: ['a', { b: 1 }], none: null, on: true } });
    assert.deepEqual(pairs(span!), [
      ['list', '["a",{"b":1}]'],
      ['none', ''],
      ['on', true],
    ]);
  });

  it('has annotations without a time at its start', () => {
    const annotations = [{ timestamp: timestamp + 5, value: 'late' }, { value: 'timeless' }];
    const [span] = read({ annotations });
    assert.deepEqual(
      span!.events.map(({ name, time }) => [name, time - timestamp]),
      [
        ['timeless', 0],
        ['late', 5],
      ],
    );
    const [begun] = read({ timestamp: undefined, annotations: annotations.toReversed() });
    assert.equal(begun!.start, timestamp + 5);
  });

  it('has what comes late of it once', () => {
    const spans = [...read({ localEndpoint, tags: { a: '1' } })];
    const late = { ...ids, localEndpoint, tags: { a: '1', b: '2' } };
    assert.deepEqual(addPartials(spans, [{ span: late }]), []);
    assert.deepEqual(
      pairs(spans[0]!).map(([key]) => key),
      ['a', 'network.local.address', 'network.local.port', 'b'],
    );
  });
});
