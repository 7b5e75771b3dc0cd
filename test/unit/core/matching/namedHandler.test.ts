import assert from 'node:assert/strict';
import { endpointRows } from '../../../../src/core/correlate/endpoints/endpoints.ts';
import { figuresFromTraces } from '../../../../src/core/correlate/figures/figuresFromTraces.ts';
import { common } from '../../../support/expectRoutes.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { foldersOf, noSourceMaps } from '../../../support/mapTrace.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';
import { makeSpan } from '../../../support/span.ts';

const index = indexFiles({
  'package.json': '{"name":"api"}',
  'base.ts': `export class BaseController {
  inherited() {}
}`,
  'posts.ts': `${common}import { TsRestHandler } from '@ts-rest/nest';
import { Implement } from '@orpc/nest';
import { Crud } from '@nestjsx/crud';
import { BaseController } from './base';
@Controller()
export class PostsController extends BaseController {
  @TsRestHandler(contract.getPost)
  async getPost() {}
  @Implement(contract.planet.list) list() {}
}
@Crud({ model: { type: Post } })
@Controller('crud')
export class CrudController { constructor(public service: PostsService) {} }
@Controller('plain')
export class PlainController { @Get() one() {} }`,
});

const nest = (controller: string, callback: string, id = 'a', parent?: string) =>
  makeSpan({
    id,
    ...(parent !== undefined && { parent }),
    service: 'api',
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': controller,
      'nestjs.callback': callback,
      'http.request.method': 'GET',
      'http.route': '/posts/:id',
    },
  });
const match = (controller: string, callback: string) =>
  mapped([nest(controller, callback)], noSourceMaps, index)[0];

describe('what NestJS names a handler', () => {
  it('is the method, whatever decorator made it one, also inherited', () => {
    assert.equal(match('PostsController', 'getPost'), 'strong PostsController.getPost 10');
    assert.equal(match('PostsController', 'list'), 'strong PostsController.list 11');
    assert.equal(match('PostsController', 'inherited'), 'strong PostsController.inherited 2');
  });

  it('is likely the class where a decorator of another package may have made the method', () => {
    assert.equal(match('CrudController', 'getManyBase'), 'likely CrudController.getManyBase 15');
  });

  it('is nothing here where neither the class nor a decorator can have such a method', () => {
    const text = /^unmapped: \w+\.\w+ wasn't found in the workspace\.$/;
    assert.match(match('PlainController', 'gone') ?? '', text);
    assert.match(match('Elsewhere', 'list') ?? '', text);
  });

  it('has a row with its figures and the route of its spans, its server spans too', () => {
    const server = (id: string) =>
      makeSpan({
        id,
        kind: 'server',
        service: 'api',
        attributes: { 'http.request.method': 'GET', 'http.route': '/posts/:id' },
      });
    const spans = [server('a'), nest('PostsController', 'getPost', 'b', 'a'), server('c')];
    const window = { start: 0, end: Number.MAX_SAFE_INTEGER } as never;
    const operations = figuresFromTraces([spans], window);
    const answer = {
      operations,
      window,
      basis: 'complete',
      sampledTraces: undefined,
      fetchedAt: 0,
    };
    const rows = endpointRows(answer as never, index, foldersOf(spans, index), 'test');
    const asked = rows.filter(({ figures }) => figures !== undefined);
    assert.deepEqual(
      asked.map(({ handler, figures }) => [
        handler?.kind === 'http' && `${handler.method} ${handler.path}`,
        handler?.location.line,
        figures?.count,
      ]),
      [['GET /posts/:id', 10, 2]],
    );
  });
});
