import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sources = globSync(['src/**/*.ts', 'media/**/*.{ts,tsx}'], { cwd: root });

interface Call {
  readonly template: string | undefined;
  readonly place: string;
}

/** Every `message(...)` and `l10n.t(...)` with its template; undefined where it isn't written out. */
function sentenceCalls(file: string): Call[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(root + file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const calls: Call[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isSentence(node.expression)) {
      const [first] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const template = first && ts.isStringLiteralLike(first) ? first.text : undefined;
      calls.push({ template, place: `${file}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return calls;
}

const isSentence = (callee: ts.Expression): boolean =>
  (ts.isIdentifier(callee) && callee.text === 'message') ||
  (ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    callee.expression.getText().endsWith('l10n'));

const placeholders = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].toSorted();

const calls = sources.flatMap(sentenceCalls);
const templates = new Set(calls.flatMap(({ template }) => template ?? []));
const korean = JSON.parse(readFileSync(`${root}l10n/bundle.l10n.ko.json`, 'utf8')) as Record<
  string,
  string
>;

describe('sentences for the user', () => {
  it('are written out where they are used, so that they can be found', () => {
    assert.ok(calls.length > 100);
    const hidden = calls.filter(({ template }) => template === undefined);
    assert.deepEqual(
      hidden.map(({ place }) => place),
      [],
    );
  });

  it('are all in Korean', () => {
    const missing = [...templates].filter((template) => !(template in korean));
    const lines = missing.map((template) => `  ${JSON.stringify(template)}: "",`);
    assert.equal(missing.length, 0, `Add to l10n/bundle.l10n.ko.json:\n${lines.join('\n')}`);
  });

  it('leave no translation behind that nothing says any more', () => {
    const unused = Object.keys(korean).filter((template) => !templates.has(template));
    assert.deepEqual(unused, []);
  });

  it('keep their placeholders in translation', () => {
    for (const [template, translation] of Object.entries(korean))
      assert.deepEqual(placeholders(translation), placeholders(template), template);
  });

  it('are translated: nothing is left empty', () => {
    assert.deepEqual(
      Object.entries(korean).filter(([, translation]) => translation.trim() === ''),
      [],
    );
  });
});
