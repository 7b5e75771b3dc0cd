import assert from 'node:assert/strict';
import { makeIndex } from '../../../support/codeIndex.ts';
import { one } from '../../../support/handMadeShop.ts';
import { noSourceMaps, withSourceMap } from '../../../support/mapTrace.ts';

describe('code attributes', () => {
  const at = (path: string, line: number | string = 11) =>
    one({ attributes: { 'code.file.path': path, 'code.line.number': line } });

  it('are exact by the longest end of the path', () => {
    assert.equal(at('/app/src/orders/orders.service.ts'), 'exact OrdersService.list 11');
    assert.equal(at('/app/src/orders/orders.service.ts', '11'), 'exact OrdersService.list 11');
  });

  it('are read by their old names too', () => {
    const attributes = { 'code.filepath': 'src/orders/orders.service.ts', 'code.lineno': 21 };
    assert.equal(one({ attributes }), 'exact OrdersService.pair 21');
  });

  it('mean the folder of the service where two have the file', () => {
    const attributes = {
      'code.file.path': '/app/src/health.controller.ts',
      'code.line.number': 4,
    };
    assert.equal(one({ attributes, service: 'pricing-api' }), 'exact HealthController.check 4');
    assert.equal(one({ attributes, service: 'other' }), 'likely HealthController.check 4 +1');
  });

  it('are only likely when nothing but the file name is the same', () => {
    assert.equal(at('/other/orders.service.ts'), 'likely OrdersService.list 11');
  });

  it('are only likely when the service may be one whose code is not here', () => {
    const attributes = {
      'code.file.path': '/app/src/orders/orders.service.ts',
      'code.line.number': 11,
    };
    assert.equal(one({ attributes, service: 'billing' }), 'likely OrdersService.list 11');
  });

  it('follow the path mappings of the user', () => {
    const attributes = { 'code.file.path': '/srv/web/main.ts', 'code.line.number': 2 };
    const code = makeIndex({
      '/shop/web': { files: { 'src/main.ts': { Main: { run: { at: 2 } } } } },
    });
    const pathMappings = [{ from: '/srv/web', to: '/shop/web/src' }];
    assert.equal(one({ attributes }, { ...noSourceMaps, pathMappings }, code), 'exact Main.run 2');
  });

  it('take the function, not the line, of a compiled file', () => {
    const attributes = {
      'code.file.path': '/app/dist/orders/orders.service.js',
      'code.line.number': 77,
      'code.function.name': 'OrdersService.remove',
    };
    assert.equal(one({ attributes }), 'strong OrdersService.remove 30');
  });

  it('find the source of a compiled file where a tsconfig says', () => {
    const code = makeIndex(
      {
        '/shop/web': {
          files: {
            'source/orders/a.ts': { A: { run: { at: 2 } } },
            'a.ts': { A: { run: { at: 9 } } },
          },
        },
      },
      [{ outDir: '/shop/web/lib', sources: ['/shop/web/source'] }],
    );
    const compiled = (path: string) =>
      one(
        {
          attributes: { 'code.file.path': path, 'code.function.name': 'A.run' },
          service: 'web',
        },
        noSourceMaps,
        code,
      );
    assert.equal(compiled('/shop/web/lib/orders/a.js'), 'strong A.run 2');
    assert.equal(compiled('/app/lib/orders/a.js'), 'strong A.run 2');
  });

  it('through a source map that names the source by its path on another machine', () => {
    const attributes = { 'code.file.path': '/app/dist/main.js', 'code.line.number': 7 };
    const path = '/build/checkout/src/orders/orders.service.ts';
    const options = withSourceMap(() => ({ path, line: 11, column: 1 }));
    assert.equal(one({ attributes }, options), 'exact OrdersService.list 11');
  });

  it('of a checkout on Windows are found', () => {
    const path = 'C:\\work\\shop-api\\src\\orders\\orders.service.ts';
    assert.equal(at(path), 'exact OrdersService.list 11');
    assert.equal(
      at('file:///C:/my%20work/src/orders/orders.service.ts'),
      'exact OrdersService.list 11',
    );
  });

  it('of a bundle that kept the names webpack gives sources are found', () => {
    assert.equal(
      at('webpack://shop-api/./src/orders/orders.service.ts'),
      'exact OrdersService.list 11',
    );
  });

  it('take the method that the class inherits, where the file has one of that name', () => {
    const attributes = {
      'code.file.path': '/app/src/orders/orders.service.ts',
      'code.function.name': 'SpecialOrdersService.remove',
    };
    assert.equal(one({ attributes }), 'strong OrdersService.remove 30');
  });

  it('are exact in a compiled file with a source map', () => {
    const attributes = {
      'code.file.path': '/app/dist/orders/orders.service.js',
      'code.line.number': 7,
    };
    const path = '/shop/shop-api/src/orders/orders.service.ts';
    const options = withSourceMap((_file, line) => ({ path, line: line + 4, column: 1 }));
    assert.equal(one({ attributes }, options), 'exact OrdersService.list 11');
  });

  it('never mean a library', () => {
    const path = '/app/node_modules/x/src/orders/orders.service.ts';
    assert.match(
      at(path),
      /^unmapped: .*, the file recorded on the span, isn't in the workspace\.$/,
    );
  });
});
