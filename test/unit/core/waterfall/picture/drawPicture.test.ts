import assert from 'node:assert/strict';
import { drawPicture } from '../../../../../src/core/waterfall/picture/drawPicture.ts';
import { fitted } from '../../../../../src/core/waterfall/picture/pictureText.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { assertGolden } from '../../../../support/goldenText.ts';
import { inKorean } from '../../../../support/korean.ts';
import { nPlusOne } from '../../../../support/nPlusOne.ts';
import { picturedTrace, type PicturedOptions } from '../../../../support/picturedTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

const start = Date.UTC(2026, 10, 22, 10) * 1_000;
const { spans: loop } = nPlusOne(22, start);
const draw = (spans: readonly RawSpan[], options?: PicturedOptions) =>
  drawPicture(picturedTrace(spans, options));

/** A request that fails in a call that another survives, in two services. */
const failing: readonly RawSpan[] = [
  makeSpan({ id: '1', name: 'POST /orders', kind: 'server', duration: 90_000, status: 'error' }),
  makeSpan({ id: '2', parent: '1', name: 'reserve', start: 2_000, duration: 20_000 }),
  makeSpan({ id: '3', parent: '2', name: 'POST', start: 4_000, duration: 15_000, status: 'error' }),
  makeSpan({
    id: '4',
    parent: '1',
    name: 'pay',
    service: 'payments',
    start: 30_000,
    duration: 55_000,
    status: 'error',
  }),
];

/** Names that would end a text, an attribute or the file, hide, reorder or fill it. */
const hostile: readonly RawSpan[] = [
  '</text><script>alert(1)</script>',
  '" onload="alert(1)',
  ']]><!-- &amp; &#x0; <?xml?>',
  'nul\u0000 bell\u0007 escape\u001b[31m',
  'half \ud83d and \udc00, none \ufffe \uffff',
  'admin\u202Etxt.exe\u2066\u200B',
  'טיפול בהזמנה 4711',
  'n'.repeat(1_000),
  '',
].map((name, at) =>
  makeSpan({
    id: String(at + 1),
    ...(at > 0 && { parent: '1' }),
    name,
    service: at % 2 === 0 ? name : `<${String(at)}>`,
    start: at * 100,
    duration: at === 0 ? 2_000 : 900,
  }),
);

const golden = (name: string) => new URL(`${name}.svg`, import.meta.url);

describe('a picture of the rows', () => {
  it('shows repeated calls as they are seen, with the critical path and their line', () => {
    assertGolden(golden('nPlusOne'), draw(loop, { places: ['users.service.ts:17'] }));
  });

  it('shows errors, what has the most of the time, and where services change', () => {
    assertGolden(golden('errors'), draw(failing));
  });

  it('shows hostile names as text', () => {
    const svg = draw(hostile);
    assertGolden(golden('hostile'), svg);
    assert.doesNotMatch(svg, /<script|<foreignObject|href|url\((?!#)|\son\w+="/);
  });

  it('shows the part of the time that is on screen, what the filter finds, and what the view leaves out', () => {
    const svg = draw(loop, {
      view: () => ({
        range: { start: 100_000, end: 400_000 },
        filter: 'post <users>',
        isGrouped: false,
      }),
      matches: ({ opened }) =>
        opened.shape.columns.operation.reduce((marks, operation, row) => {
          marks[row] = opened.shape.operations[operation]?.includes('Post') === true ? 1 : 0;
          return marks;
        }, new Uint8Array(opened.shape.size)),
      onlyCritical: true,
    });
    assertGolden(golden('zoomed'), svg);
  });

  it('draws 500 rows from the first on screen on, and says how many there are besides', () => {
    const many = Array.from({ length: 12_000 }, (_, at) =>
      makeSpan({
        id: String(at),
        ...(at > 0 && { parent: '0' }),
        name: `step ${String(at)}`,
        start: at,
        duration: 12_000 - at,
      }),
    );
    const names = (firstOnScreen: number) =>
      [...draw(many, { firstOnScreen }).matchAll(/font-size="1[23]"[^>]*>(step \d+|….*?)</g)].map(
        ([, text]) => text,
      );
    const top = names(0);
    assert.equal(top.length, 501);
    assert.deepEqual(
      [top[0], top.at(-2), top.at(-1)],
      ['step 0', 'step 499', '… 11,500 more rows'],
    );
    const middle = names(300);
    assert.deepEqual(
      [middle[0], middle[1], middle.at(-1)],
      ['… 300 rows above', 'step 300', '… 11,200 more rows'],
    );
    const last = names(11_990);
    assert.deepEqual([last[0], last.at(-1)], ['… 11,500 rows above', 'step 11999']);
  });

  it('says what is marked, and that times are by other clocks', () => {
    const svg = draw(failing, { markLabel: 'Spans of <pay>', hasAdjustedClocks: true });
    assert.match(svg, />Spans of &lt;pay&gt;<[^]*>clocks adjusted</);
    assert.doesNotMatch(draw(failing), /clocks adjusted/);
  });

  it('is drawn of a trace without spans', () => {
    assert.match(draw([]), /Empty trace/);
  });
});

describe('a picture in Korean', () => {
  inKorean();
  it('has its own words in Korean', () => {
    assert.match(draw(failing), /스팬 4개[^]*서비스 2개[^]*오류 3/);
  });
});

describe('a text that is cut to fit', () => {
  const measure = (text: string) => text.length * 10;
  it('keeps as much as fits, never half a character', () => {
    assert.equal(fitted('orders', 60, { size: 13 }, measure), 'orders');
    assert.equal(fitted('orders', 50, { size: 13 }, measure), 'orde…');
    assert.equal(fitted('🍰🍰🍰', 40, { size: 13 }, measure), '🍰…');
    assert.equal(fitted('orders', 5, { size: 13 }, measure), '');
  });
});
