import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { spanRow } from '../../../src/core/base/units.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { otlpOf } from '../../support/sendOtlp.ts';
import { silentLog } from '../../support/silentLog.ts';
import { makeSpan } from '../../support/span.ts';
import { writeFiles } from '../../support/writeFiles.ts';

const source = `import { Injectable } from '@nestjs/common';

interface Order {
  readonly id: number;
}

@Injectable()
export class OrdersService {
  remove(order: Order): void {
    throw new Error(String(order.id));
  }
}
`;
const traceId = '0af7651916cd43dd8448eb211c80319c';

describe('a compiled service, its folder called as its tsconfig says', () => {
  const { signal } = new AbortController();
  let root = '';
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-compiled-')));
    await write('api/package.json', '{ "name": "api" }');
    await write('api/source/orders/orders.service.ts', source);
    await write(
      'api/tsconfig.json',
      '{ "compilerOptions": { "outDir": "./lib", "rootDir": "source" } }',
    );
  });
  afterEach(() => rm(root, { recursive: true }));

  const write = (path: string, text: string) => writeFiles(root, { [path]: text });

  /** Writes what the compiler makes; answers the line of the throw there. */
  async function compile(options: ts.CompilerOptions): Promise<number> {
    const { outputText } = ts.transpileModule(source, {
      fileName: 'orders.service.ts',
      compilerOptions: { target: ts.ScriptTarget.ES2022, experimentalDecorators: true, ...options },
    });
    await write('api/lib/orders/orders.service.js', outputText);
    return outputText.split('\n').findIndex((line) => line.includes('new Error')) + 1;
  }

  async function mapped(path: string, line: number): Promise<string> {
    const span = makeSpan({
      id: '00000000000000a1',
      service: 'api',
      start: 1_700_000_000_000_000,
      attributes: {
        'code.file.path': path,
        'code.line.number': line,
        'code.function.name': 'OrdersService.remove',
      },
    });
    await write('traces.json', JSON.stringify(otlpOf([span])));
    const engine = createEngine({ clock: systemClock, log: silentLog, emit: () => undefined });
    try {
      const folders = [join(root, 'api')];
      await engine.methods.openSource({ kind: 'file', path: join(root, 'traces.json') }, signal);
      await engine.methods.openWorkspace(
        {
          folders,
          isTrusted: true,
          cacheFolder: undefined,
          exclude: [],
          serviceFolders: {},
          pathMappings: [],
        },
        signal,
      );
      await engine.methods.openTrace({ traceId }, signal);
      const { match } = await engine.methods.spanDetail({ traceId, row: spanRow(0) }, signal);
      if (match.confidence === 'unmapped') return match.reason;
      const { location, confidence } = match;
      return `${confidence} ${relative(root, location.path)}:${location.line}`;
    } finally {
      engine.dispose();
    }
  }

  it('leads to the line by the map inside the compiled file, from a container too', async () => {
    const line = await compile({ inlineSourceMap: true, sourceRoot: '../../source/orders' });
    const file = 'api/source/orders/orders.service.ts';
    assert.equal(
      await mapped(join(root, 'api/lib/orders/orders.service.js'), line),
      `exact ${file}:10`,
    );
    assert.equal(await mapped('/app/lib/orders/orders.service.js', line), `exact ${file}:10`);
    assert.equal(await mapped('D:\\app\\lib\\orders\\orders.service.js', line), `exact ${file}:10`);
  });

  it('leads to the function where there is no map', async () => {
    const line = await compile({});
    assert.equal(
      await mapped('/app/lib/orders/orders.service.js', line),
      'strong api/source/orders/orders.service.ts:9',
    );
  });
});
