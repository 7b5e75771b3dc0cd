/** Files by their names below the workspace's root. */
export type Files = Readonly<Record<string, string>>;

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const lines = (count: number, make: (index: number) => string) => many(count, make).join('\n');
const times = (count: number, text: string, separator = ', ') =>
  many(count, () => text).join(separator);

/** A controller whose route is an expression; what stands before it declares what the expression names. */
function route(expression: string, before = '', more = ''): string {
  return `import { Controller, Get, Module, applyDecorators, forwardRef, RouterModule } from '@nestjs/common';
${before}
@Controller(${expression})
export class C {
  @Get(${expression}) list() {}
  ${more}
}
@Module({ controllers: [C] })
export class AppModule {}
`;
}

const one = (text: string): Files => ({ 'app.ts': text });

/** `c0 = start`, then each made of the one before: `c1 = step('c0')`. */
const chain = (count: number, start: string, step: (before: string) => string, word = 'const') =>
  [`${word} c0 = ${start};`, lines(count, (i) => `${word} c${i + 1} = ${step(`c${i}`)};`)].join(
    '\n',
  );

const prisma = `import { PrismaClient } from '@prisma/client';\n`;

/** Index files of folders that re-export one another, and who asks them for `name`. */
function barrels(count: number, name: string): Files {
  const files = Object.fromEntries(
    many(count, (i) => [
      `f${i}/index.ts`,
      lines(count, (j) => (i === j ? '' : `export * from '../f${j}';`)),
    ]),
  );
  return { ...files, 'app.ts': route(name, `import { ${name} } from './f0';`) };
}

/** Layers of two index files, each of which re-exports both of the next layer. */
function lattice(depth: number): Files {
  const files = many(depth, (i) => {
    const next = `export * from './a${i + 1}';\nexport * from './b${i + 1}';`;
    return [`a${i}.ts`, next, `b${i}.ts`, next];
  });
  return {
    ...Object.fromEntries(
      files.flatMap(([a = '', x = '', b = '', y = '']) => [
        [a, x],
        [b, y],
      ]),
    ),
    [`a${depth}.ts`]: `export const OTHER = 'x';`,
    [`b${depth}.ts`]: `export const PATH = 'found';`,
    'app.ts': route('[PATH, MISSING]', `import { PATH, MISSING } from './a0';`),
  };
}

const classes = (count: number, base: (index: number) => string, body = '') =>
  lines(
    count,
    (i) =>
      `@Controller('c${i}') export class C${i} ${base(i)} { @Get('m${i}') m${i}() {} ${body} }`,
  );
const nest = `import { Controller, Get, Module } from '@nestjs/common';\n`;

/** Code of which a part was half-typed, or written to attack: cyclic, wide or deep. By what it is. */
export const endlessCode: Readonly<Record<string, Files>> = {
  'a template of itself': one(route('PATH', 'export const PATH = `${PATH}${PATH}${PATH}`;')),
  'a sum of itself': one(route('a', 'const a = a + a;')),
  'a sum of itself many times over': one(route('a', `const a = ${times(200, 'a', ' + ')};`)),
  'constants that name each other': one(
    route('a', 'const a = `${b}${b}/x`;\nconst b = `${a}${a}/y`;'),
  ),
  'many constants that all name each other': one(
    route(
      'c0',
      lines(30, (i) => `const c${i} = ${many(30, (j) => `c${j}`).join(' + ')};`),
    ),
  ),
  'constants of two files that name each other': {
    'a.ts': `import { B } from './b';\nexport const A = \`\${B}\${B}\`;`,
    'b.ts': `import { A } from './a';\nexport const B = \`\${A}\${A}\`;`,
    'app.ts': route('A', `import { A } from './a';`),
  },
  'texts that double': one(
    route(
      'c60',
      chain(60, `'x'`, (c) => `${c} + ${c}`),
    ),
  ),
  'templates that triple': one(
    route(
      'c60',
      chain(60, `'x'`, (c) => '`${' + c + '}${' + c + '}${' + c + '}`'),
    ),
  ),
  'texts that double up to a cycle': one(
    route(
      'c60',
      chain(60, `c60`, (c) => `${c} + ${c}`),
    ),
  ),
  'texts that double across files': {
    ...Object.fromEntries(
      many(60, (i) => [
        `c${i + 1}.ts`,
        `import { C${i} } from './c${i}';\nexport const C${i + 1} = C${i} + C${i};`,
      ]),
    ),
    'c0.ts': `export const C0 = 'x';`,
    'app.ts': route('C60', `import { C60 } from './c60';`),
  },
  'texts that double by concat and replace': one(
    route(
      'c60',
      chain(60, `'xx'`, (c) => `${c}.concat(${c}, ${c}).replaceAll('x', ${c})`),
    ),
  ),
  'a text made long by a list of lists': one(
    route(
      'c60.join("/")',
      chain(60, `['x']`, (c) => `[...${c}, ...${c}, ${c}]`),
    ),
  ),
  'a list spread into itself': one(route('a', 'const a = [...a, ...a, "x"];')),
  'lists spread into each other': one(
    route('a', 'const a = [...b, ...b];\nconst b = [...a, ...a, "x"];'),
  ),
  'lists that double': one(
    route(
      'c60',
      chain(60, `['x', 'y']`, (c) => `[...${c}, ...${c}]`),
    ),
  ),
  'lists that double by concat': one(
    route(
      'c60',
      chain(60, `['x', 'y']`, (c) => `${c}.concat(${c}, ${c})`),
    ),
  ),
  'a list mapped over itself': one(route('a', 'const a = a.map((x) => a.map((y) => `${x}${y}`));')),
  'lists mapped over lists': one(
    route(
      'c30',
      chain(30, `['x', 'y', 'z']`, (c) => `${c}.map((x) => ${c}.map((y) => x + y))`),
    ),
  ),
  'an object spread into itself': one(route('a.x', 'const a = { ...a, ...a, y: a.x };')),
  'objects that double': one(
    route(
      'c60.missing',
      chain(60, `{ x: 'x' }`, (c) => `{ ...${c}, ...${c} }`),
    ),
  ),
  'objects that double, listed': one(
    route(
      'Object.values(c60)',
      chain(60, `{ x: 'x' }`, (c) => `{ a: ${c}, b: ${c}, ...${c}, ...${c} }`),
    ),
  ),
  'objects merged with each other': one(
    route(
      'c60.missing',
      chain(60, `{ x: 'x' }`, (c) => `Object.assign(${c}, ${c}, ${c})`),
    ),
  ),
  'members of themselves': one(route('a.b.c', 'const a = a.b[a.c][a.b];')),
  'elements of themselves': one(route('a', 'const a = b[b[a]][b[b]];\nconst b = [a[b], b[a], a];')),
  'a function that calls itself': one(route('f()', 'function f() { return f() + f() + f(); }')),
  'functions that call each other': one(
    route('f("x")', 'const f = (x) => g(x) + g(x + x);\nconst g = (x) => f(x + x) + f(x);'),
  ),
  'a function whose condition calls it': one(
    route(
      'f()',
      `function f() { if (f()) return 'a'; if (!f()) return 'b'; return f() ? f() : f(); }`,
    ),
  ),
  'functions whose conditions call each other': one(
    route(
      'f(1)',
      `function f(x) { switch (g(x)) { case f(x): return 'a'; case g(f(x)): return 'b'; } return g(g(x)); }
function g(x) { return f(x) === g(x) && f(f(x)) !== x ? f(x) : g(x); }`,
    ),
  ),
  'a function given its own result': one(
    route(times(20, 'd(', '') + `'x'` + times(20, ')', ''), 'const d = (x) => x + x + x;'),
  ),
  'functions that double': one(
    route(
      'f60("x")',
      lines(61, (i) =>
        i === 0 ? 'const f0 = (x) => x;' : `const f${i} = (x) => f${i - 1}(x) + f${i - 1}(x);`,
      ),
    ),
  ),
  'functions given functions': one(
    route('y((f) => f(f)(f)(f))("x")', 'const y = (f) => f(y(f))(y(f));'),
  ),
  'defaults of parameters that name each other': one(
    route(
      'f()',
      'function f(a = b + b + g(), b = a + a + f()) { return a + b; }\nfunction g(x = f() + f()) { return x + g(); }',
    ),
  ),
  'conditions on themselves': one(
    route('a', `const a = a ? a : a || b;\nconst b = a === b ? a : b ?? a;`),
  ),
  'conditions that double': one(
    route(
      'c60',
      chain(60, `x`, (c) => `${c} ? ${c} : ${c} || ${c}`),
    ),
  ),
  'conditions within conditions': one(
    route(
      'c40',
      chain(40, `1`, (c) => `(${c} && ${c}) === (${c} || ${c}) ? ${c} : !${c} && ${c}`),
    ),
  ),
  'static members that name each other': one(
    route(
      'A.x',
      `class A { static x = B.y + B.y + A.z; static get z() { return A.x + B.w(); } }
class B extends A { static y = A.x + B.x; static w() { return this.y + this.w() + super.x; } }`,
    ),
  ),
  'classes that extend in a circle of calls': one(
    route(
      'A.x',
      'const mix = (base) => class extends mix(base) { static y = base.x + this.x; };\nclass A extends mix(A) { }',
    ),
  ),
  'an enum that doubles': one(
    route(
      'E.A60',
      `enum E { A0 = 'x', ${many(60, (i) => `A${i + 1} = A${i} + A${i}`).join(', ')} }`,
    ),
  ),
  'an enum of itself': one(route('E.A', 'enum E { A = E.B + E.B + B, B = E.A + E.A + A }')),
  'a namespace that doubles': one(
    route(
      'N.c60',
      `namespace N { export ${chain(60, `'x'`, (c) => `${c} + ${c}`, 'export const').slice(7)} }`,
    ),
  ),
  'variables of a function that double': one(
    route('f()', `function f() { ${chain(60, `'x'`, (c) => `${c} + ${c}`)} return c60; }`),
  ),
  'ten folders that re-export one another and lack a name': barrels(10, 'MISSING'),
  'a hundred folders that re-export one another and lack a name': barrels(100, 'MISSING'),
  'layers of index files': lattice(60),
  'names re-exported in a circle': {
    'a.ts': `export { X, X as Y } from './b';\nexport * from './c';`,
    'b.ts': `export { Y as X, X as Y } from './c';\nexport * from './a';`,
    'c.ts': `export { Y as X, X as Y } from './a';\nexport * from './b';`,
    'app.ts': route('[X, Y]', `import { X, Y } from './a';`),
  },
  'a long chain of re-exports': {
    ...Object.fromEntries(many(3_000, (i) => [`f${i}.ts`, `export * from './f${i + 1}';`])),
    'f3000.ts': `export const PATH = 'found';`,
    'app.ts': route('PATH', `import { PATH } from './f0';`),
  },
  'a long chain of imported names': {
    ...Object.fromEntries(
      many(2_000, (i) => [`f${i}.ts`, `import { X } from './f${i + 1}';\nexport { X };`]),
    ),
    'f2000.ts': `export const X = 'found';`,
    'app.ts': route('X', `import { X } from './f0';`),
  },
  'a thousand classes that extend in a circle': one(
    `${nest}${classes(1_000, (i) => `extends C${(i + 1) % 1_000}`)}`,
  ),
  'a thousand classes that extend in a circle of files': {
    ...Object.fromEntries(
      many(1_000, (i) => {
        const next = (i + 1) % 1_000;
        return [
          `c${i}.ts`,
          `${nest}import { C${next} } from './c${next}';
@Controller('c${i}') export class C${i} extends C${next} { @Get('m') m${i}() {} }`,
        ];
      }),
    ),
  },
  'a thousand classes that extend one after another': one(
    `${nest}${classes(1_000, (i) => (i === 999 ? '' : `extends C${i + 1}`))}`,
  ),
  'a class that extends itself': one(
    `${nest}@Controller('c') export class C extends C { @Get('m') m() {} }`,
  ),
  'mixins in a circle': one(
    `${nest}const A = (base) => class extends B(base) { @Get('a') a() {} };
const B = (base) => class extends A(A(base)) { @Get('b') b() {} };
@Controller('c') export class C extends A(B(C)) { @Get('c') c() {} }`,
  ),
  'mixins on mixins': one(
    `${nest}${lines(40, (i) => `const M${i} = (base) => class extends ${i === 0 ? 'base' : `M${i - 1}(M${i - 1}(base))`} { @Get('m${i}') m${i}() {} };`)}
@Controller('c') export class C extends M39(Object) { @Get('c') c() {} }`,
  ),
  'interfaces that extend each other': one(
    `${prisma}${lines(20, (i) => `interface I${i} extends ${many(20, (j) => `I${j}`).join(', ')} { }`)}
export class S { constructor(private readonly db: I0) {} run() { return this.db.user.findMany(); } }`,
  ),
  'types that name each other': one(
    `${prisma}${lines(20, (i) => `type T${i} = ${many(20, (j) => `T${j}`).join(' | ')};`)}
export class S { constructor(private readonly db: T0) {} run() { return this.db.user.findMany(); } }`,
  ),
  'types that double': one(
    `${prisma}type T0 = { x: string };\n${lines(60, (i) => `type T${i + 1} = (T${i} & T${i}) | Promise<T${i}> | T${i}['x'] | Parameters<T${i}>[0];`)}
export class S { constructor(private readonly db: T60) {} run() { return this.db.user.findMany(); } }`,
  ),
  'generic types that grow': one(
    `${prisma}class G<T> extends G<G<T>> { db: G<T> | T; }
export class S { constructor(private readonly g: G<G<G<S>>>) {} run() { return this.g.db.db.user.findMany(); } }`,
  ),
  'methods that return each other': one(
    `${prisma}export class S { ${many(30, (i) => `m${i}() { if (x) return this.m${(i + 1) % 30}(); if (y) return this.m${(i + 7) % 30}().a; return [this.m${(i + 3) % 30}(), this.m${(i + 11) % 30}()]; }`).join('\n')}
run() { return this.m0().user.findMany(); } }`,
  ),
  'functions that return each other': one(
    `${prisma}${lines(30, (i) => `function f${i}(x) { if (x) return f${(i + 1) % 30}(x); if (y) return f${(i + 7) % 30}(f${(i + 2) % 30}(x)); return { a: f${(i + 3) % 30}(x), b: f${(i + 11) % 30}(x) }.a; }`)}
export class S { run() { return f0(1).user.findMany(); } }`,
  ),
  'getters and properties of many classes that lead to each other': one(
    `${prisma}${lines(60, (i) => `export class P${i} { get a() { return new P${(i + 1) % 60}().b; } b = new P${(i + 7) % 60}().a; c = this.a ?? this.b; run() { return this.c.user.findMany(); } }`)}`,
  ),
  'properties of classes in layers': one(
    `${prisma}${lines(80, (i) => `export class P${i} { a = new P${i + 1}().a ?? new P${i + 1}().b; b = new P${i + 1}().b ?? new P${i + 1}().a; run() { return this.a.user.findMany(); } }`)}
export class P80 { a = new PrismaClient(); b = this.a; }`,
  ),
  'lists of clients in lists': one(
    `${prisma}${chain(60, `[new PrismaClient()]`, (c) => `[...${c}, ...${c}, ${c}[0]]`)}
export class S { run() { return c60[0].user.findMany(); } }`,
  ),
  'objects of clients in objects': one(
    `${prisma}${chain(60, `{ db: new PrismaClient() }`, (c) => `{ a: ${c}.a, b: ${c}.b, ...${c}, db: Object.values(${c}) }`)}
export class S { run() { return c60.db.a.b.user.findMany(); } }`,
  ),
  'modules that import each other': {
    ...Object.fromEntries(
      many(200, (i) => [
        `m${i}.ts`,
        `${nest}${lines(20, (j) => `import { M${(i + j + 1) % 200} } from './m${(i + j + 1) % 200}';`)}
@Module({ imports: [${many(20, (j) => `M${(i + j + 1) % 200}`).join(', ')}] }) export class M${i} {}`,
      ]),
    ),
    'main.ts': `import { NestFactory } from '@nestjs/core';\nimport { M0 } from './m0';\nasync function main() { const app = await NestFactory.create(M0); await app.listen(1); }`,
  },
  'dynamic modules that import each other': one(
    route(
      '"x"',
      '',
      `static register() { return { module: C, imports: [C.register(), D.register(), D.register()] }; }`,
    ) +
      `export class D { static register() { return { module: D, imports: [C.register(), D.register(), [C.register()]] }; } }
@Module({ imports: [C.register(), D.register()] }) export class E {}`,
  ),
  'dynamic modules that double': one(
    `${nest}${lines(40, (i) => `@Module({}) export class M${i} { static register() { return { module: M${i}, imports: [M${i + 1}.register(), M${i + 1}.register(), M${i + 1}.forRoot()] }; } static forRoot() { return { module: M${i}, imports: [M${i + 1}.register(), M${i + 1}.forRoot()] }; } }`)}
@Module({ imports: [M0.register()] }) export class AppModule {}`,
  ),
  'module lists that name each other': one(
    `${nest}const A = [...B, ...B, X];\nconst B = [...A, ...A, ...C];\nconst C = [A, B, ...A, ...B];
@Module({ imports: [...A, ...B, C], controllers: [...A, B], providers: C }) export class X {}`,
  ),
  'a forward reference to itself': one(
    `${nest}import { forwardRef, Inject } from '@nestjs/common';
const A = forwardRef(() => A);\nconst B = forwardRef(() => [A, B]);
@Module({ imports: [A, B, forwardRef(() => forwardRef(() => A))], providers: [{ provide: A, useExisting: B }, { provide: B, useFactory: () => A }] })
export class M { constructor(@Inject(A) private readonly a, @Inject(B) private readonly b) {} run() { return this.a.user.findMany(); } }`,
  ),
  'providers that stand for each other': one(
    `${prisma}import { Inject, Module } from '@nestjs/common';
@Module({ providers: [${many(20, (i) => `{ provide: 'T${i}', useExisting: T${i}, useFactory: (x) => x }, { provide: T${i}, useExisting: T${(i + 1) % 20} }, { provide: T${i}, useClass: T${(i + 3) % 20} }`).join(', ')}] }) class M {}
${lines(20, (i) => `export class T${i} { constructor(@Inject(T${(i + 1) % 20}) private readonly a: T${(i + 2) % 20}, @Inject('T${(i + 5) % 20}') private readonly b) {} run() { return this.a.b.a.user.findMany(); } }`)}`,
  ),
  'routes of modules in a circle': one(
    `${nest}import { RouterModule } from '@nestjs/core';
const routes = [${times(30, `{ path: 'a', module: M, children: routes }`)}];
@Module({ imports: [RouterModule.register(routes)] }) export class M {}`,
  ),
  'routes of modules that double': one(
    `${nest}import { RouterModule } from '@nestjs/core';
${chain(40, `[{ path: 'a', module: M }]`, (c) => `[{ path: 'a', children: ${c} }, { path: 'b', children: [...${c}, ...${c}] }]`)}
@Module({ imports: [RouterModule.register(c40)] }) export class M {}`,
  ),
  'decorators of themselves': one(
    route(
      '"x"',
      `const D = () => applyDecorators(${times(50, 'D()')}, Get('a'));\nfunction E() { return applyDecorators(${times(50, 'D(), E()')}); }`,
      '@D() @E() b() {}',
    ),
  ),
  'decorators that double': one(
    route(
      '"x"',
      `const D0 = () => Get('a');\n${lines(40, (i) => `const D${i + 1} = () => applyDecorators(${times(10, `D${i}()`)});`)}`,
      '@D40() b() {}',
    ),
  ),
  'a route of many paths': one(
    route(
      `[${many(500, (i) => `'p${i}'`).join(', ')}]`,
      '',
      many(20, (i) => `@Get([${many(500, (j) => `'q${j}'`).join(', ')}]) m${i}() {}`).join('\n'),
    ),
  ),
  'versions of many paths': one(
    `import { Controller, Get, Version } from '@nestjs/common';\nimport { NestFactory } from '@nestjs/core';
@Controller({ path: [${many(250, (i) => `'p${i}'`).join(', ')}], version: [${many(250, (i) => `'${i}'`).join(', ')}] })
export class C { @Get([${many(500, (i) => `'q${i}'`).join(', ')}]) list() {} }
async function main() { const app = await NestFactory.create(C); app.enableVersioning(); await app.listen(1); }`,
  ),
  'a pattern event of itself': one(
    `import { MessagePattern } from '@nestjs/microservices';
const o = { ${many(200, (i) => `k${i}: o`).join(', ')} };
export class C { @MessagePattern(o) run() {} }`,
  ),
  'pattern events in layers': one(
    `import { MessagePattern } from '@nestjs/microservices';
${chain(8, `{ x: 1 }`, (c) => `{ ${many(60, (i) => `k${i}: ${c}`).join(', ')} }`)}
export class C { @MessagePattern(c8) run() {} }`,
  ),
  'prefixes of themselves': one(
    `import { NestFactory } from '@nestjs/core';
const a = b || a + b + process.env.X;\nconst b = a || b + a + config.get('a', b);
async function main() { const app = await NestFactory.create(C); app.setGlobalPrefix(a); app.enableVersioning({ prefix: b, defaultVersion: a }); await app.listen(1); }
export default () => ({ a, b: { a: b } });`,
  ),
  'prefixes that double': one(
    `import { NestFactory } from '@nestjs/core';
${chain(30, `process.env.X`, (c) => `${times(10, c, ' + ')} || ${times(10, c, ' || ')}`)}
async function main() { const app = await NestFactory.create(C); app.setGlobalPrefix(c30, { exclude: [c30, ...c30] }); await app.listen(1); }`,
  ),
  'a slow exclusion': one(
    route(
      `'${times(2_000, 'a', '')}'`,
      `import { NestFactory } from '@nestjs/core';
async function main() { const app = await NestFactory.create(AppModule); app.setGlobalPrefix('v1', { exclude: ['${times(30, 'a*', '')}b', '${times(30, 'a(.*)', '')}b', '${times(30, '{', '')}a*${times(30, '}', '')}b', '(a*)*b'] }); await app.listen(1); }`,
    ),
  ),
  'a slow pattern': one(
    route(
      'c',
      `const t = '${times(50_000, 'a', '')}';\nconst c = t.replace(/a*a*b/, 'x') + t.replaceAll(/a+a+$/g, 'x');`,
    ),
  ),
};

/** Files that nest, repeat or go on so far that reading them alone is hard. */
export const hugeFiles: Readonly<Record<string, string>> = {
  'parentheses in parentheses': `${nest}const a = ${times(10_000, '(', '')}1${times(10_000, ')', '')};`,
  'lists in lists': `${nest}const a = ${times(10_000, '[', '')}1${times(10_000, ']', '')};`,
  'objects in objects': `${nest}const a = ${times(10_000, '{ a: ', '')}1${times(10_000, '}', '')};`,
  'calls in calls': `${nest}const a = ${times(10_000, 'f(', '')}1${times(10_000, ')', '')};`,
  'functions in functions': `${nest}const a = ${times(3_000, '() => ', '')}1;`,
  'functions of three parameters in each other': `${nest}${times(1_000, 'function f(target, key, descriptor) { ', '')}descriptor.value = 1;${times(1_000, '}', '')}`,
  'conditions in conditions': `${nest}const a = ${times(10_000, 'b ? c : ', '')}1;`,
  'conditions in parentheses': `${nest}const a = ${times(40, 'b ? (c) : (', '')}1${times(40, ')', '')};`,
  'arrow functions in conditions': `${nest}const a = ${times(30, 'b ? (c) : d => (', '')}1${times(30, ')', '')};`,
  'arrow functions in the first arm of conditions': `${nest}const a = ${times(30, 'b ? (c, ', '')}1${times(30, ') : d', '')};`,
  'templates in templates': `${nest}const a = ${times(5_000, '`${', '')}1${times(5_000, '}`', '')};`,
  'type arguments in type arguments': `${nest}let a: ${times(5_000, 'A<', '')}b${times(5_000, '>', '')};`,
  'type arguments that never end': `${nest}const a = ${times(5_000, 'f<', '')}`,
  'comparisons that may be type arguments': `${nest}const a = ${times(300, 'f<a, b<', '')}c;`,
  'a chain of calls': `${nest}const a = z${times(20_000, '.a(1)', '')};`,
  'a chain of members': `${nest}const a = z${times(50_000, '.a', '')};`,
  'a chain of calls in a method': `${nest}export class A { run() { return this.a${times(10_000, '.findMany(1)', '')}; } }`,
  'a chain of awaits': `${nest}async function f() { return ${times(5_000, 'await ', '')}g(); }`,
  'a long sum': `${nest}export const A = ${times(50_000, `'a'`, ' + ')};`,
  'a long sum in a method': `${nest}export class A { run() { return ${times(20_000, 'this.a', ' + ')}; } }`,
  'a long condition': `${nest}export const A = (${times(30_000, 'a', ' && ')}) ? 1 : 2;\nexport function f() { if (${times(20_000, 'x === y', ' || ')}) return 1; }`,
  'ifs in ifs': `${nest}function f() { ${times(2_000, 'if (a) { ', '')}${times(2_000, '}', '')} }`,
  'else after else': `${nest}function f() { ${lines(5_000, (i) => `if (a === ${i}) { return ${i}; } else`)} { return 1; } }`,
  'blocks in blocks': `${nest}${times(5_000, '{', '')}${times(5_000, '}', '')}`,
  'a list of a hundred thousand': `${nest}@Controller([${many(100_000, (i) => `${i}`).join(', ')}])\nexport class A { @Get([${many(20_000, (i) => `'${i}'`).join(', ')}]) list() {} }`,
  'an object of fifty thousand': `${nest}export const A = { ${many(50_000, (i) => `k${i}: ${i}`).join(', ')} };\n@Controller(A.k49999) export class B { @Get(A.k3) list() {} }`,
  'an enum of fifty thousand': `${nest}export enum A { ${many(50_000, (i) => `K${i}`).join(', ')} }\n@Controller(A.K49999) export class B { @Get(A.K3) list() {} }`,
  'variables one after another': `${nest}export function f() { ${chain(10_000, `'x'`, (c) => `${c}.a`)} return c10000; }`,
  'an enum that doubles': `${nest}export enum E { A0 = 'x', ${many(500, (i) => `A${i + 1} = A${i} + A${i}`).join(', ')} }`,
  'a namespace that doubles': `${nest}export namespace N { ${chain(500, `'x'`, (c) => `${c} + ${c}`, 'export const')} }`,
  'a parameter of a wide type': `${nest}export function f(p: { ${many(5_000, (i) => `m${i}: string`).join('; ')} }) { ${times(5_000, 'p.a.find()', '; ')} }`,
  'a long text used again and again': `${nest}export class A { run() { const t = '${times(100_000, 'x', '')}'; ${times(5_000, 'this.a.b(t).c()', '; ')} } }`,
  'pushed again and again': `${nest}export function f() { const a = []; ${times(5_000, 'a.push(Get("x"))', '; ')}; return applyDecorators(...a); }`,
  'a class of five thousand methods': `${nest}export class A { ${many(5_000, (i) => `m${i}() { this.p${i} = 1; return this.m${(i * 7) % 5_000}() + this.x${i}; }`).join('\n')} }`,
  'classes in methods of classes': `${nest}${times(300, 'class A { m() { return ', '')}1${times(300, '; } }', '')}`,
};
