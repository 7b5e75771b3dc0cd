import type { PrismaCallSite } from '../../../code/model.ts';
import type { Confidence } from '../../match.ts';
import type { Caller } from '../caller.ts';
import type { TransactionScope } from './transactionScope.ts';

/** Spans of one model and operation that one run of a method made, in the order they began. */
export interface CallGroup {
  readonly caller: Caller | undefined;
  /** Code of the service in the trace. */
  readonly service: number;
  readonly key: string;
  /** As a span names it: `Order.findMany`, `queryRaw`. */
  readonly shown: string;
  readonly within: TransactionScope;
  readonly rows: number[];
}

/** Candidates for a group, and how sure one of them is when it is the only one. */
export interface Candidates {
  readonly calls: readonly PrismaCallSite[];
  readonly confidence: Confidence;
  /** Whether the calls are in source order, so that the order of spans can tell them apart. */
  readonly ordered: boolean;
  readonly reason: string;
}
