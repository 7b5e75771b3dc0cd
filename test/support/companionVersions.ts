import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { cached } from './cache.ts';
import { npmInstall } from './npmInstall.ts';

/** What an application of its time had installed. */
export interface Installation {
  readonly name: string;
  readonly prisma: 6 | 7;
  readonly packages: readonly string[];
}

const nest = (major: number) =>
  ['core', 'common', 'microservices', 'platform-express', 'platform-fastify'].map(
    (name) => `@nestjs/${name}@${String(major)}`,
  );
const prisma = (version: string) =>
  ['@prisma/client', '@prisma/adapter-libsql', '@prisma/instrumentation', 'prisma'].map(
    (name) => `${name}@${version}`,
  );

export const installations: readonly Installation[] = [
  {
    name: 'Nest 10, Prisma 6, SDK 1',
    prisma: 6,
    packages: [
      ...nest(10),
      ...prisma('6.19'),
      '@opentelemetry/sdk-trace-node@1.30.1',
      '@opentelemetry/resources@1.30.1',
      '@opentelemetry/exporter-trace-otlp-http@0.57.2',
      '@opentelemetry/instrumentation@0.57.2',
      '@opentelemetry/instrumentation-http@0.57.2',
      '@opentelemetry/instrumentation-express@0.47.1',
      '@opentelemetry/instrumentation-fastify@0.44.2',
      '@opentelemetry/instrumentation-nestjs-core@0.44.1',
    ],
  },
  {
    name: 'Nest 11, Prisma 7, SDK 2.0',
    prisma: 7,
    packages: [
      ...nest(11),
      ...prisma('7'),
      '@opentelemetry/sdk-trace-node@2.0.1',
      '@opentelemetry/resources@2.0.1',
      '@opentelemetry/exporter-trace-otlp-http@0.203.0',
      '@opentelemetry/instrumentation@0.203.0',
      '@opentelemetry/instrumentation-http@0.203.0',
      '@opentelemetry/instrumentation-express@0.52.0',
      '@opentelemetry/instrumentation-fastify@0.48.0',
      '@opentelemetry/instrumentation-nestjs-core@0.49.0',
    ],
  },
  {
    name: 'Nest 12, Prisma 7, SDK 2',
    prisma: 7,
    packages: [
      ...nest(12),
      ...prisma('7'),
      '@opentelemetry/sdk-trace-node@2.9.0',
      '@opentelemetry/resources@2.9.0',
      '@opentelemetry/exporter-trace-otlp-http@0.220.0',
      '@opentelemetry/instrumentation@0.220.0',
      '@opentelemetry/instrumentation-http@0.220.0',
      '@opentelemetry/instrumentation-express@0.68.0',
      '@opentelemetry/instrumentation-fastify@0.57.0',
      '@opentelemetry/instrumentation-nestjs-core@0.69.0',
    ],
  },
];

/** What calls handlers besides HTTP, with instrumentations that make spans of it. */
export const otherHandlers: Pick<Installation, 'packages'> = {
  packages: [
    ...['core', 'common', 'platform-express', 'bullmq'].map((name) => `@nestjs/${name}@11`),
    '@nestjs/graphql@13',
    '@nestjs/apollo@13',
    '@apollo/server@4',
    '@as-integrations/express5@1',
    'graphql@16',
    'bullmq@5',
    'bullmq-otel@1',
    '@opentelemetry/sdk-trace-node@2.9.0',
    '@opentelemetry/exporter-trace-otlp-http@0.220.0',
    '@opentelemetry/instrumentation@0.220.0',
    '@opentelemetry/instrumentation-http@0.220.0',
    '@opentelemetry/instrumentation-graphql@0.68.0',
  ],
};

const shared = ['@opentelemetry/api@1', 'reflect-metadata@0.2', 'rxjs@7'];
export const offline = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' };

/** Its folder; the packages are in `node_modules` there. */
export function install({ packages }: Pick<Installation, 'packages'>): Promise<string> {
  const all = [...shared, ...packages];
  const key = createHash('sha256').update(all.join(' ')).digest('hex').slice(0, 16);
  return cached('companion', key, async (folder) => {
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await npmInstall(folder, ['--legacy-peer-deps', ...all], offline);
  });
}

/** A Node of that major version. */
export async function nodeOf(major: number): Promise<string> {
  const folder = await cached('node', String(major), async (at) => {
    await writeFile(join(at, 'package.json'), '{ "private": true }');
    await npmInstall(at, [`node@${String(major)}`]);
  });
  return join(
    folder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
}
