import assert from 'node:assert/strict';
import { isInside, shownPath, workspacePath } from '../../../src/host/paths.ts';

describe('a path of the workspace', () => {
  it('has slashes and a small drive letter on Windows', () => {
    assert.equal(workspacePath('C:\\shop\\src\\main.ts'), 'c:/shop/src/main.ts');
    assert.equal(workspacePath('/shop/src/main.ts'), '/shop/src/main.ts');
  });

  it('is inside only below a folder, not beside one with a longer name', () => {
    assert.ok(isInside('/shop/src/main.ts', ['/other', '/shop']));
    assert.ok(isInside('/shop/src/main.ts', ['/shop/']));
    assert.ok(!isInside('/shopping/main.ts', ['/shop']));
    assert.ok(!isInside('/shop', []));
  });

  it('does not leave its folder by dots: a span can name any path', () => {
    assert.ok(!isInside('/shop/../etc/passwd', ['/shop']));
    assert.ok(!isInside('/shop/src/../../etc/passwd', ['/shop']));
    assert.ok(isInside('/shop/src/../main.ts', ['/shop']));
    assert.ok(!isInside('//host/share/main.ts', ['/shop']));
  });

  it('is shown from its folder, whole outside', () => {
    assert.equal(shownPath('/shop/src/main.ts', ['/shop']), 'src/main.ts');
    assert.equal(shownPath('/etc/hosts', ['/shop']), '/etc/hosts');
  });

  it('is shown with the name of its folder where there are several', () => {
    const folders = ['/apps/shop-api', '/apps/pricing-api'];
    assert.equal(shownPath('/apps/pricing-api/src/main.ts', folders), 'pricing-api/src/main.ts');
    assert.equal(shownPath('/apps/shop-api', folders), 'shop-api');
    assert.equal(shownPath('/shop', ['/shop']), 'shop');
  });
});
