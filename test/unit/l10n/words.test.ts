import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string) =>
  JSON.parse(readFileSync(root + file, 'utf8')) as Record<string, string>;

const bundle = read('l10n/bundle.l10n.ko.json');
const texts = {
  English: [...Object.keys(bundle), ...Object.values(read('package.nls.json'))],
  Korean: [...Object.values(bundle), ...Object.values(read('package.nls.ko.json'))],
};

/** What users read no more, and what is said instead: docs/words.md. */
const notSaid = {
  English: [
    [/\b(local|trace) stores?\b/i, 'Local traces, trace database'],
    [/\bsource of traces\b/i, 'trace source'],
    [/\bfigures?\b/i, 'metrics'],
    [/\banswer(s|ed)?\b/i, 'response, responds'],
    [/\btime window\b|\bwindow of time\b/i, 'time range'],
    [/\bnewest\b/i, 'latest'],
    [/\blens(es)?\b/i, 'CodeLens'],
    [/\b(un)?fold(s|ed)?\b/i, 'expand, collapse'],
    [/\b(trace|span) id\b|\bby id\b|\b(Trace|Span|by) Id\b/, 'trace ID, span ID'],
    [/\b(weak|strong|unmapped)\b/i, 'uncertain, very likely, not mapped'],
    [/\b(do|does|did|is|are|was|has|have|could|can) ?not\b/i, "doesn't, isn't, can't"],
    [
      /\b(span|trace|code|index|log|NestJS) (names?|says?|tells?|knows?)\b/i,
      'recorded on the span',
    ],
    [/\bnot known\b/i, 'unknown, not found'],
    [/\d %|\} %/, '0%'],
  ],
  Korean: [
    [/추적/, '트레이스'],
    [/원본/, '소스'],
    [/특성/, '속성'],
    [/폭포수/, '워터폴'],
    [/내보내기/, '익스포터'],
    [/렌즈/, 'CodeLens'],
    [/수치|지표/, '메트릭'],
    [/(?<!보관 |전체 )기간/, '시간 범위'],
    [/(?<!시간 |표시 )범위/, '계측 스코프'],
    [/나가는 호출/, '외부 호출'],
    [/로컬 저장소|트레이스 저장소/, '로컬 트레이스, 트레이스 데이터베이스'],
    [/가장 (새로운|최근)/, '최신'],
    [/연결되지 않음|코드로 이어/, '매핑'],
    [/리졸브/, '리졸버'],
    [/에 대한|그것|되어지/, 'words of a Korean, not of a translation'],
    [/을\(를\)|은\(는\)|이\(가\)|와\(과\)|\(으\)로/, 'sentences whose names need no particle'],
    [/더블 ?클릭/, '두 번 클릭'],
    [/\d %|\} %/, '0%'],
  ],
} as const;

/** Commands, settings and code in a sentence keep their names. */
const withoutNames = (text: string) =>
  text.replaceAll(/`[^`]*`|\(command:[^)]*\)|spanhop(\.\w+)+/g, '');

const saying = (all: readonly string[], word: RegExp) =>
  all.filter((text) => word.test(withoutNames(text)));

describe('the words of sentences for the user', () => {
  for (const language of ['English', 'Korean'] as const)
    for (const [word, instead] of notSaid[language])
      it(`in ${language} are ${instead}, not ${word.source}`, () => {
        assert.deepEqual(saying(texts[language], word), []);
      });

  it('are looked at, but not the names of commands and settings', () => {
    assert.equal(saying(['Read from the local store.'], notSaid.English[0][0]).length, 1);
    assert.equal(saying(['트레이스 ID', '추적 ID'], notSaid.Korean[0][0]).length, 1);
    assert.deepEqual(saying(['See `#spanhop.lens.mode#`.'], notSaid.English[6][0]), []);
  });
});
