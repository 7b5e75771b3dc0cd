import assert from 'node:assert/strict';
import { routeShares } from '../../../../src/core/matching/serviceFolders.ts';
import { one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { routeKey } from '../../../support/operationKeys.ts';

const app = (setUp: string) =>
  indexFiles({
    'package.json': '{ "name": "shop" }',
    'settings.ts': `export const settings = { prefix: 'api', port: process.env.PORT };`,
    'users.ts': `import { Controller, Get, Module } from '@nestjs/common';
@Controller('users') export class Users {
  @Get() list() {}
  @Get(':id') find() {}
}
@Controller() export class Root { @Get() home() {} @Get(':page') page() {} }
@Module({ controllers: [Users, Root] }) export class AppModule {}`,
    'main.ts': `import { NestFactory } from '@nestjs/core';
import { settings } from './settings';
import { AppModule } from './users';
import { routeKey } from '../../../support/operationKeys.ts';
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  ${setUp}
  await app.listen(80);
}`,
  });

const get = (code: ReturnType<typeof app>, attributes: Readonly<Record<string, string>>) =>
  one(
    {
      kind: 'server',
      service: 'shop',
      attributes: { 'http.request.method': 'GET', ...attributes },
    },
    noSourceMaps,
    code,
  );

describe('a prefix that the running program may have another of', () => {
  const production = app(`if (process.env.NODE_ENV === 'production') app.setGlobalPrefix('api');`);
  const byEnvironment = app(`app.setGlobalPrefix(process.env.PREFIX || 'api');`);
  const byConfig = app(`app.setGlobalPrefix(config.get('prefix', 'api'));`);

  for (const [what, code] of Object.entries({ production, byEnvironment, byConfig }))
    it(`leaves routes with it as they are, and finds them without it or with another: ${what}`, () => {
      assert.equal(get(code, { 'http.route': '/api/users/:id' }), 'strong Users.find 4');
      assert.equal(get(code, { 'http.route': '/users/:id' }), 'likely Users.find 4');
      assert.equal(get(code, { 'http.route': '/v2/users' }), 'likely Users.list 3');
    });

  it('finds the end of a path where the span has no route, unless that end is but a parameter', () => {
    assert.equal(get(byEnvironment, { 'url.path': '/api/users/7' }), 'likely Users.find 4');
    assert.equal(get(byEnvironment, { 'url.path': '/shop/v2/users/7' }), 'weak Users.find 4');
    assert.match(get(byEnvironment, { 'url.path': '/v2/about' }), /^unmapped/);
    assert.match(get(byEnvironment, { 'http.route': '/' }), /^unmapped/);
  });

  it('is none that the code has written down', () => {
    for (const fixed of [`'api'`, '`api`', 'settings.prefix', `'a' + 'pi'`]) {
      const code = app(`app.setGlobalPrefix(${fixed});`);
      assert.equal(get(code, { 'http.route': '/api/users/:id' }), 'strong Users.find 4');
      assert.match(get(code, { 'http.route': '/v2/users' }), /^unmapped/, fixed);
    }
  });

  it('is no reason not to know the folder of a service by its routes', () => {
    const keys = ['/v2/users', '/v2/users/:id', '/health'].map((route) =>
      routeKey('front', 'GET', route),
    );
    const [share] = routeShares(keys, production).get('front') ?? [];
    assert.deepEqual([share?.project.name, share?.matched, share?.total], ['shop', 2, 3]);
  });
});
