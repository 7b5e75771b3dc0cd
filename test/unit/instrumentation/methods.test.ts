import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import {
  handlerLocation,
  methodAround,
  namedMethodLocation,
  rememberClasses,
} from '../../../instrumentation/src/methods.ts';

class Base {
  // below: inherited
  inherited() {
    return 1;
  }
}

class Orders extends Base {
  readonly served = '{ not a body (';
  readonly pages: number;
  constructor(pages = 2) {
    super();
    this.pages = pages;
  }

  // below: list
  list() {
    return this.served;
  }

  async remove(id: number) {
    await Promise.resolve(id);
    // below: a callback
    return () => id;
  }
}

class Wrapped {
  // below: find
  find(id: string) {
    return id;
  }
}
const original = Object.getOwnPropertyDescriptor(Wrapped.prototype, 'find')!;
Object.defineProperty(Wrapped.prototype, 'find', {
  ...original,
  value: function replaced(this: unknown, ...args: unknown[]): unknown {
    return Reflect.apply(original.value as () => unknown, this, args);
  },
});

const text = readFileSync(import.meta.filename, 'utf8').split('\n');
const lineOf = (mark: string) => text.findIndex((line) => line.endsWith(`// below: ${mark}`)) + 2;

/** A function that stands for a method as tracing wraps it: another one, of its name. */
const wrapper = (name: string) => Object.defineProperty(() => undefined, 'name', { value: name });

describe('a handler’s method', () => {
  it('is where its class has it, whoever wraps it', () => {
    for (const callback of [
      Object.getOwnPropertyDescriptor(Orders.prototype, 'list')?.value as () => void,
      wrapper('list'),
    ]) {
      const location = handlerLocation(new Orders(), callback);
      assert.deepEqual(
        [location?.functionName, location?.path, location?.line],
        ['Orders.list', import.meta.filename, lineOf('list')],
      );
    }
  });

  it('is in the base class that has it', () => {
    const location = handlerLocation(new Orders(), wrapper('inherited'));
    assert.deepEqual(
      [location?.functionName, location?.line],
      ['Base.inherited', lineOf('inherited')],
    );
  });

  it('is where it is written, not where its decorator put another function', () => {
    for (const location of [
      handlerLocation(new Wrapped(), wrapper('find')),
      handlerLocation(new Wrapped(), wrapper('replaced')),
      namedMethodLocation(Wrapped.prototype, 'find'),
    ])
      assert.deepEqual([location?.functionName, location?.line], ['Wrapped.find', lineOf('find')]);
  });

  it('is not guessed', () => {
    assert.equal(handlerLocation(new Orders(), wrapper('other')), undefined);
    assert.equal(namedMethodLocation(Orders.prototype, 'other'), undefined);
  });

  it('is around the callbacks in it', () => {
    rememberClasses([Orders.prototype, Base.prototype]);
    assert.equal(methodAround(import.meta.filename, lineOf('a callback')), 'Orders.remove');
    assert.equal(methodAround(import.meta.filename, 1), undefined);
  });
});
