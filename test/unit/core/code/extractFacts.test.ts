import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { httpHandlers, indexFiles, routesOf } from '../../../support/memoryWorkspace.ts';

const controller = `import { Controller, Get } from '@nestjs/common';
@Controller('a')
export class A {
  @Get('one') one() { return 1; }
  @Get('two') two() { return this.one(); }
}`;

describe('facts of broken code', () => {
  it('code that does not parse gives what stands before the error, and a problem with its line', () => {
    const index = indexFiles({ 'a.ts': `${controller}\nclass B { @Get( }` });
    assert.deepEqual(routesOf(index), ['GET /a/one A.one a.ts:4', 'GET /a/two A.two a.ts:5']);
    assert.deepEqual(
      index.problems.map((p) => [p.path, p.line]),
      [['/ws/a.ts', 7]],
    );
  });

  it('a half-typed decorator leaves the other handlers', () => {
    const index = indexFiles({ 'a.ts': controller.replace(`@Get('two')`, '@') });
    assert.deepEqual(routesOf(index), ['GET /a/one A.one a.ts:4']);
  });

  it('any cut of a file is read and linked without an exception', () => {
    fc.assert(
      fc.property(fc.nat(controller.length), fc.nat(controller.length), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const index = indexFiles({ 'a.ts': controller.slice(0, from) + controller.slice(to) });
        for (const { methodId } of index.handlers) assert.ok(index.method(methodId));
      }),
    );
  });

  it('arbitrary text is no exception', () => {
    const pieces = fc.constantFrom(
      '@',
      'Controller',
      '(',
      ')',
      '{',
      '}',
      'class A',
      ' extends ',
      'A',
      '`${',
      '`',
      '=>',
      ';',
      'this.',
      'import x from "./a"',
      'const a = ',
      'a.',
      'x',
      '[',
      ']',
      '...',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        indexFiles({ 'a.ts': parts.join('') });
      }),
    );
  });

  it('code nested too deeply is a problem of that file', () => {
    const deep = `const x = ${'['.repeat(20_000)}${']'.repeat(20_000)};`;
    const facts = extractFacts('/ws/deep.ts', deep);
    assert.equal(facts.problems.length > 0, true);
  });

  it('constants, spreads, functions and imports that go round in circles end', () => {
    const index = indexFiles({
      'a.ts': `import { b } from './b'; export const a = b; export * from './b';
import { Controller, Get, Module, applyDecorators } from '@nestjs/common';
const s = { ...s, x: s.x }; const f = () => f(); const list = [...list];
export const D = () => applyDecorators(D(), Get(f()));
@Controller(a + s.x) export class A { @D() one() {} @Get(list) two() {} }
@Module({ imports: [M, ...list, f()], controllers: [A] }) class M {}`,
      'b.ts': `import { a } from './a'; export const b = a; export * from './a';`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map((h) => [h.handler, h.pathComplete])
        .sort(),
      [
        ['one', false],
        ['two', false],
      ],
    );
  });

  it('a value built of itself many times over stays small', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `const v${i + 1} = [v${i}, v${i}];`);
    const code = `function f(v0) { ${lines.join('\n')} return v40; }`;
    assert.equal(JSON.stringify(extractFacts('/ws/a.ts', code)).length < 100_000, true);
  });
});

describe('the index report', () => {
  it('has paths relative to the root and operations as written', () => {
    const index = indexFiles({
      'schema.prisma': 'model User { id Int }',
      'a.ts': `import { PrismaClient } from '@prisma/client';\nconst p = new PrismaClient();\nfunction go() { p.user.count(); p.$queryRaw\`x\`; }`,
      'sub/b.ts': controller,
    });
    assert.deepEqual(indexReport(index, '/ws'), {
      handlers: [
        {
          kind: 'http',
          method: 'GET',
          path: '/a/one',
          controller: 'A',
          handler: 'one',
          file: 'sub/b.ts',
          line: 4,
        },
        {
          kind: 'http',
          method: 'GET',
          path: '/a/two',
          controller: 'A',
          handler: 'two',
          file: 'sub/b.ts',
          line: 5,
        },
      ],
      prismaCalls: [
        { file: 'a.ts', line: 3, model: 'User', operation: 'count', enclosing: 'go' },
        { file: 'a.ts', line: 3, model: null, operation: '$queryRaw', enclosing: 'go' },
      ],
      calls: [],
    });
  });
});
