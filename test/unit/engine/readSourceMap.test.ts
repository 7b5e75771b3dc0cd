import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourceMapConsumer, SourceMapGenerator, type RawSourceMap } from 'source-map';
import { placeInSource, readSourceMap } from '../../../src/engine/readSourceMap.ts';

const most = 1_000;
const plain = { version: 3, names: [], sources: ['a.ts'], mappings: 'AAAA' };
const read = (map: object) => readSourceMap(JSON.stringify(map), most).map;
const firstSource = (map: object) => placeInSource(read(map), 1, 1)?.source;

describe('a source map', () => {
  const positions = fc.record({
    line: fc.integer({ min: 1, max: 6 }),
    column: fc.integer({ min: 0, max: 12 }),
  });
  const mappings = fc.array(
    fc.record({
      generated: positions,
      original: fc.option(positions, { nil: undefined }),
      source: fc.constantFrom('a.ts', '../b.ts', 'webpack://shop/./src/c.ts'),
      name: fc.option(fc.constantFrom('f', 'g'), { nil: undefined }),
    }),
    { maxLength: 12 },
  );

  it('tells the places that the reference reader of its format tells', () => {
    fc.assert(
      fc.property(mappings, fc.constantFrom(undefined, '../src', '/app/'), (made, sourceRoot) => {
        const generator = new SourceMapGenerator(sourceRoot === undefined ? {} : { sourceRoot });
        const columns = new Set<string>();
        for (const { generated, original, source, name } of made) {
          const at = `${String(generated.line)}:${String(generated.column)}`;
          if (columns.has(at)) continue; // of two at one place either may be told
          columns.add(at);
          if (original === undefined) generator.addMapping({ generated } as never);
          else generator.addMapping({ generated, original, source, ...(name ? { name } : {}) });
        }
        const text = generator.toString();
        const { map } = readSourceMap(text, most);
        const reference = new SourceMapConsumer(JSON.parse(text) as RawSourceMap);
        for (let line = 1; line <= 7; line++) {
          for (let column = 1; column <= 14; column++) {
            const place = placeInSource(map, line, column);
            const expected = referencePlace(reference, line, column);
            assert.deepEqual(
              place && { line: place.line, column: place.column, end: place.source.slice(-4) },
              expected && {
                line: expected.line,
                column: expected.column + 1,
                end: expected.source.slice(-4),
              },
            );
          }
        }
      }),
    );
  });

  for (const [root, source, expected] of [
    ['../src', 'a.ts', '../src/a.ts'],
    ['/app/', 'a.ts', '/app/a.ts'],
    ['/', 'src/a.ts', '/src/a.ts'],
    ['webpack:///', 'src/a.ts', 'webpack:///src/a.ts'],
    ['/app', '/app/src/a.ts', '/app/src/a.ts'],
    ['/', 'webpack://shop/src/a.ts', 'webpack://shop/src/a.ts'],
    ['file:///app', 'file:///app/a.ts', 'file:///app/a.ts'],
    ['/app', 'C:\\app\\a.ts', 'C:\\app\\a.ts'],
  ] as const) {
    it(`puts ${source} below its source root ${root} as ${expected}`, () => {
      assert.equal(firstSource({ ...plain, sourceRoot: root, sources: [source] }), expected);
      const sections = [
        { offset: { line: 0, column: 0 }, map: { ...plain, sourceRoot: root, sources: [source] } },
      ];
      assert.equal(firstSource({ version: 3, sections }), expected);
    });
  }

  it('tells no place where the source isn’t told, or isn’t among its sources', () => {
    assert.equal(firstSource({ ...plain, sources: [null] }), undefined);
    assert.equal(firstSource({ ...plain, sourceRoot: '/app', sources: [null] }), undefined);
    assert.equal(firstSource({ ...plain, sources: [] }), undefined);
    assert.equal(firstSource({ ...plain, mappings: 'ADAA' }), undefined, 'source -1');
    assert.equal(firstSource({ ...plain, mappings: 'AADA' }), undefined, 'line -1');
  });

  it('tells the first place of a line whose column isn’t known, and none of line 0', () => {
    const map = read({ ...plain, mappings: 'IAAE' });
    for (const column of [0, 1, 5])
      assert.deepEqual(placeInSource(map, 1, column), { source: 'a.ts', line: 1, column: 3 });
    assert.equal(placeInSource(map, 0, 0), undefined);
    assert.equal(placeInSource(map, 2, 1), undefined);
  });

  it('in sections tells places of each from its line and column on', () => {
    const sections = [
      { offset: { line: 0, column: 0 }, map: { ...plain, mappings: 'AAAA;AAAA' } },
      { offset: { line: 1, column: 10 }, map: { ...plain, sources: ['b.ts'] } },
      { offset: { line: 5, column: 0 }, map: { ...plain, sources: ['c.ts'] } },
    ];
    const map = read({ version: 3, sections });
    const at = (line: number, column: number) => placeInSource(map, line, column)?.source;
    assert.deepEqual(
      [at(1, 1), at(2, 10), at(2, 11), at(4, 1), at(6, 1)],
      ['a.ts', 'a.ts', 'b.ts', undefined, 'c.ts'],
    );
  });
});

describe('what is no source map', () => {
  const section = (offset: object, map: object = plain) => ({
    version: 3,
    sections: [{ offset, map }],
  });
  for (const [what, map] of [
    ['a list', []],
    ['a map without mappings', { ...plain, mappings: undefined }],
    ['a map without sources', { ...plain, sources: undefined }],
    ['a map of no sections', { version: 3, sections: [] }],
    ['a section without a place', section({})],
    ['a section before the first line', section({ line: -1, column: 0 })],
    ['a section in the middle of a line’s number', section({ line: 0.5, column: 0 })],
    ['a section at a line that no code has', section({ line: 1e9, column: 0 })],
    ['a section of sections', section({ line: 0, column: 0 }, section({ line: 0, column: 0 }))],
  ] as const) {
    it(`is refused: ${what}`, () => {
      assert.throws(() => read(map), TypeError);
    });
  }

  it('is refused: text that is cut', () => {
    assert.throws(() => readSourceMap('{"version":3,', most), SyntaxError);
  });

  it('is refused: more mappings than may be read, in one or in all sections', () => {
    const half = { ...plain, mappings: ';'.repeat(most / 2 + 1) };
    read(half);
    const offset = { line: 0, column: 0 };
    const sections = [
      { offset, map: half },
      { offset, map: half },
    ];
    assert.throws(() => read({ version: 3, sections }), RangeError);
    assert.throws(() => read({ ...plain, mappings: ';'.repeat(most + 1) }), RangeError);
  });
});

/** As `placeInSource` answers: the next place of the line where there is none before. */
function referencePlace(reference: SourceMapConsumer, line: number, column: number) {
  const at = { line, column: column - 1 };
  const before = reference.originalPositionFor(at);
  const place = hasSource(before)
    ? before
    : reference.originalPositionFor({ ...at, bias: SourceMapConsumer.LEAST_UPPER_BOUND });
  return hasSource(place) ? place : undefined;
}

const hasSource = ({ source }: { readonly source: string | null }) => source !== null;
