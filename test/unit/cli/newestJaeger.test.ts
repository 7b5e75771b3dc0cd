import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { replayJaeger, type ReplayedJaeger } from '../../support/replayedJaeger.ts';
import { never } from '../../support/sourceContract/sent.ts';

describe('the command line on the newest Jaeger', () => {
  let jaeger: ReplayedJaeger;
  let folder = '';
  beforeEach(async () => {
    jaeger = await replayJaeger({ basePath: '/jaeger' });
    folder = mkdtempSync(join(tmpdir(), 'spanhop-newest-'));
  });
  afterEach(async () => {
    await jaeger.close();
    rmSync(folder, { recursive: true });
  });

  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await runCommandLine(
      [...args, '--jaeger', jaeger.url, '--json'],
      {
        out: (line) => void lines.push(line),
        err: (line) => void lines.push(line),
        isTerminal: false,
        env: {},
        cwd: folder,
      },
      never,
    );
    assert.equal(code, 0, lines.join('\n'));
    return JSON.parse(lines.join('\n')) as Record<string, unknown>;
  };

  it('lists endpoints', async () => {
    const { endpoints } = (await run('endpoints')) as { endpoints: unknown[] };
    assert.equal(endpoints.length, 3);
  });

  it('shows a trace', async () => {
    const { spans } = (await run('map', '5801da477fbf6ce9e7e873802600957c')) as {
      spans: unknown[];
    };
    assert.equal(spans.length, 20);
  });
});
