import assert from 'node:assert/strict';
import type { CodeIndex, MessageHandler } from '../../../../src/core/code/model.ts';
import type { SpanMatch } from '../../../../src/core/matching/match.ts';
import type { AttributeValue, RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

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

function at(
  language: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  index = code,
): string {
  const span: RawSpan = {
    ...makeSpan({ id: 'a', service: 'any', attributes }),
    resource: {
      service: 'any',
      attributes: language === '' ? [] : [{ key: 'telemetry.sdk.language', value: language }],
    },
  };
  return shown(mapSpans([span], index).matches[0]);
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

  it('is nobody here by its own name, and takes no message of ours', () => {
    const [method] = code.methodsOf('/ws/api/src/orders.ts');
    const listener: MessageHandler = {
      kind: 'event',
      id: 'orders',
      controller: 'OrderService',
      handler: 'serve',
      declaredIn: 'OrderService',
      location: method!.location,
      firstLine: 3,
      lastLine: 8,
      methodId: method!.id,
      project: '/ws/api',
      pattern: 'orders',
      library: '@nestjs/microservices',
      queue: undefined,
    };
    const inLanguage = (language: string, sketch: Partial<SpanSketch>): string => {
      const span = makeSpan({ id: 'a', service: 'stock', ...sketch });
      const attributes = [{ key: 'telemetry.sdk.language', value: language }];
      const resource = { service: 'stock', attributes };
      const index = { ...code, handlers: [listener] };
      return shown(mapSpans([{ ...span, resource }], index).matches[0]);
    };
    const attributes = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' };
    for (const sketch of [
      { name: 'OrderService.serve' },
      { kind: 'consumer', attributes },
    ] as const) {
      assert.equal(inLanguage('java', sketch), 'unmapped');
      assert.match(inLanguage('nodejs', sketch), / OrderService.serve /);
    }
  });
});

describe('a function that is named without a file', () => {
  const service = '/ws/api/src/loans/loans.service.ts';
  const lending = makeIndex({
    '/ws/api': {
      name: '@acme/lending-api',
      services: ['any'],
      files: { 'src/loans/loans.service.ts': { LoansService: { card: { at: 4 } } } },
    },
    '/ws/web': { files: { 'src/loans.ts': { LoansService: { card: { at: 9 } } } } },
  });
  const card = (language: string, attributes: Readonly<Record<string, string>>) =>
    at(language, attributes, lending);
  const mine = `likely LoansService.card ${service}:4`;

  it('is the method of that class, the own one of the service', () => {
    for (const name of ['LoansService.card', 'LoansService#card', 'exports.LoansService.card'])
      for (const language of ['', 'nodejs', 'deno-rust'])
        assert.equal(card(language, { 'code.function.name': name }), mine, `${language} ${name}`);
    const attributes = { 'code.function': 'card', 'code.namespace': 'LoansService' };
    assert.equal(card('nodejs', attributes), mine);
  });

  it('may have around it what its file and package are called', () => {
    for (const name of ['loans.LoansService.card', 'lending-api.loans.LoansService.card'])
      assert.equal(card('nodejs', { 'code.function.name': name }), mine, name);
  });

  it('is not the method whose last parts are equal', () => {
    for (const language of ['', 'nodejs'])
      for (const name of [
        'com.acme.lending.LoansService.card',
        'github.com/acme/lending.(*LoansService).card',
        'main.(*LoansService).card',
        'acme::lending::LoansService::card',
        'Acme\\Lending\\LoansService::card',
        '\\LoansService::card',
        'lending.views.LoansService.card',
        'Acme.LoansService.card/1',
        'LoansService.card/1',
        'Acme.Lending.LoansService.card',
        'LoansService.card.<locals>.inner',
      ])
        assert.equal(card(language, { 'code.function.name': name }), 'unmapped', name);
    const attributes = { 'code.function': 'card', 'code.namespace': 'com.acme.LoansService' };
    assert.equal(card('', attributes), 'unmapped');
    const scoped = { 'code.function.name': 'LoansService::card' };
    assert.equal(card('', scoped), 'unmapped');
    assert.equal(card('nodejs', scoped), mine);
  });

  it('is nothing here where its SDK is of another language', () => {
    for (const language of ['java', 'python', 'dotnet', 'go', 'erlang', 'php'])
      assert.equal(card(language, { 'code.function.name': 'LoansService.card' }), 'unmapped');
  });
});
