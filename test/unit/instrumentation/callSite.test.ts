import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

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

  it('is told with the name that a function was given by what made it', () => {
    const made = (model: string) => ({ [`${model}List`]: () => codeLocation() })[`${model}List`]!;
    assert.deepEqual(
      ['user', 'order', 'user'].map((model) => made(model)()['code.function.name']),
      ['userList', 'orderList', 'userList'],
    );
  });

  it('is told anew where a file of the same name has other lines', () => {
    const script = (start: string) =>
      vm.runInThisContext(`${start}(locate) => locate()`, { filename: '/app/page.js' }) as (
        locate: typeof codeLocation,
      ) => ReturnType<typeof codeLocation>;
    const lines = ['1; 2; ', '\n\n1;2;'].map((start) => script(start)(codeLocation));
    assert.deepEqual(
      lines.map((location) => location['code.line.number']),
      [1, 3],
    );
  });

  it('is another one for each call, be they on one line', () => {
    const [one, other] = [codeLocation(), codeLocation()];
    assert.equal(one['code.file.path'], fileURLToPath(import.meta.url));
    assert.equal(one['code.line.number'], other['code.line.number']);
    assert.notEqual(one['code.column.number'], other['code.column.number']);
  });
});
