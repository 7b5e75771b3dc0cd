import type { Certificate, ClientCertificate } from './certificate.ts';

export interface CassandraConfig {
  /** Holds what it writes. */
  readonly dataFolder: string;
  readonly ports: { readonly cql: number; readonly storage: number };
  /** Users and permissions: at first `cassandra`, with that password, who may do everything. */
  readonly authentication: boolean;
  /** What clients must speak TLS to; undefined: no TLS. */
  readonly certificate: Certificate | undefined;
  /** What clients must show besides; undefined: none. */
  readonly client: ClientCertificate | undefined;
  /** In place of what this file says. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The cassandra.yaml (https://cassandra.apache.org/doc/5.0/cassandra/managing/configuration/cass_yaml_file.html)
 * of a cluster of one node on 127.0.0.1, as JSON, which is YAML too.
 */
export function cassandraYaml(config: CassandraConfig): string {
  const { dataFolder, ports, authentication, certificate, client, settings } = config;
  const folder = (name: string) => `${dataFolder}/${name}`;
  return JSON.stringify({
    cluster_name: 'spanhop',
    num_tokens: 1,
    partitioner: 'org.apache.cassandra.dht.Murmur3Partitioner',
    endpoint_snitch: 'SimpleSnitch',
    seed_provider: [
      {
        class_name: 'org.apache.cassandra.locator.SimpleSeedProvider',
        parameters: [{ seeds: `127.0.0.1:${String(ports.storage)}` }],
      },
    ],
    listen_address: '127.0.0.1',
    rpc_address: '127.0.0.1',
    storage_port: ports.storage,
    native_transport_port: ports.cql,
    authenticator: authentication ? 'PasswordAuthenticator' : 'AllowAllAuthenticator',
    authorizer: authentication ? 'CassandraAuthorizer' : 'AllowAllAuthorizer',
    // A permission that was just given or taken counts at once.
    permissions_validity: '0ms',
    roles_validity: '0ms',
    credentials_validity: '0ms',
    ...(certificate && { client_encryption_options: encryption(certificate, client) }),
    data_file_directories: [folder('data')],
    commitlog_directory: folder('commitlog'),
    saved_caches_directory: folder('saved_caches'),
    hints_directory: folder('hints'),
    cdc_raw_directory: folder('cdc_raw'),
    commitlog_sync: 'periodic',
    commitlog_sync_period: '1000ms',
    auto_snapshot: false,
    // Machines that test are slow at times.
    read_request_timeout: '20s',
    range_request_timeout: '20s',
    write_request_timeout: '20s',
    request_timeout: '20s',
    ...settings,
  });
}

const encryption = (
  { keyStore, password }: Certificate,
  client: ClientCertificate | undefined,
) => ({
  enabled: true,
  optional: false,
  keystore: keyStore,
  keystore_password: password,
  ...(client && {
    require_client_auth: true,
    truststore: client.trustStore,
    truststore_password: client.password,
  }),
});
