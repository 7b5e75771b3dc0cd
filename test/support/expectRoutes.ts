import assert from 'node:assert/strict';
import { httpHandlers, indexFiles } from './memoryWorkspace.ts';

/**
 * Expects the routes that marks under the code name: each `^ GET /path` stands under the name of its method.
 * Several routes of one method have a mark each.
 */
export function expectRoutes(marked: string, others: Readonly<Record<string, string>> = {}): void {
  const lines = marked.split('\n');
  const expected: string[] = [];
  const code: string[] = [];
  let column = 0;
  for (const line of lines) {
    const mark = /^(\s*)\^+ ([A-Z]+ \S+)$/.exec(line);
    if (!mark) {
      code.push(line);
      continue;
    }
    column = (mark[1] ?? '').length + 1;
    expected.push(`${mark[2] ?? ''} ${code.length}:${column}`);
  }
  const index = indexFiles({ 'app.ts': code.join('\n'), ...others });
  const found = httpHandlers(index).map(
    ({ method, path, location }) => `${method} ${path} ${location.line}:${location.column}`,
  );
  assert.deepEqual(found.sort(), expected.sort());
}

/** Imports of Nest's packages, in two lines. */
export const common = `import { Controller, Get, Post, All, Sse, Search, RequestMapping, RequestMethod, Version, VERSION_NEUTRAL, Module, UseGuards, applyDecorators, VersioningType } from '@nestjs/common';\nimport { NestFactory, RouterModule } from '@nestjs/core';\n`;
