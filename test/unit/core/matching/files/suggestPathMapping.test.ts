import assert from 'node:assert/strict';
import { SeenPaths } from '../../../../../src/core/matching/files/seenPaths.ts';
import { suggestPathMapping } from '../../../../../src/core/matching/files/suggestPathMapping.ts';

import { pathOptions, type PathMapping } from '../../../../../src/core/matching/options.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { noSourceMaps } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

const code = makeIndex({
  '/ws/web': {
    files: {
      'code/main.ts': { '': { boot: { at: 2 } } },
      'code/cart.ts': { Cart: { add: { at: 4 } } },
      'code/item.ts': { Item: { show: { at: 4 } } },
    },
  },
  '/ws/api': {
    files: {
      'src/main.ts': { '': { start: { at: 2 } } },
      'src/orders.ts': { Orders: { list: { at: 4 } } },
    },
  },
  '/ws/tax': { files: { 'src/main.ts': { '': { start: { at: 2 } } } } },
});

/** Paths with how many spans name each, and the function they name. */
type Seen = Readonly<Record<string, number | readonly [spans: number, name: string]>>;

interface Known {
  readonly declined?: readonly string[];
  readonly mappings?: readonly PathMapping[];
  readonly root?: string;
}

function suggest(seen: Seen, known: Known = {}): string | undefined {
  const { declined = [], mappings = [], root } = known;
  const paths = new SeenPaths();
  let id = 0;
  for (const [path, count] of Object.entries(seen)) {
    const [spans, name] = typeof count === 'number' ? [count, undefined] : count;
    const attributes = {
      'code.file.path': path,
      ...(name !== undefined && { 'code.function.name': name }),
    };
    id += 1;
    paths.add(
      Array.from({ length: spans }, (_, index) =>
        makeSpan({ id: `${index}`, traceId: `${id}`, service: 'some', attributes }),
      ),
    );
  }
  const seenOf = (service: string) => paths.byService.get(service) ?? new Set<string>();
  const options = { ...noSourceMaps, pathMappings: mappings, seenOf };
  const pathsOf = (service: string) => pathOptions(options, service, root);
  const found = suggestPathMapping(paths.all, code, pathsOf, declined);
  return found && `${found.from} ${found.to} ${found.spans}`;
}

describe('a path mapping is offered', () => {
  it('for the beginning that paths share elsewhere, with the spans it would tell the file of', () => {
    assert.equal(
      suggest({ '/srv/site/main.ts': 2, '/srv/site/cart.ts': 400, '/srv/site/item.ts': 10 }),
      '/srv/site /ws/web/code 412',
    );
  });

  it('where compiled files lie as their sources do', () => {
    assert.equal(
      suggest({
        '/app/dist/orders.js': [3, 'Orders.list'],
        '/app/dist/main.js': [2, 'start'],
      }),
      '/app /ws/api 5',
    );
  });

  it('for a checkout on Windows', () => {
    assert.equal(
      suggest({ 'C:\\site\\main.ts': 1, 'C:\\site\\cart.ts': 1 }),
      'c:/site /ws/web/code 2',
    );
  });

  it('for one file, when the function that the spans name is in it', () => {
    assert.equal(suggest({ '/srv/site/cart.ts': [5, 'Cart.add'] }), '/srv/site /ws/web/code 5');
    assert.equal(suggest({ '/srv/site/cart.ts': [5, 'Cart.gone'] }), undefined);
    assert.equal(suggest({ '/srv/site/cart.ts': 5 }), undefined);
  });

  it('not where most paths of that beginning have no file here', () => {
    assert.equal(
      suggest({
        '/srv/site/main.ts': 9,
        '/srv/site/cart.ts': 9,
        '/srv/site/a.ts': 1,
        '/srv/site/b.ts': 1,
        '/srv/site/c.ts': 1,
      }),
      undefined,
    );
  });

  it('not where two folders fit as well', () => {
    assert.equal(suggest({ '/srv/app/src/main.ts': [5, 'start'] }), undefined);
    assert.equal(
      suggest({ '/srv/app/src/main.ts': [5, 'start'], '/srv/app/src/orders.ts': 1 }),
      '/srv/app /ws/api 6',
    );
  });

  it('not where it would take paths away from files that are certain', () => {
    const root = '/ws/web';
    assert.equal(suggest({ '/srv/code/main.ts': 3, '/srv/code/cart.ts': 3 }, { root }), undefined);
    const mappings = [{ from: '/srv/site', to: '/ws/web/code' }];
    assert.equal(
      suggest({ '/srv/site/main.ts': 2, '/srv/site/cart.ts': 4 }, { mappings }),
      undefined,
    );
  });

  it('not for a package that is not here, below a root that the other paths teach', () => {
    const root = '/ws/api';
    const foreign = { '/app/libs/x/src/orders.ts': [5, 'Orders.list'] } as const;
    assert.equal(suggest(foreign, { root }), '/app/libs/x /ws/api 5');
    assert.equal(suggest({ ...foreign, '/app/api/src/main.ts': 1 }, { root }), undefined);
  });

  it('not for a function of another class', () => {
    assert.equal(suggest({ '/srv/site/cart.ts': [5, 'OtherCart.add'] }), undefined);
  });

  it('not again after it was offered, nor for a folder above or below', () => {
    const seen = { '/srv/site/main.ts': 2, '/srv/site/cart.ts': 4 };
    for (const declined of ['/srv/site', '/srv', '/srv/site/deeper'])
      assert.equal(suggest(seen, { declined: [declined] }), undefined, declined);
    assert.ok(suggest(seen, { declined: ['/srv/sites'] }));
  });

  it('for the frames of what failed too, and never for a library', () => {
    const paths = new SeenPaths();
    const event = {
      name: 'exception',
      time: makeSpan({ id: 'x' }).start,
      attributes: [
        {
          key: 'exception.stacktrace',
          value: 'E\n at x (/srv/site/node_modules/a.js:1:1)\n at Cart.add (/srv/site/cart.ts:4:1)',
        },
      ],
    };
    paths.add([makeSpan({ id: 'a', events: [event] })]);
    assert.deepEqual(
      paths.all.map(({ path, line, spans }) => [path, line, spans]),
      [['/srv/site/cart.ts', 4, 1]],
    );
  });

  it('by traces that are counted once, however often they are read', () => {
    const paths = new SeenPaths();
    const spans = [makeSpan({ id: 'a', attributes: { 'code.file.path': '/a/b.ts' } })];
    paths.add(spans);
    paths.add(spans);
    assert.equal(paths.all[0]?.spans, 1);
  });
});
