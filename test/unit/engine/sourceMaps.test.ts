import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { createSourceMapper as createMapper } from '../../../src/engine/sourceMaps.ts';

/** The places alone. */
function createSourceMapper(roots: readonly string[]) {
  const map = createMapper(roots);
  return (...asked: Parameters<typeof map>) => map(...asked)?.location;
}

const source = `interface Order { id: number }

export class OrdersService {
  remove(order: Order): void {
    throw new Error(\`no \${order.id}\`);
  }
}
`;

describe('createSourceMapper', () => {
  let root = '';
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  /** What the TypeScript compiler makes of the source. */
  const compile = (options: ts.CompilerOptions) =>
    ts.transpileModule(source, {
      fileName: 'orders.service.ts',
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.CommonJS,
        ...options,
      },
    });
  /** Line and column of the throw in compiled text, from 1. */
  const throwIn = (text: string) => {
    const lines = text.split('\n');
    const line = lines.findIndex((one) => one.includes('new Error'));
    return { line: line + 1, column: lines[line]!.indexOf('new Error') + 1 };
  };
  const project = (name: string, sourceRoot = '../../src/orders') => {
    const { outputText, sourceMapText } = compile({ sourceMap: true, sourceRoot });
    write(`${name}/dist/orders/orders.service.js`, outputText);
    write(`${name}/dist/orders/orders.service.js.map`, sourceMapText!);
    write(`${name}/src/orders/orders.service.ts`, source);
    return throwIn(outputText);
  };

  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'spanhop-maps-')))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('finds the source line of a compiled file of the workspace', () => {
    const { line, column } = project('shop-api');
    const map = createSourceMapper([join(root, 'shop-api')]);
    const path = join(root, 'shop-api/dist/orders/orders.service.js');
    assert.deepEqual(map(path, line, column, undefined), {
      path: join(root, 'shop-api/src/orders/orders.service.ts'),
      line: 5,
      column: 11,
    });
  });

  it('finds the source line of a line whose column is not told', () => {
    const { line } = project('shop-api');
    const map = createSourceMapper([join(root, 'shop-api')]);
    const path = join(root, 'shop-api/dist/orders/orders.service.js');
    assert.equal(map(path, line, 1, undefined)?.line, 5);
  });

  it('finds a file of a container by the end of its path', () => {
    const { line, column } = project('shop-api');
    const map = createSourceMapper([join(root, 'shop-api')]);
    assert.equal(map('/app/dist/orders/orders.service.js', line, column, undefined)?.line, 5);
  });

  it('answers for the folder of the service where two folders have the file, and not without it', () => {
    const { line, column } = project('shop-api');
    project('pricing-api');
    const [shop, pricing] = [join(root, 'shop-api'), join(root, 'pricing-api')];
    const map = createSourceMapper([shop, pricing]);
    const path = '/app/dist/orders/orders.service.js';
    const found = map(path, line, column, pricing);
    assert.equal(found?.path, join(pricing, 'src/orders/orders.service.ts'));
    assert.equal(map(path, line, column, undefined), undefined);
  });

  it('reads an inline map', () => {
    const { outputText } = compile({ inlineSourceMap: true, sourceRoot: '../src' });
    write('dist/orders.service.js', outputText);
    const { line, column } = throwIn(outputText);
    const map = createSourceMapper([root]);
    const found = map(join(root, 'dist/orders.service.js'), line, column, undefined);
    assert.deepEqual(found, { path: join(root, 'src/orders.service.ts'), line: 5, column: 11 });
  });

  it('reads an inline map that is percent-encoded', () => {
    const { outputText, sourceMapText } = compile({ sourceMap: true, sourceRoot: '../src' });
    const bare = outputText.replace(/\/\/# sourceMappingURL=.*/, '');
    const url = `data:application/json;charset=utf-8,${encodeURIComponent(sourceMapText!)}`;
    write('dist/orders.service.js', `${bare}//# sourceMappingURL=${url}\n`);
    const { line, column } = throwIn(outputText);
    const map = createSourceMapper([root]);
    assert.equal(map(join(root, 'dist/orders.service.js'), line, column, undefined)?.line, 5);
  });

  it('reads a map in a file of its own that the compiled file names', () => {
    const { outputText, sourceMapText } = compile({ sourceMap: true, sourceRoot: '../src' });
    const named = outputText.replace(/(sourceMappingURL=).*/, '$1maps/orders%20map.json');
    write('dist/orders.service.js', named);
    write('dist/maps/orders map.json', sourceMapText!.replace('"../src/"', '"../../src/"'));
    const { line, column } = throwIn(outputText);
    const found = createSourceMapper([root])(
      join(root, 'dist/orders.service.js'),
      line,
      column,
      undefined,
    );
    assert.deepEqual(found, { path: join(root, 'src/orders.service.ts'), line: 5, column: 11 });
  });

  it('reads a map in sections, as a bundler that joins files writes them', () => {
    const { outputText, sourceMapText } = compile({ sourceMap: true, sourceRoot: '../src' });
    const first = outputText.replace(/\/\/# sourceMappingURL=.*/, '');
    const lines = first.split('\n').length - 1;
    const one = JSON.parse(sourceMapText!) as { sources: string[] };
    const two = { ...one, sources: ['prices.service.ts'] };
    const sections = [
      { offset: { line: 0, column: 0 }, map: one },
      { offset: { line: lines, column: 0 }, map: two },
    ];
    write('dist/main.js', first + first);
    write('dist/main.js.map', JSON.stringify({ version: 3, file: 'main.js', sections }));
    const { line, column } = throwIn(first);
    const map = createSourceMapper([root]);
    const at = (row: number) => map(join(root, 'dist/main.js'), row, column, undefined);
    assert.deepEqual(at(line), { path: join(root, 'src/orders.service.ts'), line: 5, column: 11 });
    assert.deepEqual(at(line + lines), {
      path: join(root, 'src/prices.service.ts'),
      line: 5,
      column: 11,
    });
  });

  it('resolves the names that webpack gives sources', () => {
    const { outputText, sourceMapText } = compile({ sourceMap: true });
    const payload = JSON.parse(sourceMapText!) as { sources: string[] };
    write('dist/main.js', outputText);
    write('src/orders.service.ts', source);
    const { line, column } = throwIn(outputText);
    for (const name of ['shop-api/./', 'shop-api/', '/./', '@shop/api/./']) {
      for (const query of ['', '?4b1f']) {
        payload.sources = [`webpack://${name}src/orders.service.ts${query}`];
        write('dist/main.js.map', JSON.stringify(payload));
        const map = createSourceMapper([root]);
        const found = map(join(root, 'dist/main.js'), line, column, undefined);
        assert.equal(found?.path, join(root, 'src/orders.service.ts'), payload.sources[0]);
      }
    }
  });

  it('has no answer without a map, and for one that is broken', () => {
    write('dist/a.js', 'x();');
    write('dist/b.js', 'x();');
    write('dist/b.js.map', '{"version":3,');
    const map = createSourceMapper([root]);
    assert.equal(map(join(root, 'dist/a.js'), 1, 1, undefined), undefined);
    assert.equal(map(join(root, 'dist/b.js'), 1, 1, undefined), undefined);
    assert.equal(map(join(root, 'dist/gone.js'), 1, 1, undefined), undefined);
  });

  it('has no answer for a place that no file has, and for a map of other sources', () => {
    const { line } = project('shop-api');
    const path = join(root, 'shop-api/dist/orders/orders.service.js');
    const map = createSourceMapper([root]);
    assert.equal(map(path, 0, 0, undefined), undefined);
    assert.equal(map(path, 999_999_999, 999_999_999, undefined), undefined);
    assert.equal(map(path, line, 0, undefined)?.line, 5);
    write('dist/b.js', 'x();');
    write('dist/b.js.map', '{"version":3,"names":[],"sources":[],"mappings":"AAAA"}');
    assert.equal(map(join(root, 'dist/b.js'), 1, 1, undefined), undefined);
  });

  it('reads maps until it has as many mappings as it may', () => {
    const writeMap = (name: string, mappings: string) => {
      const map = { version: 3, names: [], sources: [`../src/${name}.ts`], mappings };
      write(`dist/${name}.js`, 'x();');
      write(`dist/${name}.js.map`, JSON.stringify(map));
    };
    writeMap('large', `AAAA${';'.repeat(900)}`);
    writeMap('next', `AAAA${';'.repeat(100)}`);
    writeMap('small', 'AAAA');
    const map = createMapper([root], 1_000);
    const at = (name: string) => map(join(root, `dist/${name}.js`), 1, 1, undefined)?.location.path;
    assert.equal(at('large'), join(root, 'src/large.ts'));
    assert.equal(at('next'), undefined);
    assert.equal(at('small'), join(root, 'src/small.ts'));
  });

  it('reads nothing outside its folders, however a path or a file names it', () => {
    const { line, column } = project('secret');
    project('shop-api');
    const { outputText } = compile({});
    const link = '//# sourceMappingURL=../../secret/dist/orders/orders.service.js.map';
    write('shop-api/dist/linked.js', `${outputText}\n${link}`);
    const map = createSourceMapper([join(root, 'shop-api')]);
    assert.equal(map(join(root, 'shop-api/dist/linked.js'), line, column, undefined), undefined);
    const climbing = join(root, 'shop-api') + '/../secret/dist/orders/orders.service.js';
    assert.equal(map(climbing, line, column, undefined), undefined);
    const library = '/app/node_modules/x/dist/orders/orders.service.js';
    assert.equal(map(library, line, column, undefined), undefined);
  });

  it('follows no link out of its folders, but a folder that is a link itself', () => {
    const { line, column } = project('secret');
    mkdirSync(join(root, 'shop-api'));
    symlinkSync(join(root, 'secret'), join(root, 'shop-api/linked'));
    const file = 'dist/orders/orders.service.js';
    const { outputText } = compile({});
    write('shop-api/beside.js', outputText);
    symlinkSync(join(root, 'secret', `${file}.map`), join(root, 'shop-api/beside.js.map'));
    write('shop-api/named.js', `${outputText}\n//# sourceMappingURL=beside.js.map`);
    const map = createSourceMapper([join(root, 'shop-api')]);
    for (const path of [`linked/${file}`, 'beside.js', 'named.js'])
      assert.equal(map(join(root, 'shop-api', path), line, column, undefined), undefined, path);
    const own = createSourceMapper([join(root, 'shop-api/linked')]);
    assert.equal(own(join(root, 'shop-api/linked', file), line, column, undefined)?.line, 5);
  });

  it('never waits for a pipe that a file names as its map', () => {
    const { outputText } = compile({});
    write('dist/main.js', `${outputText}\n//# sourceMappingURL=pipe.map`);
    execFileSync('mkfifo', [join(root, 'dist/pipe.map'), join(root, 'dist/main.js.map')]);
    const map = createSourceMapper([root]);
    assert.equal(map(join(root, 'dist/main.js'), 1, 1, undefined), undefined);
  });
});
