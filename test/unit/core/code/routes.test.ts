import assert from 'node:assert/strict';
import { common, expectRoutes } from '../../../support/expectRoutes.ts';
import { indexFiles, routesOf } from '../../../support/memoryWorkspace.ts';

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
enum Part { Items = 'items', All = Items + '/all', Every = All }
class Keys { static readonly one = 'one'; static readonly two = \`\${this.one}/two\`; }
@Controller(\`\${base}/\${Renamed.Root}\`)
export class C {
  @Get(paths.byId) a() {}
                   ^ GET /base/root/:id
  @Get(Part.Items + '/some') b() {}
                             ^ GET /base/root/items/some
  @Get(Keys.one) c() {}
                 ^ GET /base/root/one
  @Get(Keys.two) e() {}
                 ^ GET /base/root/one/two
  @Get(Part.Every) f() {}
                   ^ GET /base/root/items/all
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

  it('a decorator that chooses the verb by its arguments gives the one that it chooses', () => {
    expectRoutes(
      `${common}
import { Route, Action, Listed, Switched } from './choosing';
import { Orders } from './contract';
@Controller('c')
export class C {
  @Route(Orders.Create) create() {}
                        ^^^^^^ POST /c/new
  @Route(Orders.Remove) remove() {}
                        ^^^^^^ DELETE /c/:id
  @Action('read') read() {}
                  ^^^^ GET /c/read
  @Action('read', 'write') write() {}
                           ^^^^^ PUT /c/read
  @Listed({ search: true }) search() {}
                            ^^^^^^ SEARCH /c/listed
  @Listed({}) list() {}
              ^^^^ GET /c/listed
  @Switched('patch', 'a') patch() {}
                          ^^^^^ PATCH /c/a
  @Switched('copy', 'b') any() {}
                         ^^^ ALL /c/b
}`,
      {
        'contract.ts': `import { describe, schema } from './details';
const root = 'new';
export namespace Orders {
  export enum Verb { Remove = 'delete' }
  export const one = ':id';
  export namespace Create { export const body = schema(); export const details = describe(root, 'post'); }
  export namespace Remove { export const details = describe(one, Verb.Remove, 'gone'); }
}`,
        'details.ts': `export function describe(path: string, verb: string, text?: string) { return { PATH: path, VERB: verb.toUpperCase(), text }; }`,
        'choosing.ts': `import { applyDecorators, All, Delete, Get, Patch, Post, Put, Search } from '@nestjs/common';
export function Route({ details }: Command) {
  const method = details.VERB.toLowerCase();
  return applyDecorators(verbOf(method)(details.PATH), Documented(details.text));
}
function verbOf(method: string) {
  if (method === 'get') return Get;
  else if (method === 'post') { return Post; }
  return Delete;
}
export const Action = (path: string, kind?: 'read' | 'write') => kind && kind !== 'read' ? Put(path) : Get(path);
export function Listed(options: { search?: boolean }) {
  const decorators = [];
  if (options.search) decorators.push(Search('listed'));
  if (!options.search) decorators.push(Get('listed'));
  return applyDecorators(...decorators);
}
export function Switched(verb: string, path: string | string[]) {
  let route = All(path);
  switch (verb) {
    case 'get':
    case 'head':
      route = Get(path);
      break;
    case 'patch':
      if (typeof path === 'string') route = Patch(path);
      break;
  }
  return (target: object, key: string, d: PropertyDescriptor) => { route(target, key, d); };
}`,
      },
    );
  });

  it('a decorator that replaces the method takes the route of those below it, unless it copies their metadata', () => {
    expectRoutes(
      `${common}
import { Counted, Timed, Copied } from './wrapping';
@Controller('c')
export class C {
  @Counted('x') @Get('lost') lost() {}
  @Timed @Get('lost-too') lostToo() {}
  @Get('kept') @Counted('x') kept() {}
                             ^^^^ GET /c/kept
  @Copied() @Get('copied') copied() {}
                           ^^^^^^ GET /c/copied
}`,
      {
        'wrapping.ts': `export const Counted = (name: string): MethodDecorator => (target, key, descriptor) => {
  const original = descriptor.value;
  descriptor.value = async function (...args) { count(name); return original.apply(this, args); };
  return descriptor;
};
export function Timed(target: object, key: string, descriptor: PropertyDescriptor) {
  const original = descriptor.value;
  const timed = (...args) => original(...args);
  descriptor.value = timed;
}
export const Copied = () => (target: object, key: string, d: PropertyDescriptor) => {
  const original = d.value;
  d.value = (...args) => original(...args);
  for (const name of Reflect.getMetadataKeys(original)) Reflect.defineMetadata(name, Reflect.getMetadata(name, original), d.value);
};`,
      },
    );
  });

  it('a wrapper of @Controller puts a root before a path, a list of paths or options', () => {
    expectRoutes(
      `${common}
import { Api } from './api';
@Api() export class A { @Get() a() {} }
                               ^ GET /api/v3
@Api('b') export class B { @Get('x'.concat('y')) b() {} }
                                                 ^ GET /api/v3/b/xy
@Api(['c', '/d']) export class C { @Get('pages'.slice(0, 4)) c() {} }
                                                             ^ GET /api/v3/c/page
                                                             ^ GET /api/v3/d/page
@Api(['f', 'g'].map((of) => of + '/h')) export class F { @Get() f() {} }
                                                                ^ GET /api/v3/f/h
                                                                ^ GET /api/v3/g/h
@Api({ path: 'e' }) export class E { @Get(['x', 'y'].map((of) => of + '/z').slice(1)) e() {} }
                                                                                      ^ GET /api/v3/e/y/z`,
      {
        'api.ts': `import { Controller } from '@nestjs/common';
const isDevelopment = typeof __DEV__ === 'undefined' ? process.env.NODE_ENV === 'development' : __DEV__;
export const root = isDevelopment ? '' : \`/api/v\${version}\`;
const version = 3;
export const Api = (...rest) => {
  const [first, ...others] = rest;
  if (!first) return Controller(root);
  const under = (path: string) => \`\${root}/\${path.replace(/^\\/*/, '')}\`;
  if (typeof first === 'string') {
    return Controller(under(first), ...others);
  } else if (Array.isArray(first)) {
    return Controller(first.map((path) => under(path)), ...others);
  } else {
    const path = first.path || '';
    return Controller(Array.isArray(path) ? path.map((of) => under(of)) : under(path));
  }
};`,
      },
    );
  });

  it('a decorator that looks its verb up in a table gives the one that stands there', () => {
    expectRoutes(
      `${common}
import { Endpoint, Plain, Verb } from './endpoint';
@Controller('c')
export class C {
  @Endpoint({ method: RequestMethod.DELETE, path: ':id' }) remove() {}
                                                           ^^^^^^ DELETE /c/:id
  @Plain(Verb.Write, 'plain') write() {}
                              ^^^^^ POST /c/plain
}`,
      {
        'endpoint.ts': `import { applyDecorators, Delete, Get, Post, RequestMethod, SetMetadata, UseGuards } from '@nestjs/common';
export enum Verb { Read = 'read', Write = 'write' }
const plain = { [Verb.Read]: Get, [Verb.Write]: Post };
export const Plain = (verb: Verb, path: string) => plain[verb](path);
function httpOf(http: Http): MethodDecorator[] {
  const table: Record<RequestMethod, () => MethodDecorator> = {
    [RequestMethod.GET]: () => Get(http.path),
    [RequestMethod.DELETE]: () => Delete(http.path),
  };
  const route = table[http.method]();
  const decorators = [SetMetadata('x', 1), route];
  for (const name of http.path.split(':')) decorators.push(SetMetadata(name, 1));
  return decorators;
}
export function Endpoint(http: Http, options?: Options) {
  const guards = guardsOf(options?.guards);
  const route = httpOf(http);
  return applyDecorators(...guards, ...route);
}
function guardsOf(guards?: Guard[]) { return guards ? [UseGuards(...guards)] : []; }`,
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

  it('what stands before a part that only running code knows is left off, what follows it from a slash on kept', () => {
    const index = indexFiles({
      'c.ts': `${common}
const root = \`\${process.env.STAGE}/shop\`;
const circle = \`\${circle}/round\`;
@Controller(\`\${root}/items\`) export class Items {
  @Get(':id') one() {}
}
@Controller(\`team-\${process.env.TEAM}-board/cards\`) export class Cards {
  @Get() list() {}
  @Get(process.env.SEARCH!) search() {}
  @Get(\`\${process.env.SEARCH}ed/:text\`) searched() {}
  @Get(circle) circle() {}
}
@Module({ controllers: [Items, Cards] }) class AppModule {}
NestFactory.create(AppModule).then((app) => app.setGlobalPrefix('api'));`,
    });
    assert.deepEqual(routesOf(index), [
      'GET / Cards.search c.ts:11 incomplete',
      'GET /:text Cards.searched c.ts:12 incomplete',
      'GET /cards Cards.list c.ts:10 incomplete',
      'GET /round Cards.circle c.ts:13 incomplete',
      'GET /shop/items/:id Items.one c.ts:7 incomplete',
    ]);
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

  it('a dynamic module may list its controllers in a method of its own, on conditions', () => {
    const index = indexFiles({
      'app.ts': `${common}
import { Docs } from './docs';
@Module({ imports: [Docs.register({ path: 'help', metrics: false })] }) class AppModule {}
NestFactory.create(AppModule);`,
      'docs.ts': `${common}
const pages = (path: string) => { @Controller(path) class Pages { @Get() show() {} } return Pages; };
@Controller('metrics') class Metrics { @Get() show() {} }
@Controller('search') class Search { @Get() show() {} }
const made = (path: string) => { @Controller(path) class Made { @Get() show() {} } return Made; };
@Module({}) export class Docs {
  static register(options: Options) { return { module: Docs, controllers: this.controllersOf(options) }; }
  private static controllersOf({ path, metrics, extra = 'extra' }: Options) {
    const controllers: Type[] = [pages(path), Search];
    if (metrics) controllers.push(made('never'));
    controllers.push(made(extra));
    return controllers;
  }
}`,
    });
    assert.deepEqual(routesOf(index), [
      'GET /extra Made.show docs.ts:7',
      'GET /help Pages.show docs.ts:4',
      'GET /metrics Metrics.show docs.ts:5',
      'GET /search Search.show docs.ts:6',
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

  it('`this` in a static member of a base is the class it is asked of', () => {
    expectRoutes(`${common}
enum Side { Back = 'back', Front = 'front' }
abstract class Area {
  static title = 'none';
  static sides: Record<string, Type[]> = {};
  static of(side: Side) { return this.sides[side] ?? []; }
  static path() { return \`\${this.title}/\${this.name}\`; }
}
@Controller('stock')
export class Stock {
  @Get() list() {}
         ^^^^ GET /back/stock
  @Get(Goods.path()) title() {}
                     ^^^^^ GET /back/stock/goods/Goods
}
@Controller('shop')
export class Shop {
  @Get(Area.path()) list() {}
                    ^^^^ GET /front/shop/none/Area
}
@Module({})
class Goods extends Area {
  static title = 'goods';
  static sides = { [Side.Back]: [Stock], [Side.Front]: [Shop] };
}
@Module({ controllers: [...Goods.of(Side.Back)] }) class Back {}
@Module({ controllers: Goods.of(Side.Front) }) class Front {}
@Module({ imports: [Back, Front, RouterModule.register([{ path: 'back', module: Back }, { path: 'front', module: Front }])] })
class AppModule {}
NestFactory.create(AppModule);`);
  });

  it('classes that extend each other have nothing of each other', () => {
    const index = indexFiles({
      'c.ts': `${common}@Controller('a') export class A extends B { @Get() a() {} }
@Controller('b') export class B extends A { @Get('x') b() {} }`,
    });
    assert.deepEqual(routesOf(index), ['GET /a A.a c.ts:3', 'GET /b/x B.b c.ts:4']);
  });
});
