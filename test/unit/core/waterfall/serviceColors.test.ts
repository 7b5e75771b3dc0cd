import fc from 'fast-check';
import assert from 'node:assert/strict';
import { serviceColorCount, serviceColors } from '../../../../src/core/waterfall/serviceColors.ts';

describe('serviceColors', () => {
  it('six services never share a hue, twelve never a color', () => {
    const names = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: serviceColorCount });
    fc.assert(
      fc.property(names, (services) => {
        const colors = [...serviceColors(services)];
        assert.equal(new Set(colors).size, services.length);
        if (services.length <= 6)
          assert.equal(new Set(colors.map((color) => color % 6)).size, services.length);
      }),
    );
  });

  it('does not depend on the order in which services are met', () => {
    const services = ['shop-api', 'pricing-api', 'inventory', 'mail'];
    const forward = serviceColors(services);
    const backward = serviceColors([...services].reverse());
    assert.deepEqual([...backward].reverse(), [...forward]);
  });

  it('a service alone keeps its color', () => {
    assert.deepEqual(serviceColors(['shop-api']), serviceColors(['shop-api']));
    assert.ok(serviceColors(['shop-api'])[0]! < 6);
  });

  it('a hundred services all get a color', () => {
    const colors = serviceColors(Array.from({ length: 100 }, (_, index) => `service-${index}`));
    assert.ok(colors.every((color) => color < serviceColorCount));
  });
});
