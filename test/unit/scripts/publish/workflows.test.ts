import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Step {
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}
interface Job {
  uses?: string;
  'runs-on'?: string;
  'timeout-minutes'?: number;
  steps?: Step[];
  strategy?: { matrix: Record<string, unknown> };
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const root = resolve(import.meta.dirname, '../../../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const workflows = new Map(
  globSync('.github/workflows/*.yml', { cwd: root }).map((path) => {
    const name = path.replaceAll('\\', '/');
    return [name, parse(text(path), { strict: true }) as Workflow] as const;
  }),
);
const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
const jobs = [...workflows.values()].flatMap((workflow) => Object.values(workflow.jobs));
const steps = jobs.flatMap((job) => job.steps ?? []);
const workflow = (name: string) => workflows.get(`.github/workflows/${name}.yml`)!;

describe('the workflows', () => {
  it('run npm test on Linux, Windows and macOS with Node 20 and 24', () => {
    const { jobs: tested } = workflow('ci');
    const test = tested['test'];
    assert.deepEqual(test?.strategy?.matrix, {
      os: ['ubuntu-latest', 'windows-latest', 'macos-latest'],
      node: [20, 24],
    });
    assert.ok(test.steps?.some(({ run }) => run === 'npm test'));
  });

  it('publish a tag that was tested, to both marketplaces and npm', () => {
    const { on, jobs: released } = workflow('release');
    assert.deepEqual(on, { push: { tags: ['v*'] } });
    assert.equal(released['test']?.uses, './.github/workflows/ci.yml');
    assert.ok('workflow_call' in workflow('ci').on);
    const publish = released['publish']?.steps?.find(({ run }) => run === 'npm run publish');
    assert.deepEqual(publish?.env, {
      VSCE_PAT: '${{ secrets.VSCE_PAT }}',
      OVSX_PAT: '${{ secrets.OVSX_PAT }}',
      NODE_AUTH_TOKEN: '${{ secrets.NPM_TOKEN }}',
    });
    for (const secret of ['VSCE_PAT', 'OVSX_PAT', 'NPM_TOKEN'])
      assert.ok(text('docs/publishing.md').includes(secret), secret);
  });

  it('name actions by major version and scripts that there are, may read only, and end', () => {
    for (const { uses } of steps)
      if (uses !== undefined) assert.match(uses, /^actions\/[\w-]+@v\d+$/);
    const named = steps.flatMap(({ run = '' }) => [...run.matchAll(/npm run ([\w:-]+)/g)]);
    assert.ok(named.length >= 2);
    for (const [, script = ''] of named) assert.ok(script in scripts, script);
    for (const { permissions } of workflows.values())
      assert.deepEqual(permissions, { contents: 'read' });
    for (const job of jobs)
      if (job['runs-on'] !== undefined) assert.ok((job['timeout-minutes'] ?? 0) > 0);
  });
});
