import type { Fault } from './fault.ts';
import { jaegerProcessFaults } from './jaegerProcessFaults.ts';

/** By the source that they befall: each a table of docs/reliability.md. */
export const everyFault = {
  'Jaeger 1.67': jaegerProcessFaults('Jaeger 1.67'),
  'Jaeger 2': jaegerProcessFaults('Jaeger 2'),
} as const satisfies Readonly<Record<string, readonly Fault[]>>;
