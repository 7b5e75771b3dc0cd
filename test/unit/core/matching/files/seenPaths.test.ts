import assert from 'node:assert/strict';
import { SeenPaths } from '../../../../../src/core/matching/files/seenPaths.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../../support/span.ts';

describe('the paths that spans of a service name', () => {
  const failed = (stack: string): RawSpan['events'] => [
    {
      name: 'exception',
      time: makeSpan({ id: 'x' }).start,
      attributes: [{ key: 'exception.stacktrace', value: stack }],
    },
  ];

  it('are those of code.*, of every frame that is no library, and the program', () => {
    const seen = new SeenPaths();
    const stack =
      'E\n at a (/app/src/a.ts:1:1)\n at b (/app/node_modules/b.js:1:1)\n at c (/app/src/c.ts?x:1:1)';
    const spans = [
      makeSpan({ id: 'a', service: 'one', attributes: { 'code.file.path': './src/main.ts' } }),
      makeSpan({ id: 'b', service: 'two', events: failed(stack) }),
    ];
    const attributes = [{ key: 'process.command', value: '/app/dist/main' }];
    seen.add(spans.map((span) => ({ ...span, resource: { ...span.resource, attributes } })));
    assert.deepEqual([...seen.byService.get('one')!].sort(), ['/app/dist/main.js', 'src/main.ts']);
    assert.deepEqual([...seen.byService.get('two')!].sort(), [
      '/app/dist/main.js',
      '/app/src/a.ts',
      '/app/src/c.ts',
    ]);
    assert.equal(seen.byService.get('none'), undefined);
    seen.clear();
    assert.equal(seen.byService.get('two'), undefined);
  });

  it('are bounded, however many there are', () => {
    const seen = new SeenPaths();
    for (let id = 0; id < 2_000; id++)
      seen.add([
        makeSpan({
          id: 'a',
          traceId: `${id}`,
          service: 'one',
          attributes: { 'code.file.path': `/app/${id}.ts` },
        }),
      ]);
    assert.equal(seen.byService.get('one')!.size, 500);
  });
});
