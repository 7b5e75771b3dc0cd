import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { assertGolden } from '../../support/goldenText.ts';
import { startReceiverProcess } from '../../support/receiverProcess.ts';
import { startTestServer } from '../../support/testServer.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const recorded = fixture('otlp/nest-prisma.json');
const golden = (name: string) => new URL(name, import.meta.url);

/** Syntax that the editor has while someone types a decorator. */
const halfTyped = `import { Controller, Get } from '@nestjs/common';

@Controller('half')
export class HalfController {
  @Get(
  typed() {
`;

describe('spanhop map --report', function () {
  this.timeout(60_000);
  let folder: string;

  /** The code of the recorded spans, but one handler was renamed since, and another file is half typed. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-report-'));
    cpSync(fixture('apps/users'), folder, { recursive: true });
    const controller = join(folder, 'src/users/users.controller.ts');
    const text = readFileSync(controller, 'utf8');
    writeFileSync(
      controller,
      text.replace("'all'", "'everything'").replace('all()', 'everything()'),
    );
    writeFileSync(join(folder, 'src/users/half.controller.ts'), halfTyped);
    cpSync(recorded, join(folder, 'traces.json'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function spanhop(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      isTerminal: false,
      env: {},
      cwd: folder,
    };
    const code = await runCommandLine(args, terminal, new AbortController().signal);
    assert.deepEqual([code, err], [0, []]);
    return out.join('\n').replaceAll(folder, '<folder>');
  }

  it('tells of a file how many spans have their line, why others do not, and what to do', async () => {
    assertGolden(golden('report-file.golden.txt'), await spanhop('map', '--report', 'traces.json'));
  });

  it('tells the same as JSON', async () => {
    const text = await spanhop('map', '--report', 'traces.json', '--json');
    assertGolden(golden('report-file-json.golden.txt'), text);
    const report = JSON.parse(text) as {
      spans: number;
      services: { sorts: { confidences: Counted[]; causes: Counted[] }[] }[];
    };
    const cells = report.services.flatMap(({ sorts }) =>
      sorts.flatMap(({ confidences, causes }) => [...confidences, ...causes]),
    );
    assert.equal(
      cells.reduce((sum, { count }) => sum + count, 0),
      report.spans,
    );
  });

  it('tells the same of the local store', async () => {
    const database = join(folder, 'store.db');
    const receiver = startReceiverProcess(database, 0);
    try {
      const { port } = await receiver.reach('listening');
      const sent = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: readFileSync(recorded),
      });
      assert.equal(sent.status, 200);
      const report = await spanhop('map', '--report', '--local', database, '--window', 'all');
      assertGolden(golden('report-local.golden.txt'), report);
    } finally {
      await receiver.close();
    }
  });

  it('tells of the traces that Jaeger answers, and that there may be more', async () => {
    const answers: Readonly<Record<string, string>> = {
      '/api/services': fixture('jaeger/v1.67-services.json'),
      '/api/services/users-api/operations': fixture('jaeger/v1.67-operations.json'),
      '/api/operations': fixture('jaeger/v1.67-operations.json'),
      '/api/traces': fixture('jaeger/v1.67-traces.json'),
    };
    const jaeger = await startTestServer((request, response) => {
      const file = answers[request.url?.split('?', 1)[0] ?? ''];
      response.setHeader('content-type', 'application/json');
      response.end(file === undefined ? '{"data":[]}' : readFileSync(file));
    });
    try {
      const args = ['map', '--report', '--jaeger', jaeger.url, '--window', 'all', '--limit', '3'];
      const report = (await spanhop(...args)).replaceAll(jaeger.url, '<address>');
      assertGolden(golden('report-jaeger.golden.txt'), report);
    } finally {
      await jaeger.close();
    }
  });

  it('says of a source without spans that there are none', async () => {
    const report = await spanhop('map', '--report', 'traces.json', '--only', 'nobody');
    assert.match(report, /No spans found/);
  });
});

interface Counted {
  readonly count: number;
}
