import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface CassandraRun {
  /** The folder of its jars, where it runs. */
  readonly jars: string;
  /** The folder of cassandra.yaml and logback.xml. */
  readonly configFolder: string;
  readonly heapMb: number;
}

/** What of Java's inside Cassandra 5.0 uses (its conf/jvm17-server.options). */
const exported = [
  'java.base/jdk.internal.misc',
  'java.base/java.lang.ref',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.sql/java.sql',
  'jdk.attach/sun.tools.attach',
  'jdk.compiler/com.sun.tools.javac.file',
  'jdk.unsupported/sun.misc',
];
const opened = [
  'java.base/java.io',
  'java.base/java.lang',
  'java.base/java.lang.module',
  'java.base/java.lang.reflect',
  'java.base/java.util',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.util.jar',
  'java.base/sun.nio.ch',
  'jdk.compiler/com.sun.tools.javac',
  'jdk.management/com.sun.management.internal',
];

/** A node alone waits for no others, and what it holds is only a test's. */
const properties = {
  'cassandra-foreground': 'yes',
  'cassandra.ring_delay_ms': '1000',
  'cassandra.skip_wait_for_gossip_to_settle': '0',
  'cassandra.superuser_setup_delay_ms': '0',
  'jdk.attach.allowAttachSelf': 'true',
  'io.netty.tryReflectionSetAccessible': 'true',
};

/** The arguments of a Java 17 that make it a Cassandra. */
export function cassandraArguments({ jars, configFolder, heapMb }: CassandraRun): string[] {
  const url = (file: string) => pathToFileURL(join(configFolder, file)).href;
  const defined = {
    ...properties,
    'cassandra.config': url('cassandra.yaml'),
    'logback.configurationFile': url('logback.xml'),
  };
  return [
    `-Xmx${String(heapMb)}m`,
    '-XX:+UseSerialGC',
    '-XX:+ExitOnOutOfMemoryError',
    `-javaagent:${jars}/jamm-0.4.0.jar`,
    ...exported.map((name) => `--add-exports=${name}=ALL-UNNAMED`),
    ...opened.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    ...Object.entries(defined).map(([name, value]) => `-D${name}=${value}`),
    '-cp',
    `${jars}/*`,
    'org.apache.cassandra.service.CassandraDaemon',
  ];
}
