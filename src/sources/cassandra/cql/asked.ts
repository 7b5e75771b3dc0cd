import type { SourceErrorCode } from '../../../core/base/sourceError.ts';

export type CqlProduct = 'Cassandra' | 'ScyllaDB';

/** Who was asked for what, for sentences. */
export interface Asked {
  readonly product: CqlProduct;
  /** `host:9042`. */
  readonly shown: string;
  readonly keyspace: string;
  readonly user: string | undefined;
  readonly consistency: string;
  readonly timeoutMs: number;
  /** A certificate of the client's is shown to the server. */
  readonly showsCertificate: boolean;
}

/** What an error is, and what is said of it. */
export type Sentence = readonly [SourceErrorCode, string];
