import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { attributeOf, textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import { readOtlpJson } from '../../src/sources/otlp/json.ts';
import { recordings } from '../fixtures/apps/calls/recordings.mjs';
import { build, record } from '../fixtures/apps/recorder/record.mjs';
import { cached } from './cache.ts';
import { companionFolder } from './companion.ts';
import { runNpm } from './npmInstall.ts';

/** The services of test/fixtures/apps/calls, a folder each. */
export const callingApps = fileURLToPath(new URL('../fixtures/apps/calls/', import.meta.url));
/** Where they were recorded. */
const recordedIn = '/app/';

/** Names of what test/fixtures/spans/calls holds; see the README there. */
export const callRecordings = Object.keys(recordings);

/** The spans as they were recorded, with `code.*`, whose paths are those of `callingApps`. */
export async function recordedCalls(name: string): Promise<readonly RawSpan[]> {
  const file = new URL(`../fixtures/spans/calls/${name}.json.gz`, import.meta.url);
  return read(JSON.parse(gunzipSync(await readFile(file)).toString()));
}

/** The spans of the services as they run now; the recording's brokers have to be installed. */
export async function runCalls(name: string): Promise<readonly RawSpan[]> {
  const recording = recordings[name];
  if (recording === undefined) throw new Error(`There is no recording ${name}.`);
  const register = join(await companionFolder(), 'dist', 'register.mjs');
  const spans = await record(await builtApps(), recording, [pathToFileURL(register).href]);
  return read({ resourceSpans: spans });
}

let built: Promise<string> | undefined;
/** A copy with packages and compiled code; built once a run. */
const builtApps = (): Promise<string> => (built ??= buildApps());

async function buildApps(): Promise<string> {
  const manifest = readFileSync(join(callingApps, 'package.json'), 'utf8');
  const key = createHash('sha256').update(manifest).digest('hex').slice(0, 16);
  const folder = await cached('calling-apps', key, async (at) => {
    cpSync(join(callingApps, 'package.json'), join(at, 'package.json'));
    await runNpm(at, [
      'install',
      '--no-package-lock',
      '--legacy-peer-deps',
      '--no-audit',
      '--no-fund',
    ]);
  });
  for (const name of readdirSync(callingApps))
    if (!['node_modules', 'dist', 'package.json'].includes(name))
      cpSync(join(callingApps, name), join(folder, name), { recursive: true });
  build(folder);
  return `${folder}/`;
}

const read = (otlp: unknown): readonly RawSpan[] =>
  readOtlpJson(otlp).spans.map((span) => ({
    ...span,
    attributes: span.attributes.map((one) =>
      one.key === 'code.file.path' && typeof one.value === 'string'
        ? { ...one, value: one.value.replace(recordedIn, callingApps) }
        : one,
    ),
  }));

/** What opens a connection, which any call may be the first to need. */
const connecting = /connect$|^(?:client|info)$/;
const ofCalls = ({ kind, scope }: RawSpan) =>
  kind === 'client' || kind === 'producer' || !/instrumentation/.test(scope);

/** `undici GET  rates/src/carriers/carriers.client.ts:20  const response = …`: each kind of call's span and its line. */
export function callLines(spans: readonly RawSpan[]): string {
  const lines = spans
    .filter((span) => ofCalls(span) && !connecting.test(span.name) && span.kind !== 'consumer')
    .map((span) => {
      const scope = span.scope.replace('@opentelemetry/instrumentation-', '');
      return [`${scope} ${span.name.trim() || '(a line break)'}`, ...placeOf(span)].join('  ');
    });
  return [...new Set(lines)].toSorted().join('\n');
}

function placeOf({ attributes }: RawSpan): readonly string[] {
  const path = textAttribute(attributes, 'code.file.path');
  if (path === undefined) return ['none'];
  const line = Number(attributeOf(attributes, 'code.line.number'));
  const text =
    readFileSync(path, 'utf8')
      .split('\n')
      .at(line - 1) ?? '';
  return [`${path.slice(callingApps.length)}:${String(line)}`, text.trim()];
}
