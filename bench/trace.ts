import { filterSpans } from '../src/core/trace/filter/filterSpans.ts';
import { parseSpanFilter } from '../src/core/trace/filter/parseSpanFilter.ts';
import { buildTrace } from '../src/core/trace/build.ts';
import type { RawSpan } from '../src/core/trace/rawSpan.ts';
import { makeSpan } from '../test/support/span.ts';
import { cpuTime } from './cpuTime.ts';

/** Prints how much CPU time traces of several sizes and shapes take to build and to filter. */
export function benchTrace(): void {
  for (const [name, spans] of [
    ['1,000 spans, 8 children each', tree(1_000)],
    ['10,000 spans, 8 children each', tree(10_000)],
    ['100,000 spans, 8 children each', tree(100_000)],
    ['100,000 spans below one', tree(100_000, 100_000)],
    ['chain 70,000 deep', tree(70_000, 1)],
  ] as const) {
    const { trace } = buildTrace(spans);
    const building = cpuTime(() => buildTrace(spans));
    const { expression } = parseSpanFilter('order >1ms');
    if (!expression) return;
    const context = {
      places: { texts: [], row: new Int32Array(trace.size) },
      marks: () => new Uint8Array(trace.size),
    };
    const filtering = cpuTime(() => filterSpans(trace, expression, context));
    console.log(
      `  ${name.padEnd(34)} build ${building.toFixed(1).padStart(7)} ms   filter ${filtering.toFixed(1).padStart(5)} ms`,
    );
  }
}

/** Spans in an order that is not theirs; each parent has `fanOut` children. */
function tree(size: number, fanOut = 8): RawSpan[] {
  const half = (seed: number) => (Math.imul(seed, 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0');
  const id = (index: number) => half(index) + half(index ^ 0x5bd1_e995);
  return Array.from({ length: size }, (_, position) => {
    const index = (position * 7_919) % size;
    return makeSpan({
      id: id(index),
      parent: index === 0 ? undefined : id(Math.floor((index - 1) / fanOut)),
      name: index % 3 === 0 ? 'order.findMany' : `operation ${index % 50}`,
      service: `service-${index % 5}`,
      start: 1_795_000_000_000_000 + index * 10,
      duration: (size - index) * 20,
    });
  });
}
