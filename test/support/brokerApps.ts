import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CodeIndex } from '../../src/core/code/model.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { readOtlpJson } from '../../src/sources/otlp/json.ts';
import { indexFiles } from './memoryWorkspace.ts';

/** What test/fixtures/spans/brokers holds; see the README there. */
export const brokerRecordings = [
  'kafka',
  'rabbitmq',
  'redis',
  'bullmq',
  'sqs',
  'apollo',
  'mercurius',
  'grpc',
  'socketio',
] as const;
export type BrokerRecording = (typeof brokerRecordings)[number];

const apps = fileURLToPath(new URL('../fixtures/apps/brokers/', import.meta.url));

/** The index of the services in test/fixtures/apps/brokers. */
export function indexBrokerApps(): CodeIndex {
  const files = readdirSync(apps, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[\w-]+\/(?:src\/.*\.ts|package\.json)$/.test(name.replaceAll('\\', '/')),
  );
  return indexFiles(
    Object.fromEntries(files.map((name) => [name, readFileSync(`${apps}${name}`, 'utf8')])),
  );
}

/** The recorded traces, as they came. */
export function brokerTraces(recording: BrokerRecording): readonly (readonly RawSpan[])[] {
  const file = new URL(`../fixtures/spans/brokers/${recording}.json`, import.meta.url);
  const { spans } = readOtlpJson(JSON.parse(readFileSync(file, 'utf8')));
  return [...Map.groupBy(spans, ({ traceId }) => traceId).values()];
}
