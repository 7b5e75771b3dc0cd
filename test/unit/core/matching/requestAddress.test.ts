import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RouterRules } from '../../../../src/core/code/model.ts';
import { isMatch } from '../../../../src/core/matching/match.ts';
import { matchKey } from '../../../../src/core/matching/operations/matchKey.ts';
import { operationKeyOf } from '../../../../src/core/matching/operations/operationKey.ts';
import { ReportTally } from '../../../../src/core/correlate/report/reportTally.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { one } from '../../../support/handMadeShop.ts';
import { foldersOf, mapSpans, noSourceMaps } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

const code = makeIndex({
  '/shop/api': {
    services: ['api'],
    files: {
      'src/app.controller.ts': { AppController: { root: { at: 3, route: 'GET /' } } },
      'src/books.controller.ts': {
        BooksController: {
          list: { at: 10, route: 'GET /api/books' },
          one: { at: 20, route: 'GET /api/books/:id(\\d+)' },
          search: { at: 30, route: 'QUERY /api/books' },
          hooks: { at: 40, route: 'ALL /api/books/hooks' },
          maybe: { at: 50, route: 'GET /api/shelves/:id?' },
        },
      },
      'src/rest.controller.ts': {
        RestController: {
          all: { at: 10, route: 'ALL /api/rest/*' },
          members: { at: 20, route: 'GET /api/groups/*/members' },
          file: { at: 30, route: 'GET /api/files/:name.:ext' },
        },
      },
    },
  },
});
const get = (attributes: Readonly<Record<string, string | number>>) =>
  one(
    { kind: 'server', service: 'api', attributes: { 'http.request.method': 'GET', ...attributes } },
    noSourceMaps,
    code,
  );
const route = (text: string) => get({ 'http.route': text });

describe('the route of a span', () => {
  const strong: readonly (readonly [string, string])[] = [
    ['/api/rest/{*path}', 'RestController.all 10'],
    ['/api/rest/(.*)', 'RestController.all 10'],
    ['/api/rest/*splat', 'RestController.all 10'],
    ['/api/groups/*path11/members', 'RestController.members 20'],
    ['/api/books/:id', 'BooksController.one 20'],
    ['/api/shelves{/:id}', 'BooksController.maybe 50'],
    ['//api//books/', 'BooksController.list 10'],
    ['api/books', 'BooksController.list 10'],
    ['http://shop.example:3000/api/books', 'BooksController.list 10'],
    ['GET /api/books', 'BooksController.list 10'],
    ['/api/books?page=2', 'BooksController.list 10'],
  ];
  for (const [text, handler] of strong) {
    it(`${text} is that of ${handler.split(' ')[0]}, however it is written`, () => {
      assert.equal(route(text), `strong ${handler}`);
    });
  }

  const likely: readonly (readonly [string, string])[] = [
    ['/api/books/:bookId', 'BooksController.one 20'],
    ['/API/Books', 'BooksController.list 10'],
    ['/api/api/books', 'BooksController.list 10'],
  ];
  for (const [text, handler] of likely) {
    it(`${text} is likely that of ${handler.split(' ')[0]}`, () => {
      assert.equal(route(text), `likely ${handler}`);
    });
  }

  it('of something mounted at the start of the path is not that of the handler there', () => {
    const mounted = { 'http.route': '/api/books', 'url.path': '/api/books/7' };
    assert.equal(get(mounted), 'likely BooksController.one 20');
    assert.match(
      get({ 'http.route': '/api/books', 'url.path': '/api/books/x/y' }),
      /^unmapped: No handler has route GET \/api\/books\/\*;/,
    );
  });

  it('for every path leaves the handler that the path fits', () => {
    assert.equal(
      get({ 'http.route': '/{*any}', 'url.path': '/api/books/7' }),
      'likely BooksController.one 20',
    );
    assert.match(route('/{*any}'), /^unmapped: No handler has route GET \/{\*any};/);
  });

  it('that nobody answered is none of a handler', () => {
    const nobody = { 'http.route': '/', 'url.path': '/nothing', 'http.response.status_code': 404 };
    assert.match(get(nobody), /^unmapped: The response was 404/);
    const middleware = { ...nobody, 'http.route': '/{*any}' };
    assert.match(get(middleware), /^unmapped: The response was 404/);
    assert.equal(get({ 'http.route': '/', 'url.path': '/' }), 'strong AppController.root 3');
  });

  it('that is a regular expression leaves the path', () => {
    assert.equal(
      get({ 'http.route': '/^\\/api\\/books\\/(\\d+)$/', 'url.path': '/api/books/7' }),
      'likely BooksController.one 20',
    );
  });
});

describe('the path of a span without a route', () => {
  const path = (text: string) => get({ 'url.path': text });

  it('fits in any case, with a slash at the end, or doubled, where the router is not known', () => {
    assert.equal(path('/API/books/'), 'likely BooksController.list 10');
    assert.equal(path('/api//books/7'), 'likely BooksController.one 20');
    assert.equal(path('/api/files/a.b.pdf'), 'likely RestController.file 30');
    assert.match(path('/api/books/seven'), /^unmapped: No route matches/);
  });

  it('may be in a whole URL, as old instrumentations write it', () => {
    assert.equal(get({ 'http.url': 'http://h:1/api/books?x=1' }), 'likely BooksController.list 10');
  });

  it('of a method that the conventions do not know is asked with what was sent', () => {
    const attributes = {
      'http.request.method': '_OTHER',
      'http.request.method_original': 'QUERY',
      'http.route': '/api/books',
    };
    assert.equal(get(attributes), 'strong BooksController.search 30');
  });

  it('of OPTIONS is CORS’s or the framework’s where no handler is', () => {
    const options = { 'http.request.method': 'OPTIONS', 'url.path': '/api/books' };
    assert.match(get(options), /^unmapped: No handler for OPTIONS/);
    assert.equal(
      get({ ...options, 'url.path': '/api/books/hooks' }),
      'likely BooksController.hooks 40',
    );
  });

  it('fits by the rules of a known router, else weakly, and not after a 404', () => {
    const router: RouterRules = {
      adapter: 'fastify',
      caseSensitive: true,
      strict: true,
      mergesSlashes: false,
      inOrder: false,
    };
    const strict = {
      ...code,
      handlers: code.handlers.map((one) => (one.kind === 'http' ? { ...one, router } : one)),
    };
    const asked = (text: string, status: number) =>
      one(
        {
          kind: 'server',
          service: 'api',
          attributes: {
            'http.request.method': 'GET',
            'url.path': text,
            'http.response.status_code': status,
          },
        },
        noSourceMaps,
        strict,
      );
    assert.equal(asked('/api/books', 404), 'likely BooksController.list 10');
    assert.equal(asked('/api/Books', 200), 'weak BooksController.list 10');
    assert.match(asked('/api/books/', 404), /^unmapped: The response was 404/);
  });
});

describe('a request', () => {
  const text = (...options: string[]) => fc.constantFrom(...options);
  const attributes = fc.record(
    {
      'http.request.method': text('GET', 'get', 'QUERY', '_OTHER', 'OPTIONS', 'HEAD', 'POST'),
      'http.request.method_original': text('QUERY', 'GET'),
      'http.route': text(
        '/',
        '/api/books',
        '/api/books/:id',
        '/API/books',
        '/api/rest/{*path}',
        '/x',
      ),
      'url.path': text('/', '/api/books', '/api/books/7', '/api/Books/', '/api/rest/a/b', '/y'),
      'http.response.status_code': fc.constantFrom(200, 404),
    },
    { requiredKeys: [] },
  );

  it('counts for the handler that its span is led to by its route, and only then is declared', () => {
    fc.assert(
      fc.property(attributes, (of) => {
        const span = makeSpan({ id: 'a', kind: 'server', service: 'api', attributes: of });
        const { matches, trace } = mapSpans([span], code);
        const services = foldersOf([span], code);
        const key = operationKeyOf(span);
        const [match] = matches;
        assert(key && match);
        const counted = matchKey(key, code, services);
        // Figures keep no paths: by its path alone a request can be led further than its figures.
        if (isMatch(counted)) assert.equal(isMatch(match) && match.handlerId, counted.handlerId);
        const tally = new ReportTally(undefined);
        tally.add(trace, matches, code);
        const isListed = tally.report(code, services).undeclaredRoutes.length > 0;
        if (isMatch(counted)) assert(!isListed);
      }),
    );
  });
});
