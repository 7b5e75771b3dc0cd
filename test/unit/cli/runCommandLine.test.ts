import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { wording } from '../../../src/cli/wording.ts';

const controller = `import { Controller, Delete, Get, Param } from '@nestjs/common';
import { PrismaService } from './prisma.service';

@Controller('orders')
export class OrdersController {
  constructor(private readonly prisma: PrismaService) {}

  @Get(':id')
  find(@Param('id') id: string) {
    return this.prisma.order.findUnique({ where: { id } });
  }

  @Delete(':id')
  remove(@Param('id') id: string) {
    return id;
  }
}
`;

const service = `import { PrismaClient } from '@prisma/client';
export class PrismaService extends PrismaClient {}
`;

const traceId = '0af7651916cd43dd8448eb211c80319c';
const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
const span = (index: number, durationNs: number, name: string, extra: object[] = []) => ({
  traceId,
  spanId: `00000000000000a${index}`,
  ...(index === 0 ? {} : { parentSpanId: '00000000000000a0' }),
  name,
  kind: index === 0 ? 2 : 1,
  startTimeUnixNano: '1700000000000000000',
  endTimeUnixNano: String(1_700_000_000_000_000_000n + BigInt(durationNs)),
  attributes: extra,
});
/** Spans of 2 minutes, 250 ms, 258 ms and 3 µs, as OTLP/JSON. */
const otlp = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'shop-api')] },
      scopeSpans: [
        {
          spans: [
            span(0, 120_000_000_000, 'DELETE /orders/:id', [
              attribute('http.request.method', 'DELETE'),
              attribute('http.route', '/orders/:id'),
            ]),
            span(1, 250_000_000, 'a'),
            span(2, 257_800_000, 'b'),
            span(3, 3_000, 'c'),
          ],
        },
      ],
    },
  ],
});

/** All of the sources, as they are written. */
const sourceTexts = () =>
  globSync('src/{core,sources,engine}/**/*.ts', {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  })
    .map((path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
    .join('\n');

interface JaegerTrace {
  readonly traceID: string;
  readonly spans: {
    readonly operationName: string;
    readonly spanID: string;
    [key: string]: unknown;
  }[];
  readonly processes: Record<string, object>;
}

describe('spanhop on the command line', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-cli-'));
    writeFileSync(join(folder, 'package.json'), '{ "name": "shop-api" }');
    writeFileSync(join(folder, 'orders.controller.ts'), controller);
    writeFileSync(join(folder, 'prisma.service.ts'), service);
    writeFileSync(join(folder, 'schema.prisma'), 'model Order {\n  id String @id\n}\n');
    writeFileSync(join(folder, 'trace.json'), otlp);
    writeFileSync(join(folder, 'broken.json'), '{ "data": [');
    writeFileSync(join(folder, 'page.json'), '<!doctype html><title>hello</title>');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function spanhop(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(
      args,
      {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        isTerminal: false,
        env: { SPANHOP_DATABASE: join(folder, 'none.db') },
        cwd: folder,
      },
      new AbortController().signal,
    );
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('index lists handlers and Prisma calls as JSON, with the lines of their names', async () => {
    const { code, out } = await spanhop('index', '.', '--json');
    assert.equal(code, 0);
    const file = 'orders.controller.ts';
    const handler = { kind: 'http', controller: 'OrdersController', file };
    assert.deepEqual(JSON.parse(out), {
      handlers: [
        { ...handler, method: 'GET', path: '/orders/:id', handler: 'find', line: 9 },
        { ...handler, method: 'DELETE', path: '/orders/:id', handler: 'remove', line: 14 },
      ],
      prismaCalls: [
        {
          file,
          line: 10,
          model: 'Order',
          operation: 'findUnique',
          enclosing: 'OrdersController.find',
        },
      ],
      calls: [],
    });
  });

  it('trace shows the lengths as they were sent, and the line of the handler', async () => {
    const { code, out } = await spanhop('trace', 'trace.json');
    assert.equal(code, 0);
    for (const words of ['4 spans', '2 min', '250 ms', '258 ms', '3 µs', 'orders.controller.ts:14'])
      assert.ok(out.includes(words), `${words} in\n${out}`);
  });

  it('trace counts all problems of a trace, however many', async () => {
    const lost = (count: number, extra: object[] = []) => [
      ...Array.from({ length: count }, (_, at) => ({
        traceId,
        id: (at + 1).toString(16),
        parentId: 'ffff',
        name: 'lost',
        timestamp: 1_700_000_000_000_000 + at,
        duration: 1,
        localEndpoint: { serviceName: 'shop-api' },
      })),
      ...extra,
    ];
    const written = async (spans: readonly object[]) => {
      writeFileSync(join(folder, 'lost.json'), JSON.stringify(spans));
      return (await spanhop('trace', 'lost.json')).out;
    };
    assert.match(await written(lost(900)), /at the top level\. \(899 more like this\)$/m);
    const early = { ...lost(1)[0], id: 'abcd', parentId: '1', timestamp: 1_600_000_000_000_000 };
    const several = await written(lost(1_500, [early]));
    assert.match(
      several,
      /at the top level\.\n.*before its parent.*\n1,501 problems in this trace$/m,
    );
  });

  it('map says which path mapping would help, and takes it', async () => {
    const named = span(0, 1_000, 'work', [
      attribute('code.file.path', '/srv/x/orders.controller.ts'),
      attribute('code.line.number', '10'),
      attribute('code.function.name', 'OrdersController.remove'),
    ]);
    const resource = { attributes: [attribute('service.name', 'elsewhere')] };
    const resourceSpans = [{ resource, scopeSpans: [{ spans: [named] }] }];
    writeFileSync(join(folder, 'named.json'), JSON.stringify({ resourceSpans }));
    const before = await spanhop('map', 'named.json');
    assert.match(before.out, /^likely .*orders\.controller\.ts:14/);
    assert.equal(before.err, "Use --path-mapping '/srv/x=.' to map 1 more spans.");
    const after = await spanhop('map', 'named.json', '--path-mapping', '/srv/x=.');
    assert.match(after.out, /^very likely .*orders\.controller\.ts:14/);
    assert.equal(after.err, '');
  });

  it('map gives every span its confidence and reason', async () => {
    const { out } = await spanhop('map', 'trace.json', '--json');
    const { spans } = JSON.parse(out) as { spans: { confidence: string; reason: string }[] };
    assert.equal(spans.length, 4);
    for (const { confidence, reason } of spans) assert.ok(confidence !== '' && reason !== '');
  });

  it('prints nothing a terminal obeys, in words or as JSON', async () => {
    const resource = { attributes: [attribute('service.name', 'shop\u202e')] };
    const spans = [span(0, 1_000, 'GET \u009b2J\u001b[31m /x')];
    writeFileSync(
      join(folder, 'evil.json'),
      JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }),
    );
    for (const command of [
      ['trace', 'evil.json'],
      ['map', 'evil.json'],
      ['endpoints', 'evil.json'],
      ['map', 'evil.json', '--report'],
    ])
      for (const format of [[], ['--json']]) {
        const { out } = await spanhop(...command, ...format);
        assert.match(out, /\[?(?:U\+|\\u)009[bB]/, command.join(' '));
        assert.doesNotMatch(
          out,
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/,
          command.join(' '),
        );
      }
  });

  it('map and trace know the folder of a service by what its traces ask for', async () => {
    const asked = (id: string, method: string) => ({
      ...span(0, 1_000, `${method} /orders/:id`, [
        attribute('http.request.method', method),
        attribute('http.route', '/orders/:id'),
      ]),
      traceId: id.repeat(32),
    });
    const ofBackend = (...spans: object[]) =>
      JSON.stringify({
        resourceSpans: [
          {
            resource: { attributes: [attribute('service.name', 'backend')] },
            scopeSpans: [{ spans }],
          },
        ],
      });
    const onlyPath = (id: string, method: string) => ({
      ...asked(id, method),
      name: method,
      attributes: [
        attribute('http.request.method', method),
        attribute('url.path', `/orders/${id}`),
      ],
    });
    writeFileSync(
      join(folder, 'paths.json'),
      ofBackend(onlyPath('1', 'GET'), onlyPath('2', 'GET'), onlyPath('3', 'DELETE')),
    );
    writeFileSync(join(folder, 'backend.json'), ofBackend(asked('1', 'GET'), asked('2', 'DELETE')));
    writeFileSync(join(folder, 'single.json'), ofBackend(asked('1', 'GET')));
    const confidencesOf = async (...args: string[]) => {
      const { out } = await spanhop('map', ...args, '--dir', folder, '--json');
      const { spans } = JSON.parse(out) as { spans: { confidence: string }[] };
      return spans.map(({ confidence }) => confidence);
    };
    assert.deepEqual(await confidencesOf(join(folder, 'backend.json')), ['strong', 'strong']);
    assert.deepEqual(await confidencesOf(join(folder, 'single.json')), ['likely']);
    const likely = ['likely', 'likely', 'likely'];
    assert.deepEqual(await confidencesOf(join(folder, 'paths.json')), likely);
    const report = await spanhop('map', join(folder, 'paths.json'), '--report', '--dir', folder);
    assert.match(report.out, /3 of 3 spans \(100%\)  likely 3/);
  });

  it('endpoints names those behind a method, a status or a router of Traefik, with their lines', async () => {
    const fixture = new URL('../../fixtures/jaeger/v1.67-traefik-v3.6.12.json', import.meta.url);
    const { data } = JSON.parse(readFileSync(fixture, 'utf8')) as { data: JaegerTrace[] };
    const trace = data.find(({ spans }) => spans.some((one) => one.operationName === 'DELETE'))!;
    const forward = trace.spans.find((one) => one.operationName === 'ReverseProxy')!;
    const tags = {
      'http.request.method': 'DELETE',
      'http.route': '/orders/:id',
      'span.kind': 'server',
    };
    trace.spans.push({
      ...forward,
      operationName: 'DELETE /orders/:id',
      spanID: '00000000000000b1',
      processID: 'p2',
      references: [{ refType: 'CHILD_OF', traceID: trace.traceID, spanID: forward.spanID }],
      tags: [
        ...Object.entries(tags).map(([key, value]) => ({ key, type: 'string', value })),
        { key: 'http.response.status_code', type: 'int64', value: 500 },
      ],
    });
    trace.processes['p2'] = { serviceName: 'shop-api', tags: [] };
    writeFileSync(join(folder, 'chain.json'), JSON.stringify({ data }));
    for (const asked of ['DELETE', 'delete 500', '5xx', 'shop@file']) {
      const { code, out } = await spanhop('endpoints', 'chain.json', '--behind', asked);
      assert.equal(code, 0);
      const [head, first] = out.split('\n');
      assert.match(head!, /^share +p50 .*endpoint +handler +file$/);
      assert.match(
        first!,
        /^ *100% .*DELETE \/orders\/:id +OrdersController\.remove +orders\.controller\.ts:14$/,
      );
    }
    const { out } = await spanhop('endpoints', 'chain.json', '--behind', 'shop@file', '--json');
    const answer = JSON.parse(out) as { behind: string; endpoints: object[]; sample: object };
    const [{ share, through, file, line }] = answer.endpoints as [Record<string, unknown>];
    assert.deepEqual(
      { behind: answer.behind, share, through, file, line },
      {
        behind: 'shop@file',
        share: 1,
        through: { count: 1, of: 1 },
        file: 'orders.controller.ts',
        line: 14,
      },
    );
    assert.deepEqual(answer.sample, { about: 'proxy', requests: 2, ended: 1, isSearched: false });
    assert.match(
      (await spanhop('endpoints', 'chain.json', '--behind', 'nobody')).out,
      /No endpoint found for nobody/,
    );
    assert.equal((await spanhop('endpoints', 'chain.json', '--behind', ' ')).code, 2);
    assert.equal(
      (await spanhop('endpoints', 'chain.json', '--behind', 'GET', '--sort', 'p95')).code,
      2,
    );
  });

  it('endpoints counts the requests of a file of any age', async () => {
    const { out } = await spanhop('endpoints', 'trace.json', '--json');
    const { endpoints } = JSON.parse(out) as {
      endpoints: { endpoint: string; line: number; figures: { count: number; max: number } }[];
    };
    const [first] = endpoints;
    assert.deepEqual(
      [first?.endpoint, first?.line, first?.figures.count, first?.figures.max],
      ['DELETE /orders/:id', 14, 1, 120_000_000],
    );
  });

  for (const [what, args, words, code] of [
    ['a missing file', ['trace', 'gone.json'], /gone\.json/, 2],
    ['broken JSON', ['trace', 'broken.json'], /broken\.json/, 1],
    ['a page instead of JSON', ['endpoints', 'page.json'], /page\.json/, 1],
    ['a missing folder', ['index', 'nowhere'], /^spanhop: Folder not found: .*nowhere/, 2],
    ['no store', ['endpoints'], /No local traces found in .*none\.db\./, 2],
    ['a missing database', ['endpoints', '--local', 'x.db'], /x\.db/, 2],
    ['an address that is none', ['endpoints', '--jaeger', 'not a url'], /must start with http/, 1],
    ['an unknown command', ['show'], /Unknown command "show"/, 2],
  ] as const) {
    it(`tells of ${what} in one sentence, by exit code ${code}`, async () => {
      const result = await spanhop(...args);
      assert.equal(result.code, code, result.err);
      assert.equal(result.out, '');
      const [sentence = '', ...rest] = result.err.split('\n');
      assert.match(sentence, words);
      assert.ok(rest.length <= 1, result.err);
    });
  }

  it('names the address of a Jaeger that does not answer', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.close();
    await once(server, 'close');
    const { code, err } = await spanhop('endpoints', '--jaeger', url);
    assert.equal(code, 1);
    assert.ok(err.includes(url), err);
    assert.ok(!err.includes('\n'), err);
  });

  it('tells the next step in its own options, not in commands and settings of the editor', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(401).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const args = [main, 'endpoints', '--jaeger', url, '--dir', folder];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    await once(child, 'close');
    server.close();
    assert.match(err, /denied access \(HTTP 401\)\. .*--header/);
    for (const [template, words] of Object.entries(wording)) {
      assert.ok(sourceTexts().includes(template), `nobody says ${template}`);
      assert.doesNotMatch(words, /settings|spanhop\.\w|Spanhop:/);
    }
  });

  it('ends quietly when the reader of its output has gone', async () => {
    const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    assert.deepEqual([code, err], [0, '']);
  });
});
