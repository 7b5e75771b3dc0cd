import assert from 'node:assert/strict';
import { pastedTraceId } from '../../../../src/core/trace/pastedTraceId.ts';

const id = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('what is pasted for a trace', () => {
  for (const text of [
    id,
    ` 0x${id.toUpperCase()}\n`,
    `http://localhost:16686/trace/${id}`,
    `https://jaeger.example/base/jaeger/ui/trace/${id}?uiFind=00f067aa0ba902b7#top`,
    `https://zipkin.example/zipkin/traces/${id}/`,
    `vscode://spanhop.spanhop/trace/${id.toUpperCase()}?span=00f067aa0ba902b7`,
    `http://tempo.example:3200/api/traces/${id}`,
  ])
    it(`is its id, alone or in an address: ${JSON.stringify(text)}`, () => {
      assert.equal(pastedTraceId(text), id);
    });

  for (const text of [
    '',
    'http://localhost:16686/search?service=shop',
    `http://localhost:16686/trace/${id}...${id.replace('4', '5')}`,
    `http://localhost:16686/trace/${id}0`,
    `http://localhost:16686/trace/${'0'.repeat(32)}`,
    `GET /trace/${id}`,
    'http://',
  ])
    it(`is none: ${JSON.stringify(text)}`, () => {
      assert.equal(pastedTraceId(text), undefined);
    });
});
