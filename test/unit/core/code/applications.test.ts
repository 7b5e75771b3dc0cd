import assert from 'node:assert/strict';
import { common } from '../../../support/expectRoutes.ts';
import { httpHandlers, indexFiles, routesOf } from '../../../support/memoryWorkspace.ts';

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

  it('a class that starts its application may have the prefix in a property of its own', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'main.ts': `${common}import { UsersModule } from './users';
class Server {
  private app: INestApplication;
  private readonly prefix = 'own';
  async start() {
    this.app = await NestFactory.create(UsersModule);
    this.configure();
  }
  private configure() { this.app.setGlobalPrefix(this.prefix, { exclude: ['users/sitemap.xml'] }); }
}
new Server().start();`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /own/users UsersController.list users.ts:5',
      'GET /users/sitemap.xml UsersController.map users.ts:5',
    ]);
  });

  it('what a file sets on the application that another one gives it stands before its routes', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'make.ts': `${common}import { UsersModule } from './users';
export const make = () => NestFactory.create(UsersModule);`,
      'index.ts': `export * from './make';`,
      'server.ts': `import { make } from './index';
export async function serve() {
  const app = await make();
  app.setGlobalPrefix('given');
  await app.listen(80);
}`,
      'other.ts': `import { NestFactory } from '@nestjs/core';
export async function other() { const app = await NestFactory.create(Other); app.setGlobalPrefix('other'); }`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /given/users UsersController.list users.ts:5',
      'GET /given/users/sitemap.xml UsersController.map users.ts:5',
    ]);
  });

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

  it('of a route that the prefix is not for, no prefix is missing', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller('health') class Health { @Get() check() {} }
@Module({ controllers: [Health] }) class AppModule {}
async function bootstrap(config: ConfigService) {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix(config.get('prefix'), { exclude: ['health'] });
}`,
    });
    assert.deepEqual(routesOf(index), ['GET /health Health.check main.ts:4']);
  });

  it('a version that can’t be known leaves the end behind it, and nothing of routes that have none of it', () => {
    const main = (versioning: string) => ({
      'main.ts': `${common}import { major } from 'semver';
@Controller('a') class A { @Get() initial() {} @Version('1') @Get('one') one() {} @Version(VERSION_NEUTRAL) @Get('n') none() {} }
@Controller({ path: 'b', version: major('2.1.0') }) class B { @Get() get() {} }
@Module({ controllers: [A, B] }) class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, ${versioning} });
}`,
    });
    assert.deepEqual(routesOf(indexFiles(main(`defaultVersion: String(major('2.1.0'))`))), [
      'GET /a A.initial main.ts:4 incomplete',
      'GET /api/a/n A.none main.ts:4',
      'GET /api/v1/a/one A.one main.ts:4',
      'GET /b B.get main.ts:5 incomplete',
    ]);
    assert.deepEqual(routesOf(indexFiles(main(`prefix: process.env.LETTER`))), [
      'GET /a/one A.one main.ts:4 incomplete',
      'GET /api/a A.initial main.ts:4',
      'GET /api/a/n A.none main.ts:4',
      'GET /b B.get main.ts:5 incomplete',
    ]);
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

  it('versions and their prefix come from configuration too', () => {
    const index = indexFiles({
      'config.ts': `import { registerAs } from '@nestjs/config'; export default registerAs('api', () => ({ version: process.env.V ?? '7', letter: 'r' }));`,
      'users.ts': usersController,
      'main.ts': `${common}import { UsersModule } from './users';
async function bootstrap() {
  const app = await NestFactory.create(UsersModule);
  const config = app.get(ConfigService);
  app.enableVersioning({ type: VersioningType.URI, prefix: config.get('api.letter'), defaultVersion: config.get('api.version') });
}`,
    });
    assert.equal(routesOf(index)[0], 'GET /r7/users UsersController.list users.ts:5');
  });

  it('lists of exclusions and of versions come from configuration, whatever its function is called', () => {
    const index = indexFiles({
      'settings.ts': `import merge from 'lodash/merge';
import local from './local';
const settings = () => {
  const shared = { http: { bare: ['health', { path: 'ping', method: RequestMethod.GET }], versions: ['2', '3'] } };
  return merge(shared, local);
};
export { settings };`,
      'main.ts': `${common}import { settings } from './settings'; import { ConfigModule } from '@nestjs/config';
@Controller() class A { @Version(VERSION_NEUTRAL) @Get('health') health() {} @Version('1') @Get('ping') ping() {} @Get('x') x() {} }
@Module({ imports: [ConfigModule.forRoot({ load: [settings] })], controllers: [A] }) class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  const config = app.get(ConfigService);
  app.setGlobalPrefix('api', { exclude: config.get('http.bare') });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: config.get('http.versions') });
}`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /api/v2/x A.x main.ts:4',
      'GET /api/v3/x A.x main.ts:4',
      'GET /health A.health main.ts:4',
      'GET /v1/ping A.ping main.ts:4',
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

  it('a module’s lists may be the values of an object, or all that a file exports', () => {
    const index = indexFiles({
      'controllers/index.ts': `export * from './c'; export { D as Renamed } from './d'; export * from './index';`,
      'controllers/c.ts': `${common}@Controller('c') export class C { @Get() get() {} }\nexport const word = 'c';`,
      'controllers/d.ts': `${common}@Controller('d') export class D { @Get() get() {} }`,
      'main.ts': `${common}import * as controllers from './controllers';
@Controller('e') class E { @Get() get() {} }
@Module({ controllers: Object.values(controllers) }) class Listed {}
const more = Object.values({ E });
@Module({ controllers: [...more] }) class Spread {}
const areas = { a: { path: 'listed', module: Listed }, b: { path: 'spread', module: Spread } };
@Module({ imports: [Listed, Spread, RouterModule.register(Object.values(areas))] }) class AppModule {}
NestFactory.create(AppModule).then((app) => app.setGlobalPrefix('api'));`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /api/listed/c C.get controllers/c.ts:3',
      'GET /api/listed/d D.get controllers/d.ts:3',
      'GET /api/spread/e E.get main.ts:4',
    ]);
  });

  it('behind a path of RouterModule that can’t be known, the end is left', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller('c') class C { @Get() get() {} }
@Controller('d') class D { @Get() get() {} }
@Module({ controllers: [C] }) class Inner {}
@Module({ controllers: [D] }) class Leaf {}
@Module({ imports: [Inner, Leaf, RouterModule.register([{ path: process.env.AREA, children: [{ path: 'in', module: Inner }, Leaf] }])] }) class AppModule {}
NestFactory.create(AppModule);`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /d D.get main.ts:5 incomplete',
      'GET /in/c C.get main.ts:4 incomplete',
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

  it('a worker or a writer of documents that has an application’s modules adds no routes of its own', () => {
    const index = indexFiles({
      'package.json': '{ "name": "shop" }',
      'src/app.ts': usersController,
      'src/main.ts': `${common}import { UsersModule } from './app';
async function bootstrap() { const app = await NestFactory.create(UsersModule); app.setGlobalPrefix('api'); await app.listen(80); }`,
      'src/openapi.ts': `${common}import { UsersModule } from './app';
NestFactory.create(UsersModule).then((app) => write(app));`,
      'src/jobs.ts': `${common}import { UsersModule } from './app';
@Module({ imports: [UsersModule] }) class Jobs {}
NestFactory.create(Jobs).then((app) => app.listen(9090));`,
    });
    assert.deepEqual(
      [...new Set(httpHandlers(index).map(({ path }) => path))],
      ['/api/users', '/api/users/sitemap.xml'],
    );
  });

  it('beside one that sets a prefix, a larger application without one has its routes too', () => {
    const index = indexFiles({
      'package.json': '{ "name": "shop" }',
      'src/users.ts': usersController,
      'src/admin.ts': `${common}import { UsersModule } from './users';
@Module({ imports: [UsersModule] }) class AdminModule {}
async function bootstrap() { const app = await NestFactory.create(AdminModule); app.setGlobalPrefix('admin'); await app.listen(81); }`,
      'src/server.ts': `${common}import { UsersModule } from './users';
@Module({}) class OrdersModule {}
@Module({ imports: [UsersModule, OrdersModule] }) class ServerModule {}
async function bootstrap() { const app = await NestFactory.create(ServerModule); await app.listen(80); }`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map(({ path }) => path)
        .filter((path) => path.endsWith('/users')),
      ['/admin/users', '/users'],
    );
  });

  it('of several calls that set the same the last counts, of several applications in a file each its own', () => {
    const index = indexFiles({
      'main.ts': `${common}
@Controller('a') class A { @Get() get() {} }
@Controller('b') class B { @Get() get() {} }
@Module({ controllers: [A] }) class MA {}
@Module({ controllers: [B] }) class MB {}
async function first() {
  const app = await NestFactory.create(MA);
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: ['1'] });
  document(app);
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: ['2', VERSION_NEUTRAL] });
  await app.listen(80);
}
async function second() {
  const app = await NestFactory.create(MB);
  app.setGlobalPrefix('inner');
  await app.listen(81);
}`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map(({ path }) => path)
        .sort(),
      ['/a', '/inner/b', '/v2/a'],
    );
  });

  it('of set-up in both arms of an if, the first arm’s counts', () => {
    const index = indexFiles({
      'config.ts': `import { cloneDeep } from 'lodash';
const defaults = { server: { prefix: 'api', root: '' } };
const config = cloneDeep(Object.assign({}, defaults, { mode: 'x' }));
export const get = (key?: string) => (key ? config[key] : config);`,
      'main.ts': `${common}
import { get } from './config';
const server = get('server') as Server;
@Controller('a') class A { @Get() get() {} }
@Controller('health') class Health { @Get() get() {} }
@Module({ controllers: [A, Health] }) class MA {}
async function start() {
  const app = await NestFactory.create(MA);
  if (process.env.DESKTOP !== 'yes') app.setGlobalPrefix(server.prefix, { exclude: ['health'] });
  else app.setGlobalPrefix('desktop');
}`,
    });
    assert.deepEqual(
      httpHandlers(index)
        .map(({ path }) => path)
        .sort(),
      ['/api/a', '/health'],
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

  it('a method of a service may set the application up that it is given', () => {
    const index = indexFiles({
      'users.ts': usersController,
      'service.ts': `export class Setup { setGlobalPrefix(app: any) { app.setGlobalPrefix('s'); } }`,
      'main.ts': `${common}import { UsersModule } from './users'; import { Setup } from './service';
async function bootstrap() {
  const app = await NestFactory.create(UsersModule);
  app.get(Setup).setGlobalPrefix(app);
}`,
    });
    assert.equal(routesOf(index)[0], 'GET /s/users UsersController.list users.ts:5');
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
