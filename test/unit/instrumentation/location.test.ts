import assert from 'node:assert/strict';

import { codeAttributes, namesFromEnvironment } from '../../../instrumentation/src/location.ts';

describe('the attributes of a location', () => {
  const location = {
    functionName: 'OrdersService.remove',
    path: '/app/src/orders.service.ts',
    line: 12,
    column: 5,
  };

  it('have the stable names', () => {
    assert.deepEqual(codeAttributes(location, 'stable'), {
      'code.function.name': 'OrdersService.remove',
      'code.file.path': '/app/src/orders.service.ts',
      'code.line.number': 12,
      'code.column.number': 5,
    });
  });

  it('have the old names besides, when both are wanted', () => {
    const {
      'code.function': name,
      'code.namespace': around,
      ...rest
    } = codeAttributes(location, 'both');
    assert.deepEqual([name, around], ['remove', 'OrdersService']);
    assert.deepEqual(
      [rest['code.filepath'], rest['code.lineno'], rest['code.column'], rest['code.line.number']],
      ['/app/src/orders.service.ts', 12, 5, 12],
    );
  });

  it('say nothing that is not known', () => {
    const unknown = { functionName: undefined, path: '/a.ts', line: undefined, column: undefined };
    assert.deepEqual(codeAttributes(unknown, 'stable'), { 'code.file.path': '/a.ts' });
    assert.deepEqual(Object.keys(codeAttributes(unknown, 'both')).sort(), [
      'code.file.path',
      'code.filepath',
    ]);
  });

  it('have both names where the environment opts for them as it does in other SDKs', () => {
    const before = process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
    try {
      for (const [value, names] of [
        ['http/dup, code/dup', 'both'],
        ['code', 'stable'],
        ['', 'stable'],
      ] as const) {
        process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = value;
        assert.equal(namesFromEnvironment(), names, value);
      }
    } finally {
      if (before === undefined) delete process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
      else process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = before;
    }
  });
});
