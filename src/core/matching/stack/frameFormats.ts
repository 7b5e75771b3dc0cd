import type { StackFrame } from './stackFrame.ts';

/** Reads a frame from its line and the line before it; undefined: another format, or no frame. */
type FrameFormat = (line: string, before: string) => StackFrame | undefined;

/** V8: `at f (/a/b.js:1:2)`, `at async C.m (file:///a.js:1:2)`, `at /a.js:1:2`. */
const v8: FrameFormat = (line) => {
  if (!line.startsWith('at ')) return undefined;
  // The first one: folders have brackets too.
  const open = line.endsWith(')') ? line.indexOf(' (') : -1;
  const where = open === -1 ? line.slice(3).replace(/^async /, '') : line.slice(open + 2, -1);
  const [, path, row, column] = /^(.+):(\d{1,9}):(\d{1,9})$/.exec(where) ?? [];
  if (path === undefined) return undefined;
  const functionName = open === -1 ? '' : line.slice(3, open).trim();
  return { path, line: Number(row), column: Number(column), functionName, text: line.slice(3) };
};

/** Java, Kotlin, and PHP's OpenTelemetry: `at com.shop.Orders.list(Orders.java:42)`, whose folder is the package. */
const java: FrameFormat = (line) => {
  const [, name = '', file = '', row] =
    /^at (?:[^\s/]*\/+)?([^\s()]+)\(([^():]+\.\w+):(\d{1,9})\)$/.exec(line) ?? [];
  if (row === undefined) return undefined;
  const folder = name.split('.').slice(0, -2).join('/');
  const path = folder === '' ? file : `${folder}/${file}`;
  return { path, line: Number(row), column: 1, functionName: name, text: line.slice(3) };
};

/** Rust, after the line with the function (`12: shop::orders::create`): `at ./src/orders.rs:42:9`. */
const rust: FrameFormat = (line, before) => {
  const [, path, row, column] = /^at (\S+\.rs):(\d{1,9})(?::(\d{1,9}))?$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  const [, name = ''] = /^\d+: (?:0x[0-9a-f]+ - )?(.+?)(?:::h[0-9a-f]{16})?$/.exec(before) ?? [];
  const text = `${name} (${line.slice(3)})`.trim();
  return { path, line: Number(row), column: Number(column ?? 1), functionName: name, text };
};

/** Python: `File "/app/shop.py", line 12, in create`. */
const python: FrameFormat = (line) => {
  const [, path, row, name = ''] =
    /^File "([^"]+)", line (\d{1,9})(?:, in (.+))?$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  return {
    path,
    line: Number(row),
    column: 1,
    functionName: name,
    text: `${name} (${path}:${row})`.trim(),
  };
};

/** Go, after the line with the function (`main.(*Server).Price(0xc000…)`): `/app/server.go:42 +0x1d`. */
const go: FrameFormat = (line, before) => {
  const [, path, row] = /^(\S.*\.go):(\d{1,9})(?: \+0x[0-9a-f]+)?$/.exec(line) ?? [];
  if (path === undefined) return undefined;
  const name = before
    .replace(/^created by /, '')
    .replace(/ in goroutine \d+$/, '')
    .replace(/\((?:[^()]*|\.\.\.)\)$/, '');
  const text = `${name} (${path}:${row})`.trim();
  return { path, line: Number(row), column: 1, functionName: name, text };
};

/** PHP: `#0 /app/src/Orders.php(42): Shop\Orders->show()`, and where it was thrown: `… in /app/a.php:12`. */
const php: FrameFormat = (line) => {
  const [, path, row, call = ''] = /^#\d+ (.+\.php)\((\d{1,9})\): (.*)$/.exec(line) ?? [];
  if (path !== undefined) {
    const name = call.replace(/\(.*$/, '').replace('->', '::');
    // PHP names what was called from the line, not the function the line is in.
    return { path, line: Number(row), column: 1, functionName: '', text: `${path}:${row} ${name}` };
  }
  const [, thrownIn, thrownAt] = / in (\/\S+\.php):(\d{1,9})$/.exec(line) ?? [];
  if (thrownIn === undefined) return undefined;
  const text = `${thrownIn}:${thrownAt}`;
  return { path: thrownIn, line: Number(thrownAt), column: 1, functionName: '', text };
};

/** Rust before V8: both begin with `at`, and Rust's function is in the line before. */
export const frameFormats: readonly FrameFormat[] = [rust, v8, java, python, go, php];
