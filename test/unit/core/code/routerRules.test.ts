import assert from 'node:assert/strict';
import type { RouterRules } from '../../../../src/core/code/model.ts';
import { common } from '../../../support/expectRoutes.ts';
import { httpHandlers, indexFiles } from '../../../support/memoryWorkspace.ts';

const express: RouterRules = {
  adapter: 'express',
  caseSensitive: false,
  strict: false,
  mergesSlashes: false,
  inOrder: true,
};
const fastify: RouterRules = {
  adapter: 'fastify',
  caseSensitive: true,
  strict: true,
  mergesSlashes: false,
  inOrder: false,
};

/** The rules of an application whose file has this code. */
function rulesOf(main: string, others: Readonly<Record<string, string>> = {}) {
  const index = indexFiles({
    'users.ts': `${common}
@Controller('users')
export class UsersController { @Get() list() {} }
@Module({ controllers: [UsersController] })
export class UsersModule {}`,
    'main.ts': `${common}
import { UsersModule } from './users';
import { FastifyAdapter as Adapter } from '@nestjs/platform-fastify';
import { ExpressAdapter } from '@nestjs/platform-express';
import { SomeAdapter } from 'elsewhere';
import express from 'express';
import { fastify } from 'fastify';
import { setUp } from './setUp';
${main}`,
    ...others,
  });
  return httpHandlers(index)[0]?.router;
}
const start = (args: string, more = '') => `async function start() {
  const app = await NestFactory.create(UsersModule${args});
  ${more}
  await app.listen(80);
}
start();`;

describe('the rules of an application’s router', () => {
  it('are Express’s without an adapter, and with options alone', () => {
    assert.deepEqual(rulesOf(start('')), express);
    assert.deepEqual(rulesOf(start(', { cors: true }')), express);
    assert.deepEqual(rulesOf(start(', new ExpressAdapter(express()), {}')), express);
  });

  it('have the settings that the code turns on', () => {
    const on = `app.enable('case sensitive routing'); app.set('strict routing', true);`;
    const both = { ...express, caseSensitive: true, strict: true };
    assert.deepEqual(rulesOf(start('', on)), both);
    assert.deepEqual(
      rulesOf(start('', 'app.getHttpAdapter().getInstance().enable("strict routing");')),
      { ...express, strict: true },
    );
    assert.deepEqual(
      rulesOf(start('', `app.set('strict routing', false); app.set('etag', true);`)),
      {
        ...express,
      },
    );
    assert.deepEqual(
      rulesOf(start('', 'setUp(app);'), {
        'setUp.ts': `export function setUp(app) { ${on} }`,
      }),
      both,
    );
  });

  it('are Fastify’s with its adapter, whatever it is called here', () => {
    assert.deepEqual(rulesOf(start(', new Adapter()')), fastify);
    assert.deepEqual(
      rulesOf(`class Own extends Adapter {}\nconst adapter = new Own();\n${start(', adapter')}`),
      fastify,
    );
  });

  it('have Fastify’s options, also those for its router alone and of an instance that is given', () => {
    const any = { ...fastify, caseSensitive: false, strict: false };
    const options = '{ caseSensitive: false, ignoreTrailingSlash: true }';
    assert.deepEqual(rulesOf(start(`, new Adapter(${options})`)), any);
    assert.deepEqual(rulesOf(start(`, new Adapter({ routerOptions: ${options} })`)), any);
    assert.deepEqual(rulesOf(start(`, new Adapter(fastify(${options}))`)), any);
    assert.deepEqual(rulesOf(start(', new Adapter({ ignoreDuplicateSlashes: true })')), {
      ...fastify,
      mergesSlashes: true,
    });
  });

  it('are the most tolerant where an option is known to the running program only', () => {
    assert.equal(
      rulesOf(start(', new Adapter({ caseSensitive: process.env.CASE === "1" })'))?.caseSensitive,
      false,
    );
  });

  it('are not known with another adapter', () => {
    assert.equal(rulesOf(start(', new SomeAdapter()')), undefined);
    assert.equal(rulesOf(start(', await SomeAdapter.make()')), undefined);
  });

  it('go by the order of the code, not where NestJS sorts routes or headers choose a version', () => {
    assert.equal(rulesOf(start(', { routeResolutionStrategy: "specificity" }'))?.inOrder, false);
    const versions = 'app.enableVersioning({ type: VersioningType.HEADER, header: "x" });';
    assert.equal(rulesOf(start('', versions))?.inOrder, false);
    assert.equal(rulesOf(start('', 'app.enableVersioning();'))?.inOrder, true);
  });
});
