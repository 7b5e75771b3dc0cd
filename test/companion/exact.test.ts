import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { attributeOf, textAttribute, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  idOf,
  mapWithCommandLine,
  placesByCompanion,
  withoutCode,
  type MappedSpan,
} from '../support/accuracy.ts';
import { companionOptions, shopSpansWithCode } from '../support/companion.ts';
import { installShop, shopFolder } from '../support/shop.ts';
import { collectSpans } from '../support/spanCollector.ts';

const namesItsLine = ({ attributes }: RawSpan) =>
  attributeOf(attributes, 'code.line.number') !== undefined;
const placeOf = ({ file, line }: MappedSpan) =>
  file === null ? 'none' : `${file}:${String(line)}`;

describe('spans with the attributes of the companion', function () {
  this.timeout(120_000);
  let scratch = '';
  let spans: readonly RawSpan[] = [];

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'spanhop-exact-'));
    await installShop();
    spans = await shopSpansWithCode({ seed: 5, rate: 6, seconds: 4 });
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('map exactly to the lines that ran', async () => {
    const places = placesByCompanion(spans, shopFolder);
    const lines = new Map(
      (await mapWithCommandLine(spans, shopFolder)).map((one) => [idOf(one), one]),
    );
    const named = spans.filter(namesItsLine);
    assert.ok(named.length > 500);
    for (const span of named) {
      const line = lines.get(idOf(span));
      assert.equal(
        line && `${line.confidence} ${placeOf(line)}`,
        `exact ${[...(places.get(idOf(span)) ?? [])].join(' or ')}`,
      );
    }
  });

  it('map exactly from a build that runs elsewhere without its source maps', async () => {
    const deployed = await deployWithoutMaps(join(scratch, 'app'));
    const compiled = await spansOfPricing(deployed);
    const named = compiled.filter(namesItsLine);
    assert.ok(named.length > 10);
    for (const { attributes } of named)
      assert.match(textAttribute(attributes, 'code.file.path') ?? '', /\/app\/dist\/.*\.js$/);
    const said = new Map(
      (await mapWithCommandLine(compiled, shopFolder)).map((one) => [idOf(one), one]),
    );
    const alone = new Map(
      (await mapWithCommandLine(withoutCode(compiled), shopFolder)).map((one) => [idOf(one), one]),
    );
    for (const span of named) {
      const line = said.get(idOf(span));
      assert.equal(line?.confidence, 'exact', line?.reason);
      assert.equal(placeOf(line), placeOf(alone.get(idOf(span)) ?? line));
    }
  });

  it('follow their methods in code that changed since', async () => {
    const changed = join(scratch, 'changed');
    await copyWithNewLines(changed);
    const places = placesByCompanion(spans, shopFolder);
    const lines = await mapWithCommandLine(spans, changed);
    const isNamed = new Set(spans.filter(namesItsLine).map(idOf));
    const judged = lines.filter((line) => isNamed.has(idOf(line)));
    const isRight = (line: MappedSpan) => {
      const [place = ''] = places.get(idOf(line)) ?? [];
      const [file, at] = place.split(':');
      return line.file === file && line.line === Number(at) + newLines;
    };
    const wrong = judged.filter((line) => !isRight(line));
    const surelyWrong = wrong.filter(({ confidence }) => ['exact', 'strong'].includes(confidence));
    assert.deepEqual(
      surelyWrong.map((line) => `${line.operation} ${placeOf(line)} ${line.reason}`),
      [],
    );
    assert.ok(wrong.length / judged.length < 0.05, wrong.map(placeOf).join('\n'));
  });
});

const newLines = 40;

/** The sample's sources, each with new lines at its beginning. */
async function copyWithNewLines(folder: string): Promise<void> {
  await cp(shopFolder, folder, {
    recursive: true,
    filter: (path) =>
      !/\/(?:node_modules|dist|generated|data)(?:\/|$)/.test(path.slice(shopFolder.length)),
  });
  for (const app of await readdir(join(folder, 'apps'))) {
    const source = join(folder, 'apps', app, 'src');
    for (const name of await readdir(source, { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const file = join(source, name);
      await writeFile(file, '// new\n'.repeat(newLines) + (await readFile(file, 'utf8')));
    }
  }
}

/** pricing-api as an image would hold it: what was compiled, and not the maps. */
async function deployWithoutMaps(folder: string): Promise<string> {
  const app = join(shopFolder, 'apps', 'pricing-api');
  await mkdir(folder, { recursive: true });
  for (const part of ['dist', 'generated', 'prisma', 'package.json'])
    await cp(join(app, part), join(folder, part), {
      recursive: true,
      filter: (path) => !path.endsWith('.js.map'),
    });
  await symlink(join(shopFolder, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function spansOfPricing(folder: string): Promise<readonly RawSpan[]> {
  const collector = await collectSpans();
  const env = {
    ...process.env,
    NODE_OPTIONS: await companionOptions(),
    DATABASE_URL: `file:${join(folder, 'pricing.db')}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    PORT: '0',
  };
  const run = (script: string) =>
    spawn(process.execPath, [join(folder, script)], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  await once(run('dist/database/setup.js'), 'exit');
  const service = run('dist/main.js');
  try {
    for await (const line of createInterface(service.stdout)) {
      const [url] = /http:\S+/.exec(line) ?? [];
      if (url === undefined) continue;
      for (const path of ['prices?skus=1', 'discounts', 'discounts/NONE', 'health'])
        await fetch(`${url}/pricing/${path}`);
      break;
    }
  } finally {
    service.kill('SIGTERM');
    await once(service, 'exit');
    await collector.close();
  }
  return collector.spans;
}
