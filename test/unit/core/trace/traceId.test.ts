import assert from 'node:assert/strict';
import { parseTraceId } from '../../../../src/core/trace/traceId.ts';

const id = '4bf92f3577b34da6a3ce929d0e0e4736';
const padded = '0000000000000000a3ce929d0e0e4736';

describe('a trace id as people have it', () => {
  for (const [text, expected] of [
    [' 4BF92F3577B34DA6A3CE929D0E0E4736\n', id],
    ['a3ce929d0e0e4736', padded],
    ['A3CE929D0E0E4736', padded],
    [padded, padded],
    ['0x4bf92f3577b34da6a3ce929d0e0e4736', id],
    ['0Xa3ce929d0e0e4736', padded],
    ['4bf92f35-77b3-4da6-a3ce-929d0e0e4736', id],
    [`00-${id}-00f067aa0ba902b7-01`, id],
    [`${id}-00f067aa0ba902b7-1-05e3ac9a4f6e3b90`, id],
    ['a3ce929d0e0e4736-00f067aa0ba902b7', padded],
    [`${id}:00f067aa0ba902b7:0:1`, id],
    ['Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Sampled=1', id],
    ['1', '1'.padStart(32, '0')],
  ] as const)
    it(`${JSON.stringify(text)} is ${expected.replace(/^0+/, '')}`, () =>
      assert.equal(parseTraceId(text), expected));

  it('is none in anything else, nor in zeros', () => {
    const zeros = `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`;
    for (const text of ['', 'xyz', '0000', `${id}1`, '4bf9 2f35', 'dead-beef', '0x', zeros])
      assert.equal(parseTraceId(text), undefined, text);
  });
});
