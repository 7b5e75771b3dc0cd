import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HttpHandler, RouterRules } from '../../../../src/core/code/model.ts';
import { fitOf, readPath } from '../../../../src/core/matching/http/routeFit.ts';
import { parseRoute } from '../../../../src/core/matching/http/routePattern.ts';
import { RouteTable } from '../../../../src/core/matching/http/routeTable.ts';

const folder = join(import.meta.dirname, '../../../fixtures/routers');

interface Recorded {
  readonly rules: Omit<RouterRules, 'inOrder'>;
  /** Paths that a route answers. */
  readonly fits: Readonly<Record<string, readonly string[]>>;
  /** Routes in the order of their registration, requests, and which of the routes answered: -1 none. */
  readonly won: readonly {
    readonly registered: readonly string[];
    readonly asked: readonly string[];
    readonly answers: readonly number[];
  }[];
}

/** find-my-way before version 9 takes nothing for a parameter too, and a semicolon for the end of a path. */
const isOdd = (path: string) => /;|\/\/|--|\/[@v]?(\/|$)/.test(path);

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const { nest, paths, recorded } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    readonly nest: string;
    readonly paths: readonly string[];
    readonly recorded: readonly Recorded[];
  };
  const compared = nest.startsWith('10.') ? paths.filter((path) => !isOdd(path)) : paths;
  for (const { rules: recordedRules, fits, won } of recorded) {
    const rules = { ...recordedRules, inOrder: recordedRules.adapter === 'express' };
    const { adapter, caseSensitive, strict } = rules;
    const title = `${adapter} of Nest ${nest}, ${caseSensitive ? 'its own case' : 'any case'}, ${strict ? 'strict' : 'not strict'}`;
    describe(title, () => {
      for (const [route, answered] of Object.entries(fits)) {
        it(`answers with ${route} what fits it here`, () => {
          const pattern = parseRoute(route);
          const found = compared.filter((path) => fitOf(readPath(path), pattern, rules));
          assert.deepEqual(
            found,
            answered.filter((path) => compared.includes(path)),
          );
        });
      }

      for (const { registered, asked, answers } of won) {
        it(`answers with the same one of ${registered.join(', ')}`, () => {
          const handlers = registered.map((line, at) => handlerOf(line, at, rules));
          const table = new RouteTable(handlers);
          for (const [at, line] of asked.entries()) {
            const [method = '', path = ''] = line.split(' ');
            if (!compared.some((one) => one === path) && isOdd(path)) continue;
            const names = table.fitting(path, method).map(({ handler }) => handler);
            const answer = answers[at] ?? -1;
            assert.deepEqual(names, answer < 0 ? [] : [registered[answer]], line);
          }
        });
      }
    });
  }
}

/** One method after the other of one controller. */
function handlerOf(registered: string, at: number, router: RouterRules): HttpHandler {
  const [method = '', path = ''] = registered.split(' ');
  return {
    kind: 'http',
    id: registered,
    method,
    path,
    pathComplete: true,
    router,
    controller: 'Controller',
    handler: registered,
    declaredIn: 'Controller',
    location: { path: '/ws/controller.ts', line: at + 1, column: 1 },
    firstLine: at + 1,
    lastLine: at + 1,
    methodId: registered,
    project: '/ws',
  };
}
