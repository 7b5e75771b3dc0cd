import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mapSpans } from '../../../support/mapTrace.ts';
import { usersApp } from '../../../support/recordedApps.ts';
import { makeSpan } from '../../../support/span.ts';

const text = fc.oneof(
  fc.constantFrom(
    'UsersController',
    'findOne',
    'User',
    'findMany',
    '/users/:id',
    '/users/7',
    'GET',
  ),
  fc.constantFrom('__proto__', 'constructor', '$&', '/:/:*', '(((((', '../../x.ts:1:1'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const key = fc.constantFrom(
  'nestjs.type',
  'nestjs.controller',
  'nestjs.callback',
  'http.route',
  'http.request.method',
  'url.path',
  'http.target',
  'model',
  'method',
  'name',
  'code.file.path',
  'code.function.name',
  'code.line.number',
  'express.type',
  'db.system',
);
const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const span = fc
  .record({
    id,
    parent: fc.option(id, { nil: undefined }),
    start: fc.integer({ min: 0, max: 20 }),
    duration: fc.integer({ min: 0, max: 20 }),
    kind: fc.constantFrom('internal', 'server', 'client', 'consumer'),
    service: fc.constantFrom('users-api', 'proxy', '__proto__'),
    name: fc.oneof(
      fc.constantFrom('prisma:client:operation', 'prisma:client:db_query', 'UsersService.findOne'),
      text,
    ),
    attributes: fc.dictionary(key, fc.oneof(text, fc.constantFrom('request_context', 'handler'))),
    events: fc.array(
      text.map((stack) => ({
        name: 'exception',
        time: makeSpan({ id: 'x' }).start,
        attributes: [
          { key: 'exception.stacktrace', value: `Error\n    at f (${stack})\n    at ${stack}` },
          { key: 'exception.message', value: `\nInvalid \`x.y()\` invocation in\n${stack}` },
        ],
      })),
      { maxLength: 2 },
    ),
  } as const)
  .map(makeSpan);

describe('matchTrace of arbitrary spans', () => {
  it('gives each row a match with a reason, in files of the index only', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 15 }), (spans) => {
        const { trace, matches } = mapSpans(spans, usersApp);
        assert.equal(matches.length, trace.size);
        for (const match of matches) {
          assert.notEqual(match.reason, '');
          if (match.confidence === 'unmapped') continue;
          assert.ok(usersApp.files.has(match.location.path));
          if (match.alternatives.length > 0) {
            assert.ok(match.confidence === 'likely' || match.confidence === 'weak');
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
