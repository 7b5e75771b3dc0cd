import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseStack } from '../../../../../src/core/matching/stack/parseStack.ts';
import { parsePrismaInvocation } from '../../../../../src/core/matching/stack/prismaInvocation.ts';

/** `function path:line:column`. */
const shown = (stack: string) =>
  parseStack(stack).map(({ functionName, path, line, column }) =>
    `${functionName} ${path}:${line}:${column}`.trim(),
  );

describe('a stack trace', () => {
  it('of V8 has its frames, with and without names', () => {
    const stack = `TypeError: boom (at last)
    at OrdersService.remove (/app/dist/orders.js:12:3)
    at async Promise.all (index 0)
    at async OrdersController.remove [as handler] (file:///app/dist/orders.controller.js:7:1)
    at /app/dist/main.js:1:2
    at async C:\\work\\main.ts:3:4
    at <anonymous>`;
    assert.deepEqual(shown(stack), [
      'OrdersService.remove /app/dist/orders.js:12:3',
      'async OrdersController.remove [as handler] file:///app/dist/orders.controller.js:7:1',
      '/app/dist/main.js:1:2',
      'C:\\work\\main.ts:3:4',
    ]);
  });

  it('of V8 may have brackets and queries in its paths, and colors around them', () => {
    const stack = `Error: boom
    at Loans.card (webpack-internal:///(rsc)/./src/loans.ts?4b1f:7:13)
    at \u001b[36mLoans.card\u001b[39m (\u001b[90m/app (copy)/src/loans.ts?t=1:7:13\u001b[39m)
    at async Loans.list [as run] (\u001b]8;;file:///app/x.ts\u0007/app/src/loans.ts:9:1\u001b]8;;\u0007)
    at eval (webpack:///./src/main.ts?a:1:2)`;
    assert.deepEqual(shown(stack), [
      'Loans.card webpack-internal:///(rsc)/./src/loans.ts?4b1f:7:13',
      'Loans.card /app (copy)/src/loans.ts?t=1:7:13',
      'async Loans.list [as run] /app/src/loans.ts:9:1',
      'eval webpack:///./src/main.ts?a:1:2',
    ]);
  });

  it('of Java has the folder of its package, with the frames of what caused it', () => {
    const stack = `java.lang.IllegalStateException: no stock
\tat com.shop.orders.OrderService.reserve(OrderService.java:42)
\tat app//com.shop.orders.OrderController$$Lambda/0x1.run(OrderController.java:19)
\tat java.base/java.lang.Thread.run(Thread.java:840)
\tat com.shop.Native.call(Native Method)
Caused by: java.sql.SQLException: locked
\tat com.shop.Db.query(Db.kt:7)
\t... 12 more`;
    assert.deepEqual(shown(stack), [
      'com.shop.orders.OrderService.reserve com/shop/orders/OrderService.java:42:1',
      'com.shop.orders.OrderController$$Lambda/0x1.run com/shop/orders/OrderController.java:19:1',
      'java.lang.Thread.run java/lang/Thread.java:840:1',
      'com.shop.Db.query com/shop/Db.kt:7:1',
    ]);
  });

  it('of Python is turned, each traceback by itself', () => {
    const stack = `Traceback (most recent call last):
  File "/app/shop/db.py", line 3, in read
    return rows[0]
           ~~~~^^^
  File "/app/shop/db.py", line 9, in first
    raise KeyError
KeyError

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/shop/main.py", line 20, in <module>
    handle()
  File "/app/shop/orders.py", line 12, in handle
    raise Missing from error
shop.Missing`;
    assert.deepEqual(shown(stack), [
      'first /app/shop/db.py:9:1',
      'read /app/shop/db.py:3:1',
      'handle /app/shop/orders.py:12:1',
      '<module> /app/shop/main.py:20:1',
    ]);
  });

  it('of a group of exceptions in Python has its own frames, then those of each', () => {
    const stack = `  + Exception Group Traceback (most recent call last):
  |   File "/app/shop/main.py", line 20, in <module>
  |     handle()
  |   File "/app/shop/orders.py", line 12, in handle
  |     raise ExceptionGroup('outer', errors)
  | ExceptionGroup: outer (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | TypeError: t
    +---------------- 2 ----------------
    | Exception Group Traceback (most recent call last):
    |   File "/app/shop/stock.py", line 17, in take
    |     raise ExceptionGroup('inner', errors)
    | ExceptionGroup: inner (1 sub-exception)
    +-+---------------- 1 ----------------
      | Traceback (most recent call last):
      |   File "/app/shop/stock.py", line 3, in one
      |     return rows[0]
      |            ~~~~^^^
      |   File "/app/shop/db.py", line 9, in first
      | KeyError: 'k'
      +------------------------------------`;
    assert.deepEqual(shown(stack), [
      'handle /app/shop/orders.py:12:1',
      '<module> /app/shop/main.py:20:1',
      'take /app/shop/stock.py:17:1',
      'first /app/shop/db.py:9:1',
      'one /app/shop/stock.py:3:1',
    ]);
  });

  it('of Go takes functions from the lines before', () => {
    const stack = `goroutine 7 [running]:
main.(*Server).Price(0xc000102000, {0x7f, 0x3})
\t/app/pricing/server.go:42 +0x1d
net/http.HandlerFunc.ServeHTTP(...)
\t/usr/local/go/src/net/http/server.go:2294
created by main.main in goroutine 1
\t/app/pricing/main.go:9 +0x5a`;
    assert.deepEqual(shown(stack), [
      'main.(*Server).Price /app/pricing/server.go:42:1',
      'net/http.HandlerFunc.ServeHTTP /usr/local/go/src/net/http/server.go:2294:1',
      'main.main /app/pricing/main.go:9:1',
    ]);
  });

  it('of PHP begins where it was thrown', () => {
    const stack = `Shop\\NoStock: none left in /app/src/Stock.php:12
Stack trace:
#0 /app/src/Orders.php(42): Shop\\Stock->take('a', 1)
#1 {main}`;
    assert.deepEqual(shown(stack), ['/app/src/Stock.php:12:1', '/app/src/Orders.php:42:1']);
  });

  it('of Rust takes functions from the lines before, and columns where there are any', () => {
    const stack = `   0: rust_begin_unwind
             at /rustc/abc/library/std/src/panicking.rs:665:5
   1: shop::orders::create
             at ./src/orders.rs:42:9
   2: 0x55d0 - shop::main::h0123456789abcdef
             at /app/src/main.rs:7`;
    assert.deepEqual(shown(stack), [
      'rust_begin_unwind /rustc/abc/library/std/src/panicking.rs:665:5',
      'shop::orders::create ./src/orders.rs:42:9',
      'shop::main /app/src/main.rs:7:1',
    ]);
  });

  it('is read for its first hundred frames only', () => {
    const frame = (line: number) => `    at f (/app/a.js:${line}:1)`;
    const stack = Array.from({ length: 5_000 }, (_, line) => frame(line)).join('\n');
    assert.equal(parseStack(stack).length, 100);
  });

  it('has no frame where no file is named', () => {
    assert.deepEqual(parseStack('at :2:3\nat f (:2:3)\nFile "", line 4'), []);
  });

  it('may be any text', () => {
    const pieces = fc.constantFrom(
      'at ',
      '(',
      ')',
      ':1',
      ':2:3',
      'File "',
      '", line 4',
      '.go',
      '.rs',
      '.php',
      '#0 ',
      'Traceback (most recent call last):',
      'Exception Group ',
      '  | ',
      '+ ',
      '\n',
      '\t',
      'Invalid `x()` invocation in\n',
    );
    const anyText = fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 60 });
    fc.assert(
      fc.property(anyText, (parts) => {
        const text = parts.join('');
        for (const { line, column, path } of parseStack(text)) {
          assert.ok(Number.isSafeInteger(line) && Number.isSafeInteger(column) && path !== '');
        }
        parsePrismaInvocation(text);
      }),
    );
  });
});

describe("Prisma's message", () => {
  it('names the call and its place', () => {
    const text =
      '\nInvalid `this.prisma.order.create()` invocation in\n/app/dist/main.js:79:92\n\n 76';
    const { path, line, column, text: call } = parsePrismaInvocation(text)!;
    assert.deepEqual(
      [call, path, line, column],
      ['this.prisma.order.create()', '/app/dist/main.js', 79, 92],
    );
    assert.equal(parsePrismaInvocation('Invalid `x()` invocation:\n\n'), undefined);
  });

  it('names them in colors too', () => {
    const text =
      '\n\u001b[31mInvalid \u001b[1m`prisma.loan.create()`\u001b[22m invocation in\u001b[39m\n' +
      '\u001b[38;5;8m\u001b[4m/app/src/loans.service.ts:10:29\u001b[24m\u001b[0m\n\n 9';
    const { path, line, text: call } = parsePrismaInvocation(text)!;
    assert.deepEqual([call, path, line], ['prisma.loan.create()', '/app/src/loans.service.ts', 10]);
  });
});
