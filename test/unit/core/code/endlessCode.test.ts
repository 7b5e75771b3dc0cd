import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import { writeFacts } from '../../../../src/core/code/language/factsText.ts';
import { Linker } from '../../../../src/core/code/linker.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { endlessCode, hugeFiles, type Files } from '../../../support/endlessCode.ts';
import { indexContents } from '../../../support/indexContents.ts';
import { indexFiles, linked, routesOf, workspaceOf } from '../../../support/memoryWorkspace.ts';

/** About a tenth of a second of one core. */
const mostSteps = 1_000_000;
const pathsOf = (index: CodeIndex) =>
  index.handlers.flatMap((handler) => (handler.kind === 'http' ? [handler.path] : []));
const files = (name: string): Files => endlessCode[name] ?? {};

describe('code that never ends', function () {
  this.timeout(60_000);

  for (const [name, texts] of Object.entries(endlessCode)) {
    it(`is linked, and what it reaches found, in few steps: ${name}`, () => {
      const linker = new Linker();
      const index = linked(linker, workspaceOf(texts));
      for (const path of index.files) {
        for (const { id } of index.methodsOf(path).slice(0, 30)) index.reachableCalls(id);
      }
      ok(linker.steps < mostSteps, `${linker.steps} steps`);
      ok(index.handlers.length <= 70_000, `${index.handlers.length} handlers`);
    });
  }

  for (const [name, text] of Object.entries(hugeFiles)) {
    it(`is read in bounds, and says where it was not read whole: ${name}`, () => {
      const facts = extractFacts('/ws/app.ts', text);
      const size = writeFacts(facts).join('').length;
      ok(size < 25_000_000, `${size} characters of facts`);
      const linker = new Linker();
      linked(linker, workspaceOf({ 'app.ts': text }));
      ok(linker.steps < 2 * mostSteps, `${linker.steps} steps`);
    });
  }

  it('keeps the routes around it, and of a path all that doesn’t name itself', () => {
    const index = indexFiles({
      'c.ts': `import { Controller, Get } from '@nestjs/common';
export const PATH = \`\${PATH}\${PATH}/half\`;
@Controller('cats') export class Cats { @Get('all') all() {} @Get(PATH) half() {} @Get(['a', PATH]) two() {} }`,
    });
    deepEqual(routesOf(index), [
      'GET /cats/a Cats.two c.ts:3',
      'GET /cats/all Cats.all c.ts:3',
      'GET /half Cats.half c.ts:3 incomplete',
      'GET /half Cats.two c.ts:3 incomplete',
    ]);
  });

  it('ends a chain of constants only where it is no path any more', () => {
    const chain = (count: number) =>
      Array.from({ length: count }, (_, i) => `const c${i + 1} = c${i} + c${i};`).join('\n');
    const route = (count: number) =>
      pathsOf(
        indexFiles({
          'c.ts': `import { Controller, Get } from '@nestjs/common';
const c0 = 'x';\n${chain(count)}
@Controller(c${count}) export class C { @Get() all() {} }`,
        }),
      );
    deepEqual(route(10), [`/${'x'.repeat(1_024)}`]);
    deepEqual(route(20), ['/']);
  });

  it('finds what layers of index files and long chains of them re-export', () => {
    deepEqual(pathsOf(indexFiles(files('layers of index files'))).sort(), [
      '/',
      '/found',
      '/found/found',
    ]);
    deepEqual(pathsOf(indexFiles(files('a long chain of re-exports'))), ['/found/found']);
    deepEqual(pathsOf(indexFiles(files('a long chain of imported names'))), ['/found/found']);
  });

  it('looks for names that none of many index files has only so far', () => {
    const count = 400;
    const texts: Record<string, string> = {};
    for (let i = 0; i < count; i += 1) {
      const next = [(i + 1) % count, (i * 7 + 3) % count];
      texts[`f${i}/index.ts`] = next.map((of) => `export * from '../f${of}';`).join('\n');
      texts[`f${i}/c.ts`] = `import { Controller, Get } from '@nestjs/common';
import { MISSING${i} } from '.';
@Controller(MISSING${i}) export class C${i} { @Get() list() {} }`;
    }
    const linker = new Linker();
    equal(linked(linker, workspaceOf(texts)).handlers.length, count);
    ok(linker.steps < count * 300, `${linker.steps} steps`);
  });

  it('gives a class in a circle its own handlers only', () => {
    const names = ['a thousand classes that extend in a circle', 'a class that extends itself'];
    deepEqual(
      names.map((name) => indexFiles(files(name)).handlers.length),
      [1_000, 1],
    );
  });

  it('says which class extends too many, and of which method the routes are too many', () => {
    const [cut] = indexFiles(files('a thousand classes that extend one after another')).problems;
    equal(
      cut?.message,
      'C0 has more than 64 base classes in a row; members inherited from further up are missing.',
    );
    const [many] = indexFiles(files('versions of many paths')).problems;
    equal(many?.message, 'Only the first 2000 routes of list are indexed.');
  });

  it('links dynamic modules that import each other with all their edges', () => {
    const index = indexFiles(files('dynamic modules that import each other'));
    equal(index.handlers.length, 1);
  });

  it('takes few steps for any names that stand for one another, and after an edit the same as from scratch', () => {
    fc.assert(
      fc.property(tangles, tangles, (first, second) => {
        const linker = new Linker();
        for (const tangle of [first, second]) {
          const before = linker.steps;
          const workspace = workspaceOf(textsOf(tangle));
          const relinked = linked(linker, workspace);
          ok(linker.steps - before < mostSteps, `${linker.steps - before} steps`);
          const fresh = linked(new Linker(), workspace);
          deepEqual(indexContents(relinked), indexContents(fresh));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Names of three files that stand for expressions of one another. */
const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
const fileNames = ['a', 'b', 'c'] as const;
const name = fc.constantFrom(...names);
const expression = fc
  .tuple(
    fc.constantFrom(
      (a: string, b: string) => `${a} + ${b}`,
      (a: string, b: string) => `\`\${${a}}\${${b}}/x\``,
      (a: string, b: string) => `[...${a}, ${b}, ...${b}]`,
      (a: string, b: string) => `{ ...${a}, x: ${b}, ...${b} }`,
      (a: string, b: string) => `${a} ? ${b} : ${a}`,
      (a: string, b: string) => `${a} || ${b}.x`,
      (a: string, b: string) => `${a}(${b}, ${b}) + ${b}`,
      (a: string, b: string) => `(x) => ${a}(x + x) + ${b}`,
      (a: string, b: string) => `${a}.map((x) => ${b}.concat(x, ${a}))`,
      (a: string, b: string) => `applyDecorators(${a}, ${a}(), ${b}())`,
      (a: string, b: string) => `() => ({ module: M, imports: [${a}(), ${b}(), ...${a}] })`,
      (a: string, b: string) =>
        `class extends ${a}(${b}) { static x = ${a}.x + this.y; y = ${b}.z; }`,
      (a: string, b: string) =>
        `Object.assign(${a}, ${b}, { prisma: new PrismaClient(), ...${a} })`,
      (a: string, b: string) => `forwardRef(() => [${a}, ${b}])`,
      (a: string) => `'/${a}'`,
    ),
    name,
    name,
  )
  .map(([write, a, b]) => write(a, b));
const tangles = fc.record({
  values: fc.array(expression, { minLength: names.length, maxLength: names.length }),
  places: fc.array(fc.constantFrom(...fileNames), {
    minLength: names.length,
    maxLength: names.length,
  }),
  used: fc.array(name, { minLength: 4, maxLength: 4 }),
});

function textsOf({
  values,
  places,
  used,
}: typeof tangles extends fc.Arbitrary<infer T> ? T : never) {
  const [a, b, c, d] = used;
  const texts = fileNames.map((file) => {
    const others = fileNames.filter((other) => other !== file);
    const own = names.filter((_, i) => places[i] === file);
    const imports = names.filter((one) => !own.includes(one)).join(', ');
    const lines = names.flatMap((one, i) =>
      places[i] === file ? [`export const ${one} = ${values[i] ?? ''};`] : [],
    );
    const code = `import { Controller, Get, Module, applyDecorators, forwardRef } from '@nestjs/common';
import { PrismaClient } from '@prisma/client';
import { ${imports} } from './${others[0] ?? ''}';
${others.map((other) => `export * from './${other}';`).join('\n')}
${lines.join('\n')}
@Module({ imports: [${a}(), ...${b}, ${c}], controllers: [${d}, ...${a}, C], providers: [{ provide: ${a}, useExisting: ${b} }] })
export class M extends ${c}(${d}) {}
@Controller(${a}) export class C extends ${b} {
  constructor(private readonly db: ${c}) {}
  @Get(${b}) one() { return this.db.user.findMany(${c}); }
  @${c}() two() { return ${d}.prisma.user.findMany(); }
  @${d} three() { return ${a}(${b}).x.user.findMany(); }
}`;
    return [`${file}.ts`, code] as const;
  });
  return Object.fromEntries(texts);
}
