import assert from 'node:assert/strict';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** Names of the methods that run with the handler `Items.list`. */
function around(files: Readonly<Record<string, string>>): string[] {
  const index = indexFiles(files);
  const [handler] = index.methodsNamed('Items', 'list');
  assert.ok(handler);
  const { everywhere, named } = index.enhancersAround(handler.id);
  const nameOf = (id: string) => id.slice(id.indexOf('#') + 1);
  return [...everywhere.map((id) => `all: ${nameOf(id)}`), ...named.map(nameOf)];
}

const guards = `import { CanActivate, Injectable } from '@nestjs/common';
@Injectable() export class Own implements CanActivate { canActivate() { return true; } }
@Injectable() export class Everywhere implements CanActivate { canActivate() { return true; } }
@Injectable() export class OfClass implements CanActivate { canActivate() { return true; } }
@Injectable() export class Unused implements CanActivate { canActivate() { return true; } }`;

describe('what runs in a request besides its handler', () => {
  it('is what the application, the class and the method name, in that order', () => {
    const files = {
      'guards.ts': guards,
      'c.ts': `import { Controller, Get, UseGuards, UseInterceptors, Module, NestInterceptor } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core'; import { Own, Everywhere, OfClass } from './guards';
class Timing implements NestInterceptor { intercept() {} }
@UseGuards(OfClass) @Controller('items') export class Items {
  @UseGuards(Own) @UseInterceptors(new Timing()) @Get() list() {} }
@Module({ controllers: [Items], providers: [{ provide: APP_GUARD, useClass: Everywhere }] }) export class M {}`,
    };
    assert.deepEqual(around(files), [
      'all: Everywhere.canActivate',
      'OfClass.canActivate',
      'Own.canActivate',
      'Timing.intercept',
    ]);
  });

  it('is what a decorator composed of others names, and what a base class inherits', () => {
    const files = {
      'guards.ts': guards,
      'c.ts': `import { Controller, Get, UseGuards, applyDecorators } from '@nestjs/common'; import { Own, OfClass } from './guards';
const Signed = (role: string) => applyDecorators(UseGuards(Own));
abstract class Base { @Signed('admin') @Get() list() {} }
class Items extends Base { list() { return super.list(); } }
@UseGuards(OfClass) @Controller('more') export class More extends Base {}`,
    };
    const index = indexFiles(files);
    const [base] = index.methodsNamed('Base', 'list');
    assert.deepEqual(
      index.enhancersAround(base!.id).named.map((id) => id.split('#')[1]),
      ['OfClass.canActivate', 'Own.canActivate'],
    );
  });

  it("is the strategy that Passport's guard runs, by its name or its package", () => {
    const strategies = `import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-jwt'; import { Strategy as Local } from 'passport-local';
export class Jwt extends PassportStrategy(Strategy) { validate() {} }
export class Password extends PassportStrategy(Local) { validate() {} }
export class Key extends PassportStrategy(Strategy, 'key') { validate() {} }`;
    const controller = (guard: string) => ({
      'strategies.ts': strategies,
      'c.ts': `import { Controller, Get, UseGuards } from '@nestjs/common'; import { AuthGuard } from '@nestjs/passport';
class Signed extends AuthGuard('jwt') { canActivate() { return super.canActivate(); } }
const Direct = AuthGuard('local');
@Controller('items') export class Items { @UseGuards(${guard}) @Get() list() {} }`,
    });
    assert.deepEqual(around(controller('Signed')), ['Signed.canActivate', 'Jwt.validate']);
    assert.deepEqual(around(controller('Direct')), ['Password.validate']);
    assert.deepEqual(around(controller("AuthGuard(['key', 'local'])")), [
      'Password.validate',
      'Key.validate',
    ]);
  });

  it('is middleware always, whatever it is applied to', () => {
    const files = {
      'c.ts': `import { Controller, Get, NestMiddleware } from '@nestjs/common';
export class Session implements NestMiddleware { use() {} }
@Controller('items') export class Items { @Get() list() {} }`,
    };
    assert.deepEqual(around(files), ['all: Session.use']);
  });

  it('knows all there are in the workspace, those that validate included', () => {
    const index = indexFiles({
      'guards.ts': guards,
      'unique.ts': `import { ValidatorConstraintInterface } from 'class-validator';
export class Unique implements ValidatorConstraintInterface { async validate() { return true; } }`,
    });
    assert.equal(index.globalEnhancers().length, 5);
  });
});
