/** Where the chain's servers answer. */
export interface ChainAddresses {
  readonly entryUrl: string;
  readonly jaegerUrl: string;
  /** Host and port. */
  readonly cassandra: string;
  readonly keyspace: string;
  readonly prometheusUrl: string;
  /** OTLP/HTTP. */
  readonly otlp: string;
  /** OTLP/gRPC: host and port. */
  readonly otlpGrpc: string;
}

/** Where each is, and how Spanhop reads from it: on the command line, and in the editor's settings. */
export const describeAddresses = (chain: ChainAddresses): string => `
Traefik      ${chain.entryUrl} (the shop, for visitors)
Collector    ${chain.otlp} (OTLP/HTTP), ${chain.otlpGrpc} (OTLP/gRPC)
Prometheus   ${chain.prometheusUrl}
Jaeger       ${chain.jaegerUrl}
             npx spanhop endpoints --jaeger ${chain.jaegerUrl}
             "spanhop.source": "jaeger", "spanhop.jaeger.url": "${chain.jaegerUrl}"
Cassandra    ${chain.cassandra}, keyspace ${chain.keyspace}
             npx spanhop endpoints --cassandra ${chain.cassandra} --keyspace ${chain.keyspace}
             "spanhop.source": "cassandra", "spanhop.cassandra.contactPoints": ["${chain.cassandra}"]
`;
