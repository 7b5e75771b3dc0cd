import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patternShape } from '../../../../src/core/code/nest/messages/patternShape.ts';
import { fitsShape } from '../../../../src/core/matching/messages/wildcards.ts';

const shapeOf = ({ source, flags }: RegExp) => patternShape(source, flags);

describe('the shape of a regular expression', () => {
  it('has a star where any text may stand', () => {
    assert.equal(shapeOf(/^order\..+$/), 'order.*');
    assert.equal(shapeOf(/^orders$/), 'orders');
    assert.equal(shapeOf(/orders/), '*orders*');
    assert.equal(shapeOf(/^a-\d+-[xyz]\.b/), 'a-*-*.b*');
    assert.equal(shapeOf(/^price\$/), 'price$*');
  });

  it('is not known where it says more than a shape can', () => {
    for (const pattern of [/^(a|b)$/, /^a+$/, /^ab?$/, /a/i, /a^b/, /a$b/, /^a{2}$/, /\bx/]) {
      assert.equal(shapeOf(pattern), undefined, String(pattern));
    }
  });

  it('takes whatever the expression takes', () => {
    const pieces = fc.array(fc.constantFrom('a', 'b', '\\.', '.*', '.', '\\w+', '[ab]*'), {
      maxLength: 5,
    });
    const text = fc.stringMatching(/^[ab.]{0,6}$/);
    fc.assert(
      fc.property(pieces, fc.boolean(), fc.boolean(), text, (parts, starts, ends, name) => {
        const source = `${starts ? '^' : ''}${parts.join('')}${ends ? '$' : ''}`;
        const shape = patternShape(source, '');
        assert.ok(shape !== undefined);
        if (new RegExp(source, 'v').test(name)) assert.ok(fitsShape(name, shape));
      }),
    );
  });
});
