import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { epochMicroseconds, spanRow } from '../../../src/core/base/units.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import type { EngineSpanDetail } from '../../../src/engine/methods.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { silentLog } from '../../support/silentLog.ts';

const folder = fileURLToPath(new URL('../../fixtures/languages/', import.meta.url));

describe('recorded spans of Go and Python', () => {
  const { signal } = new AbortController();
  const engine = createEngine({ clock: systemClock, log: silentLog, emit: () => undefined });
  const details: (EngineSpanDetail & { readonly operation: string })[] = [];

  before(async () => {
    await engine.methods.openSource({ kind: 'file', path: `${folder}spans.json` }, signal);
    await engine.methods.openWorkspace(
      {
        folders: [`${folder}apps`],
        cacheFolder: undefined,
        isTrusted: true,
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      },
      signal,
    );
    const { traces } = await engine.methods.search(
      {
        service: undefined,
        operation: undefined,
        minDuration: undefined,
        errorsOnly: false,
        window: { start: epochMicroseconds(0), end: epochMicroseconds(Number.MAX_SAFE_INTEGER) },
        limit: 100,
      },
      signal,
    );
    for (const { traceId } of traces) {
      const { shape } = await engine.methods.openTrace({ traceId }, signal);
      for (let row = 0; row < shape.size; row++) {
        const detail = await engine.methods.spanDetail({ traceId, row: spanRow(row) }, signal);
        const operation = shape.operations[shape.columns.operation[row] ?? 0] ?? '';
        details.push({ ...detail, operation });
      }
    }
  });
  after(() => engine.dispose());

  /** `check likely check pricing/server.go:38: 	_, span := …`. */
  const placesOf = (operation: string): string[] => {
    const ofName = details.filter((detail) => detail.operation === operation);
    return [...new Set(ofName.map(({ match }) => shown(match)))];
  };
  const shown = (match: EngineSpanDetail['match']) => {
    if (match.confidence === 'unmapped') return match.reason;
    const { path, line } = match.location;
    const text = readFileSync(path, 'utf8').split('\n')[line - 1]!.trim();
    return `${match.confidence} ${match.symbol} ${relative(`${folder}apps`, path)}: ${text}`;
  };

  it('lead to their lines, likely: nobody reads these languages', () => {
    assert.ok(details.length >= 9);
    assert.deepEqual(placesOf('quote'), [
      'likely Server.Quote pricing/server.go: ctx, span := tracer.Start(ctx, "quote", here())',
    ]);
    assert.deepEqual(placesOf('add'), [
      'likely Server.Quote pricing/server.go: _, span := tracer.Start(ctx, "add", here())',
    ]);
    assert.deepEqual(placesOf('check'), [
      'likely main.check pricing/server.go: _, span := tracer.Start(ctx, "check", here())',
    ]);
    assert.deepEqual(placesOf('percent'), ['likely Rates.percent tax/rates.py: @traced']);
    const [quote] = details.filter(({ operation }) => operation === 'quote');
    assert.match(quote!.match.reason, /Spanhop doesn't index this language/);
  });

  it('have the frames of their stacks linked, those of libraries not', () => {
    const framesOf = (operation: string) =>
      details
        .filter((detail) => detail.operation === operation)
        .flatMap(({ stacks }) => stacks)
        .flatMap(({ frames }) => frames)
        .map(({ place }) =>
          place === undefined
            ? '-'
            : `${place.symbol} ${relative(`${folder}apps`, place.location.path)}:${place.location.line}`,
        );
    assert.deepEqual(framesOf('check'), [
      '-',
      '-',
      'main.check pricing/server.go:44',
      'Server.Quote pricing/server.go:29',
      'main.main pricing/main.go:24',
    ]);
    assert.deepEqual(framesOf('percent'), [
      'percent tax/rates.py:36',
      'percent tax/rates.py:38',
      'run tax/rates.py:20',
      '-',
      '-',
      '-',
    ]);
  });
});
