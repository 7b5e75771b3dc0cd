import assert from 'node:assert/strict';

import { readCommandLine } from '../../../src/cli/commandLine.ts';
import { UsageError } from '../../../src/core/base/usageError.ts';

const read = (...args: string[]) => readCommandLine(args, (path) => path === 'cafe');

describe('command line', () => {
  it('without a command is a call for help', () => {
    assert.deepEqual(read(), { command: 'help' });
    assert.deepEqual(read('trace', '--help'), { command: 'help' });
  });

  it('takes the directory of index from its place or from --dir', () => {
    const index = { command: 'index', services: {}, pathMappings: {}, json: true };
    assert.deepEqual(read('index', 'shop', '--json'), { ...index, dir: 'shop' });
    assert.deepEqual(read('index', '--json', '--dir', 'shop'), { ...index, dir: 'shop' });
    assert.deepEqual(read('index', '--json'), { ...index, dir: '.' });
  });

  it('reads the folders of services and of paths, each more than once', () => {
    const line = read(
      'map',
      'x.json',
      ...['--service', 'shop-api=apps/api', '--path-mapping', '/app=apps/api'],
      ...['--path-mapping', 'C:\\work=.'],
    );
    assert.ok(line.command === 'map');
    assert.deepEqual(line.services, { 'shop-api': 'apps/api' });
    assert.deepEqual(line.pathMappings, { '/app': 'apps/api', 'C:\\work': '.' });
    assert.throws(() => read('map', 'x.json', '--path-mapping', '/app'), /Use FROM=FOLDER/);
  });

  it('tells a trace id to explain from the name of a handler that is spelled like one', () => {
    const about = (subject: string) => {
      const line = read('explain', subject);
      assert.ok(line.command === 'explain');
      return line.about;
    };
    assert.deepEqual(about('add'), { asked: 'add' });
    assert.deepEqual(about('Feed'), { asked: 'Feed' });
    assert.deepEqual(about('add1'), { traceId: 'add1' });
    assert.deepEqual(about('a'.repeat(16)), { traceId: 'a'.repeat(16) });
    assert.throws(() => read('explain', ' '), /explain requires an endpoint or a trace ID/);
  });

  it('says in one line what is wrong with an option', () => {
    assert.throws(
      () => read('endpoints', '--limit', '-1'),
      (error) => error instanceof UsageError && !error.message.includes('\n'),
    );
  });

  it('tells a trace id from a file, and a file named like an id is a file', () => {
    const id = '0af7651916cd43dd8448eb211c80319c';
    const parts = (...args: string[]) => {
      const line = read('trace', ...args);
      assert.ok(line.command === 'trace');
      return [line.traceId, line.source];
    };
    assert.deepEqual(parts(id), [id, { kind: 'local', databasePath: '' }]);
    assert.deepEqual(parts('answer.json'), [undefined, { kind: 'file', path: 'answer.json' }]);
    assert.deepEqual(parts('cafe'), [undefined, { kind: 'file', path: 'cafe' }]);
  });

  it('reads Jaeger with headers, whose values may hold colons', () => {
    const line = read('endpoints', '--jaeger', 'http://j', '--header', 'Authorization: Basic a:b');
    assert.ok(line.command === 'endpoints' && line.source.kind === 'jaeger');
    assert.deepEqual(line.source.headers, { Authorization: 'Basic a:b' });
  });

  it('takes --local alone, with = and before a database, but never swallows an id', () => {
    const source = (...args: string[]) => {
      const line = read('trace', ...args);
      assert.ok(line.command === 'trace');
      return [line.source, line.traceId];
    };
    const ours = { kind: 'local', databasePath: '' };
    assert.deepEqual(source('--local', 'abc123'), [ours, 'abc123']);
    const database = { kind: 'local', databasePath: 'x/traces.db' };
    assert.deepEqual(source('--local', 'x/traces.db', 'abc123'), [database, 'abc123']);
    assert.deepEqual(source('abc123', '--local=x/traces.db'), [database, 'abc123']);
  });

  it('takes the address of a page, a header or a log line for the ID that it has', () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    const page = `http://localhost:16686/trace/${id}?uiFind=a`;
    const header = `traceparent: 00-${id}-00f067aa0ba902b7-01`;
    for (const text of [page, header, `paid trace_id=${id}`]) {
      const line = read('trace', text, '--local');
      assert.equal(line.command === 'trace' && line.traceId, id);
    }
    const line = read('compare', page, id.replace('4', '5'), 'x.json');
    assert.deepEqual(line.command === 'compare' && line.traces[0], { traceId: id });
    const explained = read('explain', page);
    assert.deepEqual(explained.command === 'explain' && explained.about, { traceId: id });
  });

  it('reads which traces are compared: by ID, of the source or of a last file, or as files', () => {
    const [a, b] = ['0af7651916cd43dd8448eb211c80319c', '4bf92f3577b34da6a3ce929d0e0e4736'];
    const parts = (...args: string[]) => {
      const line = read('compare', ...args);
      assert.ok(line.command === 'compare');
      return [line.traces, line.source];
    };
    const ids = [{ traceId: a }, { traceId: b }];
    assert.deepEqual(parts(a, b), [ids, { kind: 'local', databasePath: '' }]);
    assert.deepEqual(parts(a, b, 'x.json'), [ids, { kind: 'file', path: 'x.json' }]);
    const files = [{ path: 'x.json' }, { path: 'cafe' }];
    assert.deepEqual(parts('x.json', 'cafe'), [files, { kind: 'file', path: 'x.json' }]);
    const mixed = parts('--local', 'x.db', a, 'x.json');
    assert.deepEqual(mixed, [
      [{ traceId: a }, { path: 'x.json' }],
      { kind: 'local', databasePath: 'x.db' },
    ]);
  });

  it('reads windows', () => {
    const minutes = (...args: string[]) => {
      const line = read('endpoints', ...args);
      assert.ok(line.command === 'endpoints');
      return line.windowMinutes;
    };
    assert.equal(minutes('--window', '15m'), 15);
    assert.equal(minutes('--window', '7d'), 10_080);
    assert.equal(minutes('--window', 'all'), undefined);
    assert.equal(minutes(), 60);
    assert.equal(minutes('answer.json'), undefined);
  });

  for (const [args, words] of [
    [['explode'], /Unknown command "explode"/],
    [['trace'], /requires a trace ID/],
    [['trace', 'a', 'b'], /Unexpected argument "b"/],
    [['endpoints', '--window', '1 hour'], /--window "1 hour"\. Use 15m/],
    [['endpoints', '--limit', '0'], /--limit "0"\. Use a whole number/],
    [['endpoints', '--sort', 'name'], /--sort "name"\. Use p95/],
    [['endpoints', '--jaeger', 'http://j', '--local'], /one trace source/],
    [['endpoints', '--header', 'a: b'], /--header requires --jaeger/],
    [
      ['endpoints', '--jaeger', 'http://j', '--header', 'a b: c'],
      /letters, digits and dashes in the name/,
    ],
    [['endpoints', '--jaeger', 'http://j', '--header', 'Authorization: ☃'], /printable ASCII/],
    [['endpoints', '--jaeger', 'http://j', '--header', 'Authorization:'], /printable ASCII/],
    [['trace', 'a', '--service', 'shop'], /NAME=FOLDER/],
    [['compare'], /requires two traces/],
    [['compare', 'a'], /requires two traces/],
    [['compare', 'a', '0xA'], /Both are the same trace/],
    [['compare', 'x.json', 'x.json'], /Both are the same trace/],
    [['compare', 'a', 'b', 'x.json', 'y.json'], /Unexpected argument "y\.json"/],
    [['compare', 'x.json', 'y.json', 'z.json'], /Unexpected argument "z\.json"/],
    [['compare', 'x.json', 'y.json', '--jaeger', 'http://j'], /one trace source/],
    [['compare', 'a', 'b', '--errors'], /--errors can't be used with compare/],
    [['trace', '--no-such-flag'], /no-such-flag/],
    [['map', '--report', '0af7651916cd43dd'], /--report can't be used with a trace ID/],
  ] as const) {
    it(`refuses "${args.join(' ')}" with a sentence`, () => {
      assert.throws(
        () => read(...args),
        (error) => {
          assert.ok(error instanceof UsageError);
          assert.match(error.message, words);
          return true;
        },
      );
    });
  }

  it('repeats no header in its complaint: it may be a secret', () => {
    assert.throws(
      () => read('endpoints', '--jaeger', 'http://j', '--header', 'hunter2'),
      (error) => error instanceof UsageError && !error.message.includes('hunter2'),
    );
  });
});
