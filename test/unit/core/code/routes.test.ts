import assert from 'node:assert/strict';
import { httpHandlers, indexFiles, routesOf } from '../../../support/memoryWorkspace.ts';

/**
 * Expects the routes that marks under the code name: each `^ GET /path` stands under the name of its method.
 * Several routes of one method have a mark each.
 */
function expectRoutes(marked: string, others: Readonly<Record<string, string>> = {}): void {
  const lines = marked.split('\n');
  const expected: string[] = [];
  const code: string[] = [];
  let column = 0;
  for (const line of lines) {
    const mark = /^(\s*)\^+ ([A-Z]+ \S+)$/.exec(line);
    if (!mark) {
      code.push(line);
      continue;
    }
    column = (mark[1] ?? '').length + 1;
    expected.push(`${mark[2] ?? ''} ${code.length}:${column}`);
  }
  const index = indexFiles({ 'app.ts': code.join('\n'), ...others });
  const found = httpHandlers(index).map(
    ({ method, path, location }) => `${method} ${path} ${location.line}:${location.column}`,
  );
  assert.deepEqual(found.sort(), expected.sort());
}

const common = `import { Controller, Get, Post, All, Sse, Search, RequestMapping, RequestMethod, Version, VERSION_NEUTRAL, Module, UseGuards, applyDecorators, VersioningType } from '@nestjs/common';\nimport { NestFactory, RouterModule } from '@nestjs/core';\n`;

describe('routes of controllers', () => {
  it('each method decorator gives its verb, and paths are joined with one slash', () => {
    expectRoutes(`${common}
@Controller('/orders/')
export class OrdersController {
  @Get() list() {}
         ^^^^ GET /orders
  @Post('/:id/pay/') pay() {}
                     ^^^ POST /orders/:id/pay
  @All('hooks/*path') any() {}
                      ^^^ ALL /orders/hooks/*path
  @Sse(':id/events') follow() {}
                     ^^^^^^ GET /orders/:id/events
  @Search() find() {}
            ^^^^ SEARCH /orders
  @RequestMapping({ path: 'x', method: RequestMethod.PATCH }) map() {}
                                                              ^^^ PATCH /orders/x
  helper() {}
}`);
  });

  it('arrays of paths and of prefixes give every combination', () => {
    expectRoutes(`${common}
@Controller(['a', 'b'])
export class C {
  @Get(['x', 'y']) get() {}
                   ^^^ GET /a/x
                   ^^^ GET /a/y
                   ^^^ GET /b/x
                   ^^^ GET /b/y
}`);
  });

  it('paths come from constants, enums, templates, static members and re-exported names', () => {
    expectRoutes(
      `${common}
import { paths, Names as Renamed } from './names';
import * as names from './names';
const base = 'base';
enum Part { Items = 'items' }
class Keys { static readonly one = 'one'; }
@Controller(\`\${base}/\${Renamed.Root}\`)
export class C {
  @Get(paths.byId) a() {}
                   ^ GET /base/root/:id
  @Get(Part.Items + '/all') b() {}
                            ^ GET /base/root/items/all
  @Get(Keys.one) c() {}
                 ^ GET /base/root/one
  @Get(names.paths['nested'].deep) d() {}
                                   ^ GET /base/root/deep
}`,
      {
        'names.ts': `export * from './inner'; export { paths } from './paths';`,
        'inner.ts': `export enum Names { Root = 'root' }`,
        'paths.ts': `export const paths = Object.freeze({ byId: ':id', nested: { deep: 'deep' } } as const);`,
      },
    );
  });

  it('aliased and namespace imports are Nest’s decorators; other packages’ namesakes are not', () => {
    expectRoutes(`import { Controller as Ctl, Get as Read } from '@nestjs/common';
import * as nest from '@nestjs/common';
import { Get } from 'routing-controllers';
@Ctl('a')
export class A {
  @Read('one') one() {}
               ^^^ GET /a/one
  @nest.Put('two') two() {}
                   ^^^ PUT /a/two
  @Get('three') three() {}
}`);
  });

  it('decorators composed with applyDecorators, or applied by hand, carry the route', () => {
    expectRoutes(
      `${common}
import { Guarded, Plain, ByHand } from './composed';
@Controller('c')
export class C {
  @Guarded('x') x() {}
                ^ GET /c/v/x
  @Plain() y() {}
           ^ POST /c/plain
  @ByHand('z') z() {}
               ^ GET /c/z
}`,
      {
        'composed.ts': `import { applyDecorators, Get, Post, UseGuards } from '@nestjs/common';
export function Guarded(path: string) { return applyDecorators(UseGuards(), Get(\`v/\${path}\`)); }
export const Plain = () => applyDecorators(...[Post('plain')]);
export const ByHand = (path: string) => (target: object, key: string, d: PropertyDescriptor) => { Get(path)(target, key, d); };`,
      },
    );
  });

  it('decorators pass on options taken apart, all their arguments, or what they were called with', () => {
    expectRoutes(
      `${common}
import { Logged, Public, Also, Bound } from './passing';
@Logged({ context: 'c', path: 'logged' })
export class C {
  @Public('a', UseGuards(), Get('b')) a() {}
                                      ^ GET /logged/b
  @Also({}) b() {}
            ^ GET /logged/otherwise
  @Also({ path: 'd' }) d() {}
                       ^ GET /logged/d
  @Bound('e') e() {}
              ^ GET /logged/e
}`,
      {
        'passing.ts': `import { applyDecorators, Controller, Get } from '@nestjs/common';
export const Logged = ({ context, ...options }: Options) => applyDecorators(Log(context), Controller(options));
export function Public(name: string, ...others: MethodDecorator[]) { return applyDecorators(Mark(name), ...others); }
export const Also = ({ path = 'otherwise' }) => Get(path);
export const Bound = (...rest) => { return Get.call(null, ...rest); };`,
      },
    );
  });

  it('a path that only running code knows leaves the known end, marked incomplete', () => {
    const index = indexFiles({
      'c.ts': `${common}
@Controller(process.env.BASE!)
export class C { @Get('x') x() {} }`,
    });
    assert.deepEqual(routesOf(index), ['GET /x C.x c.ts:5 incomplete']);
  });
});

describe('inherited routes', () => {
  it('a concrete controller has its base’s routes, but for those it overrides', () => {
    const index = indexFiles({
      'base.ts': `${common}
export abstract class Crud<T> {
  @Get() list() {}
  @Get(':id') one() {}
  @Post() create() {}
  abstract other(): void;
}`,
      'dogs.ts': `${common}import { Crud } from './base';
@Controller('dogs')
export class Dogs extends Crud<string> {
  create() {}
  @Post('many') override one() {}
}`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /dogs Dogs.list in Crud base.ts:5',
      'POST /dogs/many Dogs.one dogs.ts:7',
    ]);
  });

  it('a class made by a function is a base like any other, with the function’s arguments', () => {
    const index = indexFiles({
      'mixin.ts': `${common}
export function Base(path: string): any {
  abstract class Made { @Get(path) get() {} }
  return Made;
}
export const Wrapped = (path: string) => { @Controller() class Inner { @Get(path + '/w') get() {} } return mixin(Inner); };
import { mixin } from '@nestjs/common';`,
      'c.ts': `${common}import { Base, Wrapped } from './mixin';
@Controller('a') export class A extends Base('x') {}
@Controller('b') export class B extends Wrapped('y') {}`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /a/x A.get in Made mixin.ts:5',
      'GET /b/y/w B.get in Inner mixin.ts:8',
    ]);
  });

  it('a module’s controller may be made from options that are taken apart', () => {
    const index = indexFiles({
      'hook.ts': `${common}
export function makeController({ path }: { path: string }) {
  @Controller()
  class Hook { @Post([path]) receive() {} }
  return Hook;
}
@Module({})
export class HookModule {
  static forRoot(options: { path: string }) {
    const Made = makeController({ path: options.path });
    return { module: HookModule, controllers: [Made] };
  }
}`,
      'app.ts': `${common}import { HookModule } from './hook';
@Module({ imports: [HookModule.forRoot({ path: 'hooks/in' })] })
export class AppModule {}
NestFactory.create(AppModule);`,
    });
    assert.deepEqual(routesOf(index), ['POST /hooks/in Hook.receive hook.ts:6']);
  });

  it('classes that extend each other end', () => {
    const index = indexFiles({
      'c.ts': `${common}@Controller('a') export class A extends B { @Get() a() {} }
@Controller('b') export class B extends A { @Get('x') b() {} }`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /a A.a c.ts:3',
      'GET /a/x A.b in B c.ts:4',
      'GET /b B.a in A c.ts:3',
      'GET /b/x B.b c.ts:4',
    ]);
  });
});

const usersController = `${common}
@Controller('users')
export class UsersController { @Get() list() {} @Get('sitemap.xml') map() {} }
@Module({ controllers: [UsersController] })
export class UsersModule {}`;

describe('applications', () => {
  it('a global prefix from a constant, with exclusions, stands before every other route', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'main.ts': `${common}import { UsersModule } from './users';
async function bootstrap() {
  const app = await NestFactory.create(UsersModule);
  const prefix = 'api';
  app.setGlobalPrefix(prefix, { exclude: ['users/sitemap.xml'] });
}
bootstrap();`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /api/users UsersController.list users.ts:5',
      'GET /users/sitemap.xml UsersController.map users.ts:5',
    ]);
  });

  for (const [what, expression, files, expected] of [
    ['an environment default', `process.env.PREFIX ?? 'api'`, {}, '/api/users'],
    ['an environment file', `process.env.PREFIX`, { '.env': 'PREFIX="v9"' }, '/v9/users'],
    ['a configuration default', `config.get('prefix', 'api')`, {}, '/api/users'],
    [
      'a registered configuration',
      `config.getOrThrow('app.prefix', { infer: true })`,
      {
        'config.ts': `import { registerAs } from '@nestjs/config';\nexport default registerAs('app', () => ({ prefix: process.env.P || 'conf' }));`,
      },
      '/conf/users',
    ],
    [
      'a default of a Joi schema in a module',
      `config.get('API_PREFIX')`,
      {
        'config.ts': `import * as Joi from 'joi'; import { ConfigModule } from '@nestjs/config'; import { Module } from '@nestjs/common';
@Module({ imports: [ConfigModule.forRoot({ validationSchema: Joi.object({ API_PREFIX: Joi.string().default('joi').required() }) })] }) export class Config {}`,
      },
      '/joi/users',
    ],
    [
      'a default of a zod schema that parsed the environment',
      `environment.API_PREFIX`,
      {
        'config.ts': `import { z } from 'zod'; import '@nestjs/config'; const schema = z.object({ API_PREFIX: z.string().min(1).default('zod') });
export const environment = schema.parse(process.env);`,
      },
      '/zod/users',
    ],
    [
      'a default of envalid',
      `environment.API_PREFIX`,
      {
        'config.ts': `import { cleanEnv, str } from 'envalid'; import '@nestjs/config';
export const environment = cleanEnv(process.env, { API_PREFIX: str({ default: 'valid' }) });`,
      },
      '/valid/users',
    ],
    [
      'a property of the class that checks the environment',
      `process.env.API_PREFIX`,
      {
        'config.ts': `import { IsString } from 'class-validator'; import '@nestjs/config';
class Variables { @IsString() API_PREFIX: string = 'class'; }`,
      },
      '/class/users',
    ],
  ] as const) {
    it(`a prefix is read from ${what}`, () => {
      const index = indexFiles({
        'users.ts': usersController,
        'main.ts': `${common}import { UsersModule } from './users'; import { environment } from './config';
async function bootstrap() {
  const app = await NestFactory.create(UsersModule);
  const config = app.get(ConfigService);
  app.setGlobalPrefix(${expression});
}`,
        ...files,
      });
      assert.equal(routesOf(index)[0], `GET ${expected} UsersController.list users.ts:5`);
    });
  }

  it('a prefix that can’t be known is left off and said to be missing', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'main.ts': `${common}import { UsersModule } from './users';
async function bootstrap(config: ConfigService) {
  const app = await NestFactory.create(UsersModule);
  app.setGlobalPrefix(config.get('prefix'));
}`,
    });
    assert.equal(routesOf(index)[0], 'GET /users UsersController.list users.ts:5 incomplete');
  });

  it('versions come from the method, else the controller, else the default; neutral has none', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller({ path: 'a', version: ['1', '2'] })
class A { @Get() both() {} @Version('3') @Get('x') three() {} @Version(VERSION_NEUTRAL) @Get('n') none() {} }
@Controller('b')
class B { @Get() initial() {} }
@Module({ controllers: [A, B] }) class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, prefix: 'ver', defaultVersion: '9' });
}`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /api/a/n A.none main.ts:5',
      'GET /api/ver1/a A.both main.ts:5',
      'GET /api/ver2/a A.both main.ts:5',
      'GET /api/ver3/a/x A.three main.ts:5',
      'GET /api/ver9/b B.initial main.ts:7',
    ]);
  });

  it('versions in headers leave paths alone', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller({ path: 'a', version: '1' }) class A { @Get() get() {} }
@Module({ controllers: [A] }) class AppModule {}
NestFactory.create(AppModule).then((app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'v' }));`,
    });
    assert.deepEqual(routesOf(index), ['GET /a A.get main.ts:4']);
  });

  it('RouterModule puts the paths of its tree before those of the modules’ controllers', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller('c') class C { @Get() get() {} }
@Controller('d') class D { @Get() get() {} }
@Module({ controllers: [C] }) class Inner {}
@Module({ controllers: [D] }) class Leaf {}
@Module({ imports: [Inner, Leaf, RouterModule.register([{ path: 'admin', children: [{ path: '/in/', module: Inner }, Leaf] }])] }) class AppModule {}
NestFactory.create(AppModule);`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /admin/d D.get main.ts:5',
      'GET /admin/in/c C.get main.ts:4',
    ]);
  });

  it('each application of a workspace gives its prefix to the modules that it reaches', () => {
    const app = (name: string, prefix: string) => `${common}
import { Shared } from '../../../libs/shared';
@Controller('${name}') class Own { @Get() get() {} }
@Module({ imports: [Shared.forRoot()], controllers: [Own] }) class AppModule {}
async function bootstrap() { const app = await NestFactory.create(AppModule); app.setGlobalPrefix('${prefix}'); }`;
    const index = indexFiles({
      'package.json': '{ "name": "mono" }',
      'nest-cli.json': `{ "projects": { "one": { "root": "apps/one" }, "two": { "root": "apps/two" } } }`,
      'apps/one/src/main.ts': app('one', 'p1'),
      'apps/two/src/main.ts': app('two', 'p2'),
      'libs/shared.ts': `${common}
@Controller('health') class Health { @Get() get() {} }
@Module({}) export class Shared { static forRoot() { return { module: Shared, controllers: [Health] }; } }`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map((h) => `${h.path} ${h.project.replace('/ws/', '')}`)
        .sort(),
      ['/p1/health apps/one', '/p1/one apps/one', '/p2/health apps/two', '/p2/two apps/two'],
    );
  });

  it('set-up in a function of another file counts for the application that imports it', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'setup.ts': `export function setup(app: any) { app.setGlobalPrefix('v'); }`,
      'main.ts': `${common}import { UsersModule } from './users'; import { setup } from './setup';
NestFactory.create(UsersModule).then(setup);`,
    });
    assert.equal(routesOf(index)[0], 'GET /v/users UsersController.list users.ts:5');
  });

  it('a module chosen by a condition, and one that no application imports, still get the prefix of the main one', () => {
    const index = indexFiles({
      'src/a-seed.ts': `${common}@Module({}) class Seeds {}
NestFactory.create(Seeds);`,
      'src/main.ts': `${common}
@Controller('a') class A { @Get() get() {} }
@Controller('b') class B { @Get() get() {} }
@Controller('lost') class Lost { @Get() get() {} }
@Module({ controllers: [A] }) class MA {}
@Module({ controllers: [B] }) class MB {}
const chosen = process.env.X ? MA : MB;
@Module({ imports: [chosen] }) class AppModule {}
NestFactory.create(AppModule).then((app) => app.setGlobalPrefix('p'));`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map((h) => h.path)
        .sort(),
      ['/p/a', '/p/b', '/p/lost'],
    );
  });
});
