import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { codeLocation } from '../../../instrumentation/src/callSite.ts';

class Orders {
  list() {
    return codeLocation();
  }
}
class Returns extends Orders {}

describe('the line that calls', () => {
  it('is told with the class that calls, of each that has inherited the method', () => {
    const names = [new Orders(), new Returns(), new Orders()].map(
      (one) => one.list()['code.function.name'],
    );
    assert.deepEqual(names, ['Orders.list', 'Returns.list', 'Orders.list']);
  });

  it('is another one for each call, be they on one line', () => {
    const [one, other] = [codeLocation(), codeLocation()];
    assert.equal(one['code.file.path'], fileURLToPath(import.meta.url));
    assert.equal(one['code.line.number'], other['code.line.number']);
    assert.notEqual(one['code.column.number'], other['code.column.number']);
  });
});
