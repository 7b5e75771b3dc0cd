import assert from 'node:assert/strict';

import fc from 'fast-check';

import { foldRepeats, unfolded } from '../../../src/cli/foldRepeats.ts';
import { plain } from '../../../src/cli/paint.ts';
import type { SpanLine } from '../../../src/cli/spanLines.ts';
import { waterfallText } from '../../../src/cli/waterfallText.ts';
import { assertGolden } from '../../support/goldenText.ts';
import { spanTree, type Node } from './spanTree.ts';

const file = (name: string) => new URL(`./${name}.golden.txt`, import.meta.url);
const text = (spans: readonly SpanLine[], fold = true) => {
  const duration = Math.max(...spans.map((span) => span.start + span.duration));
  return waterfallText(fold ? foldRepeats(spans) : unfolded(spans), duration, plain).join('\n');
};

/** A DELETE that asks for each item's price: three times the same, one of them failing. */
const loop: Node = {
  operation: 'DELETE /api/orders/:id',
  duration: 2_450_000,
  place: ['src/orders/orders.controller.ts', 42],
  children: [
    { operation: 'middleware - query', start: 100, duration: 3 },
    ...[10_000, 600_000, 1_200_000].map((start, index) => ({
      operation: 'POST',
      service: 'shop-api',
      start,
      duration: 500_000 + index,
      place: ['src/pricing/pricing.client.ts', 31] as const,
      children: [
        {
          operation: 'POST /pricing/quotes',
          service: 'pricing-api',
          start: start + 10,
          duration: 257_800,
        },
      ],
    })),
    {
      operation: 'prisma:client:operation',
      start: 2_300_000,
      duration: 120_000_000 / 1_000,
      place: ['src/orders/orders.service.ts', 87],
      error: true,
    },
  ],
};

describe('waterfall text', () => {
  it('shows a request with its lines, repeats folded', () => {
    assertGolden(file('waterfall-folded'), text(spanTree(loop)));
  });

  it('shows every span where nothing is to be folded', () => {
    assertGolden(file('waterfall-all'), text(spanTree(loop), false));
  });

  it('writes known lengths in their units', () => {
    const known = [250_000, 257_800, 3, 120_000_000];
    const children = known.map((duration, index) => ({
      operation: `span ${index}`,
      start: 0,
      duration,
    }));
    const lines = text(spanTree({ operation: 'root', duration: 120_000_000, children })).split(
      '\n',
    );
    const written = lines
      .slice(1)
      .map((line) => /0 µs\s+(\S+ \S+(?: \S+ s)?)\s+\S/.exec(line)?.[1]);
    assert.deepEqual(written, ['250 ms', '258 ms', '3 µs', '2 min']);
  });

  it('lets no span move the cursor, hide text or break its line', () => {
    const operation = 'a\u001b[2Jb\r\nc\u202Ed\u0007';
    const lines = waterfallText(unfolded(spanTree({ operation, duration: 1 })), 1, plain);
    assert.equal(lines.length, 1);

    assert.doesNotMatch(lines[0]!, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('keeps columns aligned beside wide characters and a megabyte of name', () => {
    const children = [
      { operation: '주문 취소', start: 0, duration: 5 },
      { operation: 'x'.repeat(1_000_000), start: 0, duration: 5 },
    ];
    assertGolden(
      file('waterfall-wide'),
      text(spanTree({ operation: 'root', duration: 10, children })),
    );
  });

  it('survives a chain of 70,000 spans', () => {
    const depth = 70_000;
    const [span] = spanTree({ operation: 'deep', duration: 1 });
    const chain = Array.from({ length: depth }, (_, row) => {
      return { ...span!, depth: row, subtreeSize: depth - row };
    });
    assert.equal(foldRepeats(chain).length, depth);
  });

  it('survives 150,000 siblings, each of another name', () => {
    const children = Array.from({ length: 150_000 }, (_, at) => ({
      operation: `job ${String(at)}`,
      duration: 1,
    }));
    const [root] = spanTree({ operation: 'root', duration: 1 });
    const siblings = children.map((child) => spanTree(child, 1)[0]!);
    const spans = [{ ...root!, subtreeSize: children.length + 1 }, ...siblings];
    assert.equal(foldRepeats(spans).length, spans.length);
  });

  it('folding loses no span: the counts below a line add up to its siblings', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 }), (names) => {
        const children = names.map((operation, start) => ({ operation, start, duration: 1 }));
        const lines = foldRepeats(spanTree({ operation: 'root', duration: 99, children }));
        const counted = lines.slice(1).reduce((sum, { count }) => sum + count, 0);
        assert.equal(counted, names.length);
      }),
    );
  });

  it('folds calls to one place whatever ids are in their paths, under what they have in common', () => {
    const children = [7, 8, 9].map((id) => ({
      operation: `GET tax/rates/${String(id)}`,
      start: id,
      duration: 1,
    }));
    const written = text(spanTree({ operation: 'root', duration: 99, children }));
    assert.match(written, /^ {2}GET tax\/rates\/\* ×3 /m);
    assert.equal(written.split('\n').length, 2);
  });

  it('shows the slowest of folded spans, with the total of all', () => {
    const children = [3, 9, 5].map((duration, index) => ({
      operation: 'q',
      start: index * 10,
      duration,
    }));
    const [, line] = foldRepeats(spanTree({ operation: 'root', duration: 99, children }));
    assert.deepEqual(
      [line?.count, line?.duration, line?.span.duration, line?.start, line?.end],
      [3, 17, 9, 0, 25],
    );
  });
});
