import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { assertGolden } from '../../support/goldenText.ts';
import { otlpOf } from '../../support/sendOtlp.ts';
import { makeSpan } from '../../support/span.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const recorded = fixture('otlp/nest-prisma.json');
const hexId = (n: number) => n.toString(16).padStart(16, '0');
const golden = (name: string) => new URL(name, import.meta.url);

/** Runs on the code of the recorded spans. */
async function spanhop(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    isTerminal: false,
    env: {},
    cwd: fixture('apps/users'),
  };
  const code = await runCommandLine(args, terminal, new AbortController().signal);
  const text = out.join('\n').replaceAll(fixture(''), '<fixtures>/');
  return { code, text, err: err.join('\n') };
}

interface JsonNode {
  readonly file: string | null;
  readonly line: number | null;
  readonly share: number;
  readonly ownShare: number;
  readonly callsPerRequest: number;
  readonly confidence: string;
  readonly below: readonly JsonNode[];
  readonly omitted?: number;
}
const nodesOf = (node: JsonNode): readonly JsonNode[] => [node, ...node.below.flatMap(nodesOf)];

describe('spanhop explain', function () {
  this.timeout(60_000);

  it('shows of an endpoint which lines its time goes to, and how often they run', async () => {
    const { text } = await spanhop('explain', 'GET /users/all', recorded);
    assertGolden(golden('explain.golden.txt'), text);
    assert.ok(text.split('\n').length <= 40);
  });

  it('tells the same as JSON, in which the shares add up', async () => {
    const { text } = await spanhop('explain', 'UsersController.all', recorded, '--json');
    const { tree, requests } = JSON.parse(text) as { tree: JsonNode; requests: number };
    assert.ok(requests >= 1);
    const nodes = nodesOf(tree);
    assert.ok(Math.abs(nodes.reduce((sum, { ownShare }) => sum + ownShare, 0) - 1) < 1e-9);
    assert.equal(tree.file, 'src/users/users.controller.ts');
    const repeated = nodes.find(
      ({ file, callsPerRequest }) => file !== null && callsPerRequest > 1,
    );
    assert.equal(repeated?.file, 'src/users/users.service.ts');
  });

  it('takes one trace by its id, a file being its source', async () => {
    const { text } = await spanhop('traces', recorded, '--window', 'all', '--json');
    const [first] = (JSON.parse(text) as { traces: { traceId: string; duration: number }[] })
      .traces;
    const { text: explained } = await spanhop('explain', first!.traceId, recorded, '--json');
    const { requests, tree } = JSON.parse(explained) as { requests: number; tree: JsonNode };
    assert.deepEqual([requests, tree.share], [1, 1]);
  });

  it('nests JSON 100 calls deep, and says how many are below, of a trace thousands deep', async () => {
    const depth = 4_000;
    const spans = Array.from({ length: depth }, (_, n) =>
      makeSpan({
        id: hexId(n + 1),
        ...(n > 0 && { parent: hexId(n) }),
        name: `step ${String(n)}`,
        start: 1_795_335_636_000_000 + n,
        duration: 2 * (depth - n),
      }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'spanhop-explain-'));
    const file = join(folder, 'deep.json');
    writeFileSync(file, JSON.stringify(otlpOf(spans)));
    const { text, code } = await spanhop('explain', spans[0]!.traceId, file, '--json');
    rmSync(folder, { recursive: true });
    assert.equal(code, 0);
    assert.ok(text.length < 1_000_000);
    const nodes = nodesOf((JSON.parse(text) as { tree: JsonNode }).tree);
    assert.equal(nodes.length, 101);
    assert.deepEqual(
      nodes.flatMap(({ omitted }, at) => (omitted === undefined ? [] : [[at, omitted]])),
      [[100, depth - 101]],
    );
  });

  it('says in one sentence what it could not find, or between what to choose', async () => {
    const none = await spanhop('explain', 'GET /nowhere', recorded);
    assert.deepEqual([none.code, none.err], [1, 'spanhop: No endpoint found for GET /nowhere.']);
    const several = await spanhop('explain', 'users', recorded);
    assert.equal(several.code, 1);
    assert.match(several.err, /^spanhop: users fits \d+ endpoints: .*\. Name one\.$|… Name one\.$/);
    const without = await spanhop('explain');
    assert.equal(without.code, 2);
    assert.match(without.err, /explain requires an endpoint or a trace ID/);
    const more = await spanhop('explain', 'a', recorded, 'b');
    assert.match(more.err, /Unexpected argument "b" for explain/);
  });
});
