import { cassandraAccessFaults } from './cassandraAccessFaults.ts';
import { cassandraProcessFaults } from './cassandraProcessFaults.ts';
import { cassandraTlsFaults } from './cassandraTlsFaults.ts';
import { cqlAnswerFaults } from './cqlAnswerFaults.ts';
import type { Fault } from './fault.ts';
import { jaegerAddressFaults } from './jaegerAddressFaults.ts';
import { jaegerAnswerFaults } from './jaegerAnswerFaults.ts';
import { jaegerProcessFaults } from './jaegerProcessFaults.ts';
import type { JaegerRelease } from './jaegerStage.ts';
import { localFaults } from './localFaults.ts';

const jaegerFaults = (release: JaegerRelease): readonly Fault[] => [
  ...jaegerProcessFaults(release),
  ...jaegerAddressFaults(release),
  ...jaegerAnswerFaults(release),
];

/** By the source that they befall: each a table of docs/reliability.md. */
export const everyFault = {
  'Local traces': localFaults,
  'Jaeger 1.67': jaegerFaults('Jaeger 1.67'),
  'Jaeger 2': jaegerFaults('Jaeger 2'),
  'Cassandra 5.0': [
    ...cassandraProcessFaults,
    ...cassandraAccessFaults,
    ...cassandraTlsFaults,
    ...cqlAnswerFaults,
  ],
} as const satisfies Readonly<Record<string, readonly Fault[]>>;
