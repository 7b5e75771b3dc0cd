/** How to reach a cluster, and how much may be asked of it. */
export interface CqlOptions {
  /** `host`, `host:port`, `[::1]:port`; at least one. Only these are dialled, never their peers. */
  readonly contactPoints: readonly string[];
  /** Only points in this data center are asked; undefined: the one of the point that answers. */
  readonly localDataCenter: string | undefined;
  /** Undefined: the one that holds Jaeger's tables. */
  readonly keyspace: string | undefined;
  /** Undefined: no sign-in. */
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** `LOCAL_ONE` unless given. */
  readonly consistency?: CqlConsistency;
  /** Undefined: no TLS. */
  readonly tls: CqlTls | undefined;
  /** To connect, and for one answer of however many pages. */
  readonly timeoutMs: number;
  /** Of one answer. */
  readonly maxBytes: number;
}

export type CqlConsistency = 'LOCAL_ONE' | 'ONE' | 'LOCAL_QUORUM' | 'QUORUM';

/** Certificates are PEM texts. The server's is checked against `ca` or what the system trusts. */
export interface CqlTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** The name in the server's certificate, where it isn't the contact point's: behind a port forward. */
  readonly serverName?: string;
  /** False: the server's certificate isn't checked. Default true. */
  readonly verify?: boolean;
}
