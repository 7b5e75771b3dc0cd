import assert from 'node:assert/strict';
import { common } from '../../../support/expectRoutes.ts';
import { indexFiles, routesOf } from '../../../support/memoryWorkspace.ts';

const usersController = `${common}
@Controller('users')
export class UsersController { @Get() list() {} }
@Module({ controllers: [UsersController] })
export class UsersModule {}`;

describe('the prefix of an application', () => {
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
      'an object that a zod schema parsed',
      `environment.prefix`,
      {
        'config.ts': `import { z } from 'zod'; import '@nestjs/config';
export const environment = z.object({ prefix: z.string() }).parse({ prefix: process.env.P ?? 'parsed' });`,
      },
      '/parsed/users',
    ],
    [
      'a registered configuration that Joi checked',
      `config.get('app').prefix`,
      {
        'config.ts': `import { registerAs } from '@nestjs/config'; import * as Joi from 'joi';
export default registerAs('app', () => {
  const given = { prefix: process.env.P ?? 'checked' };
  const { error, value } = Joi.object({ prefix: Joi.string() }).validate(given);
  if (error) throw error;
  return value;
});`,
      },
      '/checked/users',
    ],
    [
      'a registered configuration that a function checked',
      `config.get('app.prefix')`,
      {
        'check.ts': `import '@nestjs/config';
export function check(schema, given) {
  const result = schema.safeParse(given);
  if (!result.success) throw new Error(result.error.message);
  return result.data;
}`,
        'config.ts': `import { registerAs } from '@nestjs/config'; import { check } from './check'; import { z } from 'zod';
const schema = z.object({ prefix: z.string() });
export default registerAs('app', () => check(schema, { prefix: process.env.P ?? 'handed' }));`,
      },
      '/handed/users',
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
    [
      'a getter of a service that asks the configuration',
      `app.get(Settings).prefix`,
      {
        '.env.example': 'API_PREFIX=service',
        'config.ts': `import { Injectable } from '@nestjs/common';
@Injectable() export class Settings {
  constructor(private readonly config: ConfigService) {}
  get prefix() { return this.text('API_PREFIX'); }
  private text(name: string) { return this.config.get<string>(name); }
}`,
      },
      '/service/users',
    ],
    [
      'a static getter',
      `environment.prefix`,
      {
        'config.ts': `import '@nestjs/config';
export class environment { static get prefix() { return process.env.P || 'static'; } }`,
      },
      '/static/users',
    ],
    [
      'a property of an object of a class',
      `environment.prefix`,
      {
        'config.ts': `import '@nestjs/config'; class Variables { readonly prefix = process.env.P ?? 'object'; }
export const environment = new Variables();`,
      },
      '/object/users',
    ],
    [
      'a configuration that is asked for by its key',
      `app.get(environment.KEY).prefix`,
      {
        'config.ts': `import { registerAs } from '@nestjs/config'; export const environment = registerAs('app', () => ({ prefix: 'key' }));`,
      },
      '/key/users',
    ],
    [
      'a default of convict',
      `environment.get('api.prefix')`,
      {
        'config.ts': `import convict from 'convict'; import '@nestjs/config';
export const environment = convict({ api: { prefix: { format: String, default: 'convict', env: 'PREFIX' } } });`,
      },
      '/convict/users',
    ],
  ] as const) {
    it(`is read from ${what}`, () => {
      const index = indexFiles({
        'users.ts': usersController,
        'main.ts': `${common}import { UsersModule } from './users'; import { environment, Settings } from './config';
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
});
