import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `startSpan load 3`, as listed. */
function spansOf(code: string): string[] {
  const { calls } = indexReport(indexFiles({ 'a.ts': code }), '/ws');
  return calls.map(({ operation, target, line }) => `${operation ?? '?'} ${target ?? '?'} ${line}`);
}

describe('spans that code starts itself', () => {
  it("are those of OpenTelemetry's tracers, by their names", () => {
    const code = `import { trace, Tracer } from '@opentelemetry/api';
const tracer = trace.getTracer('shop');
export class A { constructor(private readonly own: Tracer) {}
  run(id: string) { return tracer.startActiveSpan('load', () => this.own.startSpan(\`pay \${id}\`)); } }`;
    assert.deepEqual(spansOf(code), ['startActiveSpan load 4', 'startSpan pay * 4']);
  });

  it("know their tracer's name, where it is made with one", () => {
    const code = `import { trace, Tracer } from '@opentelemetry/api';
import pkg from './package.json';
const NAME = 'shop';
const tracerOf = (name: string) => trace.getTracer(name);
const numbered = trace.getTracer(\`shop-\${process.pid}\`);
const top = trace.getTracer(NAME, '1.0');
export class A {
  private readonly own = trace.getTracerProvider().getTracer(A.name);
  constructor(private readonly given: Tracer) {}
  run() {
    top.startSpan('a');
    this.own.startSpan('b');
    tracerOf('made').startSpan('c');
    numbered.startSpan('d');
    this.given.startSpan('e');
  } }`;
    const { calls } = indexFiles({ 'a.ts': code });
    const tracers = calls.map((call) => (call.library === 'spans' ? call.tracer : ''));
    assert.deepEqual(tracers, ['shop', 'A', 'made', 'shop-*', undefined]);
  });

  it('are those of @Span() and of decorators that give one, by the method or the name that is given', () => {
    const code = `import { Span } from 'nestjs-otel';
import { Span as Traced } from '@metinseylan/nestjs-opentelemetry';
const OwnSpan = (name?: string) => Span(name);
export class A {
  @Span() one() {}
  @OwnSpan('two of a') two() {}
  @Traced() three() {} }`;
    assert.deepEqual(spansOf(code), [
      'Span A.one 5',
      'OwnSpan two of a 6',
      'Traced Provider->A.three 7',
    ]);
  });

  it("are not those of another library or of the team's own class", () => {
    const code = `import { startSpan } from '@sentry/node';
import { Controller } from '@nestjs/common';
class Tracing { startSpan(name: string) {} }
@Controller() export class A { constructor(private readonly tracing: Tracing) {}
  run() { this.tracing.startSpan('a'); startSpan({ name: 'b' }, () => 1); } }`;
    assert.deepEqual(spansOf(code), []);
  });
});
