import assert from 'node:assert/strict';
import type { CodeIndex } from '../../../../../src/core/code/model.ts';
import type { SpanMatch } from '../../../../../src/core/correlate/match.ts';
import type { AttributeValue, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

const code: CodeIndex = {
  ...makeIndex({
    '/ws/api': { files: { 'src/orders.ts': { OrderService: { serve: { at: 4 } } } } },
  }),
  otherFiles: new Set([
    '/ws/stock/src/main/java/com/shop/stock/StockService.java',
    '/ws/tax/src/Http/TaxController.php',
    '/ws/jobs/src/orders/mod.rs',
    '/ws/jobs/src/mail/mod.rs',
    '/ws/reports/shop/reports.py',
    '/ws/pricing/server.go',
    '/ws/one/util.go',
    '/ws/two/util.go',
  ]),
};

function shown(match: SpanMatch | undefined): string {
  if (match === undefined || match.confidence === 'unmapped') return 'unmapped';
  const others = match.alternatives.length > 0 ? ` +${match.alternatives.length}` : '';
  return `${match.confidence} ${match.symbol} ${match.location.path}:${match.location.line}${others}`;
}

function at(language: string, attributes: Readonly<Record<string, AttributeValue>>): string {
  const span: RawSpan = {
    ...makeSpan({ id: 'a', service: 'any', attributes }),
    resource: {
      service: 'any',
      attributes: [{ key: 'telemetry.sdk.language', value: language }],
    },
  };
  return shown(mapSpans([span], code).matches[0]);
}
const named = (language: string, name: string) => at(language, { 'code.function.name': name });

describe('a span of a language that the index does not read', () => {
  it('is likely at the line it names, in the file with the longest common end', () => {
    const line = { 'code.line.number': 21, 'code.function.name': 'main.(*Server).Price' };
    assert.equal(
      at('go', { ...line, 'code.file.path': '/app/pricing/server.go' }),
      'likely Server.Price /ws/pricing/server.go:21',
    );
    assert.equal(
      at('go', { ...line, 'code.file.path': '/app/util.go' }),
      'likely Server.Price /ws/one/util.go:21 +1',
    );
    assert.equal(at('go', { ...line, 'code.file.path': '/app/none.go' }), 'unmapped');
    assert.equal(
      at('go', { ...line, 'code.file.path': '/root/go/pkg/mod/x.org/y@v1/server.go' }),
      'unmapped',
    );
  });

  it('is weak in the file that is called like the class or module it names', () => {
    const stock = '/ws/stock/src/main/java/com/shop/stock/StockService.java:1';
    assert.equal(
      named('java', 'com.shop.stock.StockService.take'),
      `weak StockService.take ${stock}`,
    );
    assert.equal(
      named('php', 'Shop\\Http\\TaxController::show'),
      'weak TaxController.show /ws/tax/src/Http/TaxController.php:1',
    );
    assert.equal(
      named('rust', 'jobs::orders::create'),
      'weak orders.create /ws/jobs/src/orders/mod.rs:1',
    );
    assert.equal(
      named('python', 'shop.reports.Report.build'),
      'weak Report.build /ws/reports/shop/reports.py:1',
    );
  });

  it('is unmapped where no file is called so, and never a class of another language', () => {
    assert.equal(named('go', 'github.com/shop/pricing.Price'), 'unmapped');
    assert.equal(named('java', 'com.shop.Gone.take'), 'unmapped');
    assert.equal(named('java', 'com.shop.OrderService.serve'), 'unmapped');
    assert.equal(
      named('nodejs', 'OrderService.serve'),
      'likely OrderService.serve /ws/api/src/orders.ts:4',
    );
  });
});
