import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RouterRules } from '../../../../src/core/code/model.ts';
import { fitOf, readPath } from '../../../../src/core/matching/http/routeFit.ts';
import {
  compareSpecificity,
  parseRoute,
  spellingsOf,
} from '../../../../src/core/matching/http/routePattern.ts';

const express: RouterRules = {
  adapter: 'express',
  caseSensitive: false,
  strict: false,
  mergesSlashes: false,
  inOrder: true,
};
const fits = (path: string, route: string, rules?: RouterRules) =>
  fitOf(readPath(path), parseRoute(route), rules) !== undefined;

describe('a path and a route of a router that is not known', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['/', '/', true],
    ['/', '/orders', false],
    ['/orders', '/orders/', true],
    ['/orders', '/Orders', true],
    ['/orders', '/orders?page=2', true],
    ['/orders', '/orders/7', false],
    ['/orders/:id', '/orders//7', true],
    ['/orders/:id', '/orders', false],
    ['/files/{*path}', '/files', true],
    ['/über', '/%C3%BCber', true],
    ['/my%20orders', '/my%20orders', true],
    ['/orders/:id', '/orders/%E0%A4%A', true],
    ['/orders/:id/items', '/orders/7/notes', false],
  ];
  for (const [route, path, isFitting] of cases) {
    it(`${path} ${isFitting ? 'fits' : 'does not fit'} ${route}`, () => {
      assert.equal(fits(path, route), isFitting);
    });
  }
});

describe('spellings of a route', () => {
  const same: readonly (readonly string[])[] = [
    ['/rest/*', '/rest/(.*)', '/rest/{*path}', '/rest/*splat', '/rest/+', '/rest/:path(*)'],
    ['/orders/:id?', '/orders{/:id}'],
    ['/orders/:id', '/orders/:id(\\d+)', '/orders/:id([0-9]{3})'],
    ['/a/*/members', '/a/*path2/members', '/a/*path/members'],
    ['/*', '/{*any}', '/(.*)', '*', '*splat'],
    ['/:lang?/orders', '/{:lang/}orders'],
  ];
  for (const [first = '', ...others] of same) {
    for (const other of others) {
      it(`${other} is ${first}`, () => {
        assert.deepEqual(
          spellingsOf(parseRoute(other), true),
          spellingsOf(parseRoute(first), true),
        );
      });
    }
  }

  it('differ where a word, a case or a parameter does, the latter two only in names', () => {
    const spelled = (route: string, names: boolean) => spellingsOf(parseRoute(route), names).join();
    assert.notEqual(spelled('/orders/:id', true), spelled('/orders/:key', true));
    assert.equal(spelled('/orders/:id', false), spelled('/Orders/:key', false));
    assert.notEqual(spelled('/orders/:id', false), spelled('/orders/*', false));
    assert.notEqual(spelled('/orders/a', false), spelled('/orders/b', false));
    assert.notEqual(spelled('/orders/:from-:to', false), spelled('/orders/:from.:to', false));
  });
});

it('words are more specific than mixed parts, these than parameters, parameters than the rest', () => {
  const routes = [
    '/{*rest}',
    '/:a/:b',
    '/orders/:id',
    '/orders/:id.json',
    '/orders',
    '/orders/mine',
  ];
  const sorted = routes.toSorted((a, b) =>
    compareSpecificity(parseRoute(a)[0] ?? [], parseRoute(b)[0] ?? []),
  );
  assert.deepEqual(sorted, [
    '/orders/mine',
    '/orders/:id.json',
    '/orders/:id',
    '/orders',
    '/:a/:b',
    '/{*rest}',
  ]);
});

describe('any route and path', () => {
  const word = fc.constantFrom('a', 'bc', 'def', 'orders');
  const value = fc.constantFrom('7', 'x-1', 'a.b', 'Az_9', '..');
  const part = fc.oneof(
    word.map((text) => ({ route: text, path: fc.constantFrom(text, text.toUpperCase()) })),
    word.map((name) => ({ route: `:${name}`, path: value })),
    fc.tuple(word, word).map(([a, b]) => ({
      route: `:${a}.${b}`,
      path: value.map((text) => `${text}.${b}`),
    })),
  );
  const request = fc
    .array(part, { minLength: 1, maxLength: 5 })
    .chain((parts) =>
      fc
        .tuple(...parts.map(({ path }) => path))
        .map((path) => ({ route: `/${parts.map(({ route }) => route).join('/')}`, path })),
    );

  it('fits what its parameters may be, in any case, and nothing longer or shorter', () => {
    fc.assert(
      fc.property(request, ({ route, path }) => {
        const whole = `/${path.join('/')}`;
        assert(fits(whole, route, express), 'itself');
        assert(fits(`${whole}/`, route, express), 'with a slash');
        assert(!fits(`${whole}/more`, route, express), 'longer');
        assert(!fits(`/${path.slice(1).join('/')}`, route, express), 'shorter');
        assert(fits(`${whole}/x/y`, `${route}/*rest`, express), 'with the rest');
      }),
      { numRuns: 40 },
    );
  });

  it('ends soon, whatever it is', () => {
    const odd = fc.stringMatching(/^[/:*(){}?+.\-aA\\|"[\]$^]{0,60}$/);
    fc.assert(
      fc.property(odd, odd, (route, path) => {
        fits(path, route);
        fits(path, route, express);
        spellingsOf(parseRoute(route), true);
      }),
      { numRuns: 40 },
    );
  });

  it('ends soon where a constraint or many rests would look for long', () => {
    const started = performance.now();
    const long = `/${'a'.repeat(3_000)}/${'a/'.repeat(500)}!`;
    for (const route of [
      '/:x((a+)+)b',
      '/:x(a*a*a*b)',
      '/*/a/*/a/*/b',
      '/*/a/*/b',
      '/:a-:b-:c-:d',
    ]) {
      assert(!fits(long, route));
    }
    assert(performance.now() - started < 5_000);
  });
});
