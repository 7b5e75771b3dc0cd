import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTraceLink } from '../../../../src/core/trace/traceLink.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const parse = (path: string, query = '', fragment = '') =>
  parseTraceLink({ path, query, fragment });

describe('a link to a trace', () => {
  it('names a trace, and a span where it wants one, in any case', () => {
    assert.deepEqual(parse(`/trace/${traceId}`), { traceId, spanId: undefined });
    assert.deepEqual(parse(`/trace/${traceId.toUpperCase()}`, `span=${spanId.toUpperCase()}`), {
      traceId,
      spanId,
    });
  });

  it('has ids padded that lost their zeros', () => {
    assert.deepEqual(parse('/trace/a1', 'span=b2'), {
      traceId: 'a1'.padStart(32, '0'),
      spanId: 'b2'.padStart(16, '0'),
    });
  });

  for (const [what, path, query = '', fragment = ''] of [
    ['nothing', ''],
    ['another place', '/settings'],
    ['no id', '/trace/'],
    ['an id of zeros', `/trace/${'0'.repeat(32)}`],
    ['an id that is too long', `/trace/${traceId}0`],
    ['an id of other letters', '/trace/4bf92f3577b34da6a3ce929d0e0e473g'],
    ['a path of a file', '/trace//etc/passwd'],
    ['a way up', `/trace/../${traceId}`],
    ['a way on', `/trace/${traceId}/../../settings`],
    ['a file in place of an id', `/trace/${traceId}@/etc/passwd`],
    ['a web address in place of an id', '/trace/http://evil.example/'],
    ['a command in place of an id', '/trace/command:workbench.action.quit'],
    ['another case of the place', `/Trace/${traceId}`],
    ['a space', `/trace/ ${traceId}`],
    ['a line break', `/trace/${traceId}\n`],
    ['a null character', `/trace/${traceId}\0`],
    ['digits of another script', `/trace/${'４'.repeat(32)}`],
    ['a letter that becomes k in lower case', '/trace/\u212a'],
    ['a server', `/trace/${traceId}`, 'url=http://evil.example'],
    ['a server beside a span', `/trace/${traceId}`, `span=${spanId}&url=http://evil.example`],
    ['a file', `/trace/${traceId}`, 'file=/etc/passwd'],
    ['two spans', `/trace/${traceId}`, `span=${spanId}&span=${spanId}`],
    ['an empty span', `/trace/${traceId}`, 'span='],
    ['a span of zeros', `/trace/${traceId}`, `span=${'0'.repeat(16)}`],
    ['a span that is too long', `/trace/${traceId}`, `span=${spanId}0`],
    ['markup as a span', `/trace/${traceId}`, 'span=<img src=x onerror=alert(1)>'],
    ['a fragment', `/trace/${traceId}`, '', 'x'],
    ['a very long path', `/trace/${'a'.repeat(1_000_000)}`],
  ] as const) {
    it(`is none with ${what}`, () => assert.equal(parse(path, query, fragment), undefined));
  }

  it('gives ids in lower-case hex or nothing, whatever it holds', () => {
    const letters = ['/', 'span=', '0', 'a', 'F', '&', '?', '@', '.', '%', '\n'];
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...letters) }));
    fc.assert(
      fc.property(text, text, text, (path, query, fragment) => {
        const link = parse(`/trace/${path}`, query, fragment);
        if (!link) return;
        assert.match(link.traceId, /^[0-9a-f]{32}$/);
        assert.match(link.spanId ?? spanId, /^[0-9a-f]{16}$/);
      }),
    );
  });
});
