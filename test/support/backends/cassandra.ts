import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../freePort.ts';
import { cassandraArguments } from './cassandraCommand.ts';
import { answersCql, type CassandraAddress } from './cassandraConnection.ts';
import { cassandraYaml } from './cassandraConfig.ts';
import { cassandraFolder, findCassandra, type CassandraProgram } from './cassandraProgram.ts';
import { makeCertificate, makeClientCertificate, type CertificateKind } from './certificate.ts';
import {
  restartable,
  startServer,
  type ChildServer,
  type RestartableServer,
} from './childServer.ts';
import { hostFlags } from './configuredServer.ts';
import { startContainer } from './container.ts';

export interface CassandraStart {
  /** Asks for a password: at first there is one user, `cassandra` with the password `cassandra`. Default false. */
  readonly authentication?: boolean;
  /** Speaks TLS, and nothing else, with a certificate that signs itself. Default none. */
  readonly tls?: CertificateKind;
  /** With TLS: lets in only who shows a certificate, which is made too. Default false. */
  readonly clientCertificate?: boolean;
  /** Default 768. */
  readonly heapMb?: number;
  /** More of its cassandra.yaml. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A cluster of one node, and how to get in. */
export interface RunningCassandra extends CassandraAddress, RestartableServer {
  /** For files that are to go with it. */
  readonly folder: string;
  /** With its ports and its data; a crash costs the last second. */
  restart(): Promise<void>;
}

/** On a machine that does other things; alone it takes some eight seconds. */
const startLimitMs = 240_000;
/** It drains, which a restart waits for. */
const drainMs = 30_000;

/**
 * Starts a Cassandra 5.0.5 on a free port of 127.0.0.1 and waits until CQL answers (and lets its first user in). The
 * first call may download it: see `findCassandra`.
 */
export async function startCassandra({
  authentication = false,
  tls,
  clientCertificate = false,
  heapMb = 768,
  settings = {},
}: CassandraStart = {}): Promise<RunningCassandra> {
  const program = await findCassandra();
  const ports = { cql: await freePort(), storage: await freePort() };
  const dataFolder = await mkdtemp(join(tmpdir(), 'spanhop-cassandra-'));
  const configFolder = join(dataFolder, 'config');
  await mkdir(configFolder);
  const certificate = tls && (await makeCertificate(configFolder, tls));
  const client = clientCertificate ? await makeClientCertificate(configFolder) : undefined;
  const yaml = cassandraYaml({
    ...{ dataFolder, ports, authentication, certificate, client },
    settings,
  });
  await writeFile(join(configFolder, 'cassandra.yaml'), yaml);
  await copyFile(join(cassandraFolder, 'logback.xml'), join(configFolder, 'logback.xml'));
  const address: CassandraAddress = {
    host: '127.0.0.1',
    port: ports.cql,
    localDataCenter: 'datacenter1',
    credentials: authentication ? { user: 'cassandra', password: 'cassandra' } : undefined,
    tls: certificate && { caFile: certificate.caFile, verify: tls === 'valid', client },
  };
  const remove = () => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  const server = await restartable(() =>
    run(program, { dataFolder, configFolder, heapMb }, address),
  ).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ...address,
    folder: dataFolder,
    ...server,
    stop: async () => {
      server.signal('SIGKILL');
      await server.stop();
      await remove();
    },
  };
}

interface Run {
  readonly dataFolder: string;
  readonly configFolder: string;
  readonly heapMb: number;
}

function run(
  program: CassandraProgram,
  { dataFolder, ...config }: Run,
  address: CassandraAddress,
): Promise<ChildServer> {
  const isReady = () => answersCql(address);
  if (program.kind === 'java') {
    const args = cassandraArguments({ ...config, jars: program.jars });
    const limits = { timeoutMs: startLimitMs, stopMs: drainMs };
    return startServer('Cassandra', [program.java, ...args], isReady, limits);
  }
  const flags = [...hostFlags(dataFolder), '--entrypoint=java'];
  const args = cassandraArguments({ ...config, jars: '/opt/cassandra/lib' });
  return startContainer({ name: 'Cassandra', image: program.image, flags, args }, isReady);
}
