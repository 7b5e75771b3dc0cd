import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { watchDecorators } from '../../../instrumentation/src/decorated.ts';
import { methodAround, rememberClasses } from '../../../instrumentation/src/methodExtents.ts';
import { handlerLocation, namedMethodLocation } from '../../../instrumentation/src/methods.ts';

const reflect = Reflect as { defineMetadata?: (...args: unknown[]) => void };
const define = reflect.defineMetadata;
reflect.defineMetadata = () => undefined;
watchDecorators();

// In JavaScript's words alone: the file holds what runs.
class Decorated {
  playlist() {
    return [];
  }

  // below: list of Decorated
  list() {
    return [];
  }

  // below: replaced
  replaced() {
    return [1].map((one) => one);
  }
}
Object.defineProperty(Decorated.prototype, 'replaced', { value: () => [], writable: true });
reflect.defineMetadata('controller', true, Decorated);
if (define === undefined) delete reflect.defineMetadata;
else reflect.defineMetadata = define;

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
}

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

  it('is not guessed', () => {
    assert.equal(handlerLocation(new Orders(), wrapper('other')), undefined);
    assert.equal(namedMethodLocation(Orders.prototype, 'other'), undefined);
  });

  it('is where it is written, not where its decorator put another function', () => {
    for (const name of ['list', 'replaced']) {
      const location = handlerLocation(new Decorated(), wrapper(name));
      const mark = name === 'list' ? 'list of Decorated' : name;
      assert.deepEqual(
        [location?.functionName, location?.path, location?.line],
        [`Decorated.${name}`, import.meta.filename, lineOf(mark)],
      );
    }
  });

  it('is around the callbacks in it', () => {
    rememberClasses([Decorated.prototype, Orders.prototype]);
    const around = methodAround(import.meta.filename, lineOf('list of Decorated') + 1);
    assert.equal(around, 'Decorated.list');
    assert.equal(methodAround(import.meta.filename, 1), undefined);
  });
});
