import type { SpanLine } from '../../../src/cli/spanLines.ts';

/** A span and what is below it, as a test writes it; times in µs. */
export interface Node {
  readonly operation: string;
  readonly service?: string;
  readonly start?: number;
  readonly duration: number;
  readonly place?: readonly [file: string, line: number];
  readonly error?: boolean;
  readonly children?: readonly Node[];
}

/** The lines of a tree, depth first. */
export function spanTree(node: Node, depth = 0): SpanLine[] {
  const below = (node.children ?? []).flatMap((child) => spanTree(child, depth + 1));
  const { operation, service = 'shop-api', start = 0, duration, place, error = false } = node;
  return [
    {
      traceId: '1'.repeat(32),
      spanId: '2'.repeat(16),
      parentSpanId: undefined,
      depth,
      subtreeSize: below.length + 1,
      service,
      operation,
      start,
      duration,
      criticalTime: 0,
      error,
      confidence: place ? 'strong' : 'unmapped',
      inside: false,
      reason: 'as the test says',
      location: place ? { file: place[0], line: place[1], symbol: '' } : undefined,
      alternatives: [],
    },
    ...below,
  ];
}
