import assert from 'node:assert/strict';

import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { KnownLines } from '../../../../src/host/code/fileLines.ts';
import { exceptionLenses } from '../../../../src/host/editor/exceptionLenses.ts';

const at = (lineNumber: number, type: string, start: number): KnownLines['exceptions'][number] => ({
  lineNumber,
  line: {
    location: { path: '/ws/a.ts', line: lineNumber, column: 1 },
    basis: { sampledTraces: 200, isWhole: false },
    exception: {
      id: type,
      type,
      message: 'no',
      place: {
        location: { path: '/ws/a.ts', line: lineNumber, column: 1 },
        symbol: 'A.b',
        reason: 'Innermost workspace frame of the exception.',
        method: undefined,
      },
      handledBy: 'GET /a',
      requests: 3,
      latest: { traceId: type, spanId: 'f', label: 'x', start: epochMicroseconds(start) },
    },
  },
});

describe('lenses above lines that threw', () => {
  it('are one a line, that leads to the latest of its exceptions', () => {
    const lenses = exceptionLenses(
      { exceptions: [at(7, 'TypeError', 1), at(9, 'RangeError', 2), at(7, 'Boom', 3)] },
      { mode: 'full' },
    );
    assert.deepEqual(
      lenses.map(({ line, text, exception }) => [line, text, exception.latest.traceId]),
      [
        [7, '$(error)\u20023 × TypeError · 3 × Boom', 'Boom'],
        [9, '$(error)\u20023 × RangeError', 'RangeError'],
      ],
    );
    assert.match(lenses[0]!.tooltip, /^TypeError: no\nRequests .* 200 traces: 3\.\nBoom: no\n/);
    assert.match(
      lenses[0]!.tooltip,
      /Innermost workspace frame .*\nClick to open the latest trace\.$/,
    );
  });

  it("aren't there where lenses are off or in hovers only", () => {
    for (const mode of ['off', 'hoverOnly'] as const)
      assert.deepEqual(exceptionLenses({ exceptions: [at(7, 'A', 1)] }, { mode }), []);
  });

  it('draw no icon that a type asks for', () => {
    const [lens] = exceptionLenses({ exceptions: [at(1, '$(flame)', 1)] }, { mode: 'full' });
    assert.ok(!lens!.text.includes('$(flame)'));
  });
});
