import fc from 'fast-check';

/** What happens to one file: another text, none (deleted), or half of one (being typed). */
export interface FileEdit {
  readonly name: string;
  /** Undefined: deleted. */
  readonly text: string | undefined;
}

const pick = (...texts: readonly string[]) => fc.constantFrom(...texts);

/** A template's text, each `${…}` one of several. */
function text(
  parts: TemplateStringsArray,
  ...choices: readonly (fc.Arbitrary<string> | string)[]
): fc.Arbitrary<string> {
  return fc
    .tuple(...choices.map((choice) => (typeof choice === 'string' ? fc.constant(choice) : choice)))
    .map((chosen) =>
      parts.reduce((whole, part, index) => `${whole}${chosen[index - 1] ?? ''}${part}`),
    );
}

const lines = pick('', '\n', '\n\n// moved down\n');
const from = (file: string) => pick(`./${file}`, `./${file}`, './index', '@app/index', './nowhere');

const constants = text`${lines}export const PATH = ${pick("'cats'", "'dogs'", '`${ROOT}/cats`', 'OTHER', 'PATH')};
export const ROOT = ${pick("'root'", 'PATH', '1')};
export enum Topics { Made = '${pick('made', 'kept')}' }
export const TOKEN = ${pick("'token'", "Symbol('token')")};
${pick('', "export { OTHER } from './more';", "export * from './index';", "export * from './more';")}`;

const more = text`import { PATH } from ${pick("'./constants'", "'./index'")};
export const OTHER = ${pick("'other'", 'PATH', '`${PATH}/x`')};
export const Secured = (path: string) => applyDecorators(${pick('Get(path)', "Post('fixed')", 'Get(PATH)')});
import { applyDecorators, Get, Post } from '@nestjs/common';`;

const index = text`${pick('', "export * from './constants';")}
${pick('', "export * from './more';")}
${pick('', "export * from './base';")}
${pick('', "export * from './store';")}
${pick('', "export { AController as Renamed } from './a';")}
${pick('', "export * as all from './constants';")}`;

const base = text`${lines}import { Get, Post, Query } from '@nestjs/common';
import { PATH } from '${from('constants')}';
export ${pick('', 'abstract ')}class Base${pick('', '<T>')} ${pick('', 'extends Root ', 'extends AController ')}{
  ${pick("@Get('one')", '@Get(PATH)', '')} one() { return this.${pick('store', 'inner')}.all(); }
  ${pick("@Post('two') two() {}", 'two() { return this.delegate.findMany(); }', '')}
  ${pick('protected delegate;', 'constructor(protected delegate: any) {}', '')}
}
class Root { ${pick("@Get('deep') deep() {}", '')} }`;

const controller = (
  name: string,
  other: string,
) => text`${lines}import { Controller, Get, Version } from '@nestjs/common';
import { Base } from '${from('base')}';
import { PATH, Topics } from '${from('constants')}';
import { Secured } from '${from('more')}';
import { Store } from '${from('store')}';
import { MessagePattern } from '@nestjs/microservices';
import { ${other}Controller } from './${pick('a', 'b')}';
${pick(`@Controller('${name}')`, '@Controller(PATH)', '@Controller({ path: PATH, version: "2" })', '')}
export class ${pick(name, name, 'Common')}Controller ${pick('', 'extends Base', 'extends Base<Order>', `extends ${other}Controller`)} {
  constructor(private readonly store: Store) { ${pick('', 'super(store.prisma.order);')} }
  ${pick("@Get(':id')", '@Get([PATH, "x"])', "@Secured('s')", '')} find() { return this.store.${pick('all()', 'one()', 'prisma.order.findMany()')}; }
  ${pick('@MessagePattern(Topics.Made) made() {}', "@MessagePattern('plain') made() { this.find(); }", '')}
  ${pick("@Get('one') one() {}", '')}
}`;

const store = text`${lines}import { Inject, Injectable } from '@nestjs/common';
import { PrismaService } from '${from('prisma')}';
import { TOKEN } from '${from('constants')}';
import { Base } from './base';
${pick('@Injectable()', '')}
export class Store ${pick('', 'extends Base', 'implements Storing')} {
  constructor(${pick('readonly prisma: PrismaService', 'readonly prisma: Store', '@Inject(TOKEN) readonly prisma')}, private other: Store) {}
  all() { return this.prisma.${pick('order', 'user', 'client.order')}.findMany(); }
  one() { for (const x of []) this.${pick('all()', 'other.one()', 'prisma.order.count()')}; }
  ${pick('static make() { return Store.make(); }', 'get inner() { return this.other; }', '')}
}
export interface Storing { all(): unknown }
export const helper = (x) => ${pick('helper(x)', 'x.order.findMany()', 'new Store().all()')};`;

const prisma = text`import { PrismaClient } from '@prisma/client';
${pick('', "import { Store } from './store';")}
export class PrismaService extends ${pick('PrismaClient', 'Store', 'Missing')} {
  ${pick('', 'get client() { return this.$extends({}); }', 'readonly order = this.order;')}
}
${pick('', 'export const provider = { provide: TOKEN, useClass: PrismaService };')}
${pick('', "import { TOKEN } from './constants';")}`;

const moduleFile = text`import { Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AController } from '${from('a')}';
import { BController } from '${from('b')}';
import { PrismaService } from './prisma';
import { TOKEN } from './constants';
@Module({ controllers: [${pick('AController', 'BController', 'AController, BController', '...list')}],
  imports: [${pick('', "RouterModule.register([{ path: 'mounted', module: FirstModule }])", 'SecondModule.forRoot()')}],
  providers: [${pick('', 'PrismaService', '{ provide: TOKEN, useClass: PrismaService }')}] })
export class FirstModule {}
const list = [AController];
@Module({}) export class SecondModule { static forRoot() { return { module: ${pick('SecondModule', 'FirstModule')}, controllers: [BController] }; } }`;

const main = text`import { NestFactory } from '@nestjs/core';
import { FirstModule, SecondModule } from '${from('module')}';
import { PATH } from './constants';
async function bootstrap() {
  const app = await NestFactory.create(${pick('FirstModule', 'SecondModule', 'SecondModule.forRoot()')});
  ${pick('', "app.setGlobalPrefix('api');", 'app.setGlobalPrefix(PATH);', 'app.setGlobalPrefix(process.env.PREFIX);', "app.setGlobalPrefix(config.get('app.prefix'));")}
  ${pick('', 'app.enableVersioning({ type: VersioningType.URI });', "app.enableVersioning({ defaultVersion: '1' });")}
}
import { VersioningType } from '@nestjs/common';
bootstrap();`;

const configuration = text`import { registerAs } from '@nestjs/config';
export default registerAs('app', () => ({ prefix: ${pick("'set'", 'process.env.PREFIX', "'other'")} }));`;

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'src/constants.ts': constants,
  'src/more.ts': more,
  'src/index.ts': index,
  'src/base.ts': base,
  'src/a.ts': controller('A', 'B'),
  'src/b.ts': controller('B', 'A'),
  'src/store.ts': store,
  'src/prisma.ts': prisma,
  'src/module.ts': moduleFile,
  'src/main.ts': main,
  'src/configuration.ts': configuration,
  'src/sub/package.json': pick('{ "name": "sub" }', '{ "name": "@app" }'),
  'package.json': pick('{ "name": "app" }', '{ "name": "@app", "main": "src/index.ts" }', '{'),
  'tsconfig.json': pick(
    '{}',
    '{ "compilerOptions": { "paths": { "@app/*": ["src/*"] } } }',
    '{ "compilerOptions": { "baseUrl": "src", "outDir": "dist" } }',
  ),
  'nest-cli.json': pick('{}', '{ "projects": { "shop": { "root": "src" } } }'),
  'schema.prisma': pick('model Order {\n}', 'model User {\n}\nmodel Order {\n}', ''),
  '.env': pick('PREFIX=env\nOTEL_SERVICE_NAME=shop', 'PREFIX=', ''),
};

const names = Object.keys(texts);

const write = fc
  .constantFrom(...names)
  .chain((name) => (texts[name] ?? fc.constant('')).map((content) => [{ name, text: content }]));
/** Half a text: what is on the screen while someone types. */
const type = fc.tuple(write, fc.double({ min: 0, max: 1, noNaN: true })).map(([edits, share]) =>
  edits.map((edit) => ({
    ...edit,
    text: edit.text.slice(0, Math.floor(edit.text.length * share)),
  })),
);
const remove = fc.constantFrom(...names).map((name) => [{ name, text: undefined }]);
/** A file's text under another file's name, as a renamed or copied file has it. */
const rename = fc
  .tuple(write, fc.constantFrom(...names.filter((name) => name.endsWith('.ts'))))
  .map(([edits, to]) =>
    edits.flatMap((edit) =>
      edit.name.endsWith('.ts')
        ? [
            { name: edit.name, text: undefined },
            { name: to, text: edit.text },
          ]
        : [edit],
    ),
  );

/** Everything the workspace starts with. */
export const firstFiles: fc.Arbitrary<readonly FileEdit[]> = fc.tuple(
  ...names.map((name) =>
    (texts[name] ?? fc.constant('')).map((content) => ({ name, text: content })),
  ),
);

/** Changes one after the other; some come many at once, as after a change of branch. */
export const edits: fc.Arbitrary<readonly (readonly FileEdit[])[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: write },
    { weight: 2, arbitrary: type },
    { weight: 1, arbitrary: remove },
    { weight: 1, arbitrary: rename },
    {
      weight: 1,
      arbitrary: fc.array(fc.oneof(write, remove), { maxLength: 8 }).map((many) => many.flat()),
    },
  ),
  { minLength: 1, maxLength: 8 },
);
