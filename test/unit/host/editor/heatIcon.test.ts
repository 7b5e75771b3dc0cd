import assert from 'node:assert/strict';

import { heats } from '../../../../src/core/correlate/lines/heat.ts';
import { heatIcon } from '../../../../src/host/editor/heatIcon.ts';

describe('the mark of a hot line', () => {
  it('differs in shape, not only in colour', () => {
    const shapes = heats.map((heat) => heatIcon(heat).replaceAll(/#[0-9a-f]{6}/g, ''));
    assert.equal(new Set(shapes).size, heats.length);
  });
});
