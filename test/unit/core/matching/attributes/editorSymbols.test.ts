import assert from 'node:assert/strict';
import {
  confirmInFile,
  findInWorkspace,
  type EditorSymbol,
} from '../../../../../src/core/matching/attributes/editorSymbols.ts';
import { readNamedCode } from '../../../../../src/core/matching/attributes/namedCode.ts';
import type { Match, SpanMatch } from '../../../../../src/core/matching/match.ts';

const path = '/ws/pricing/server.go';
const symbol = (
  name: string,
  firstLine: number,
  lastLine: number,
  container = '',
): EditorSymbol => ({
  name,
  container,
  path,
  line: firstLine,
  firstLine,
  lastLine,
});
const recorded = (line: number): Match => ({
  location: { path, line, column: 1 },
  symbol: 'Server.Quote',
  confidence: 'likely',
  reason: 'The span names its line.',
  alternatives: [],
  handlerId: undefined,
  callId: undefined,
});
const named = (name: string, line?: number) =>
  readNamedCode([
    { key: 'code.function.name', value: name },
    ...(line === undefined ? [] : [{ key: 'code.line.number', value: line }]),
  ]);
const shown = (match: SpanMatch) =>
  match.confidence === 'unmapped'
    ? 'unmapped'
    : `${match.confidence} ${match.symbol} ${match.location.line}${match.drifted ? ' moved' : ''}`;

describe('a line in a language that the index does not read', () => {
  const functions = [
    symbol('(*Server).Quote', 20, 34),
    symbol('check', 36, 48),
    symbol('Quote', 60, 66, 'Basket'),
  ];
  const confirm = (name: string, line: number, symbols = functions) =>
    shown(confirmInFile(recorded(line), named(name, line), symbols));

  it('is exact inside the function that the span names', () => {
    assert.equal(confirm('main.(*Server).Quote', 21), 'exact Server.Quote 21');
    assert.equal(confirm('main.(*Server).Quote.func1', 25), 'exact Server.Quote 25');
    assert.equal(confirm('main.Basket.Quote', 61), 'exact Basket.Quote 61');
  });

  it('is exact on a decorator, which stands above its function', () => {
    const python = [symbol('tax', 30, 31, 'Rates'), symbol('percent', 34, 38, 'Rates')];
    assert.equal(confirm('rates.Rates.percent', 33, python), 'exact Rates.percent 33');
  });

  it('follows the function when it moved', () => {
    assert.equal(confirm('main.(*Server).Quote', 45), 'strong Server.Quote 20 moved');
  });

  it('is weak when the file has no function of that name', () => {
    assert.equal(confirm('main.gone', 45), 'weak Server.Quote 45');
  });

  it('stays as it was without symbols or without a name', () => {
    assert.equal(confirm('main.(*Server).Quote', 45, []), 'likely Server.Quote 45');
    const nameless = readNamedCode([{ key: 'code.line.number', value: 45 }]);
    assert.equal(shown(confirmInFile(recorded(45), nameless, functions)), 'likely Server.Quote 45');
  });

  it('is found by the name where the span tells no line', () => {
    const java = [symbol('serve(String) : Order', 12, 20, 'OrderService')];
    const found = confirmInFile(recorded(1), named('com.shop.OrderService.serve'), java);
    assert.equal(shown(found), 'likely OrderService.serve 12');
  });
});

describe('a span that names a function only', () => {
  const unmapped: SpanMatch = { confidence: 'unmapped', cause: 'namesNoCode', reason: 'no' };
  const wanted = named('Shop\\OrderController::show').function!;

  it('is likely at the only function of that class and name, weak among several', () => {
    const one = [symbol('show', 9, 12, 'OrderController'), symbol('show', 40, 44, 'Other')];
    assert.equal(shown(findInWorkspace(unmapped, wanted, one)), 'likely OrderController.show 9');
    const two = [symbol('show', 9, 12, 'A'), symbol('show', 40, 44, 'B')];
    const found = findInWorkspace(unmapped, wanted, two);
    assert.equal(shown(found), 'weak OrderController.show 9');
    assert.ok(found.confidence !== 'unmapped' && found.alternatives.length === 1);
  });

  it('stays unmapped where the editor knows none, and surer matches stay as they are', () => {
    assert.equal(findInWorkspace(unmapped, wanted, []), unmapped);
    const sure = recorded(3);
    assert.equal(findInWorkspace(sure, wanted, [symbol('show', 9, 12)]), sure);
  });
});
