import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Match, SpanMatch } from '../../../src/core/matching/match.ts';
import type { Attributes } from '../../../src/core/trace/rawSpan.ts';
import { refineBySymbols } from '../../../src/host/code/languageSymbols.ts';

/** As long as a test takes: an editor that starts on a busy machine answers late. */
const patienceMs = 25_000;
const refine = (match: SpanMatch, attributes: Attributes, folders: readonly string[]) =>
  refineBySymbols(match, attributes, folders, patienceMs);

const text = `import functools


class Rates:
    def tax(self, country):
        return 10

    def percent(self, country):
        return 1
`;

/** Stands for an extension for Python: the symbols of the file above. */
function symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  const range = (first: number, last: number) =>
    new vscode.Range(first - 1, 0, last - 1, document.lineAt(last - 1).text.length);
  const { Class, Method } = vscode.SymbolKind;
  const rates = new vscode.DocumentSymbol('Rates', '', Class, range(4, 9), range(4, 4));
  rates.children = [
    new vscode.DocumentSymbol('tax', '', Method, range(5, 6), range(5, 5)),
    new vscode.DocumentSymbol('percent', '', Method, range(8, 9), range(8, 8)),
  ];
  return [rates];
}

describe("the editor's own symbols", () => {
  const owned: vscode.Disposable[] = [];
  let folder = '';
  let file = '';
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'spanhop-symbols-')));
    file = join(folder, 'rates.py');
    writeFileSync(file, text);
    writeFileSync(join(folder, 'none.rb'), 'def tax\nend\n');
    const selector = { scheme: 'file', pattern: '**/*.py' };
    owned.push(
      vscode.languages.registerDocumentSymbolProvider(selector, {
        provideDocumentSymbols: symbolsOf,
      }),
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: (query) =>
          ['tax', 'percent']
            .filter((name) => name === query)
            .map(
              (name) =>
                new vscode.SymbolInformation(
                  name,
                  vscode.SymbolKind.Method,
                  'Rates',
                  new vscode.Location(vscode.Uri.file(file), new vscode.Range(4, 4, 5, 17)),
                ),
            ),
      }),
    );
  });
  after(() => {
    for (const one of owned) one.dispose();
    rmSync(folder, { recursive: true });
  });

  const recorded = (path: string, line: number): Match => ({
    location: { path, line, column: 1 },
    symbol: 'Rates.tax',
    confidence: 'likely',
    reason: 'The span names its line.',
    alternatives: [],
    handlerId: undefined,
    callId: undefined,
  });
  const attributes = (line: number, path = file) => [
    { key: 'code.function.name', value: 'rates.Rates.tax' },
    { key: 'code.file.path', value: path },
    { key: 'code.line.number', value: line },
  ];
  const shown = (match: SpanMatch) =>
    match.confidence === 'unmapped'
      ? 'unmapped'
      : `${match.confidence} ${match.symbol} ${match.location.line}${match.drifted ? ' moved' : ''}`;

  it('make a line sure that is inside its function', async () => {
    const match = await refine(recorded(file, 6), attributes(6), [folder]);
    assert.equal(shown(match), 'exact Rates.tax 6');
  });

  it('follow a function that moved', async () => {
    const match = await refine(recorded(file, 9), attributes(9), [folder]);
    assert.equal(shown(match), 'strong Rates.tax 5 moved');
  });

  it('find a function of which the span tells no file', async () => {
    // Every extension is asked: that for TypeScript, which is starting, answers late the first time.
    await vscode.commands.executeCommand('vscode.executeWorkspaceSymbolProvider', 'tax');
    const unmapped = { confidence: 'unmapped', cause: 'namesNoCode', reason: 'no' } as const;
    const name = attributes(1).slice(0, 1);
    assert.equal(shown(await refine(unmapped, name, [folder])), 'likely Rates.tax 5');
    assert.equal(await refine(unmapped, name, ['/elsewhere']), unmapped);
  });

  it('change nothing where no extension reads the language, or the index does', async () => {
    const ruby = recorded(join(folder, 'none.rb'), 1);
    assert.equal(await refine(ruby, attributes(1, ruby.location.path), [folder]), ruby);
    const typescript = recorded(join(folder, 'a.ts'), 1);
    assert.equal(await refine(typescript, attributes(1), [folder]), typescript);
  });
});
