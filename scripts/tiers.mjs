// The tiers of `npm test`: what each needs, and how it is run and counted.
import { runChecks } from './check.mjs';
import { runMocha } from './mochaTier.mjs';
import { filesOfTier } from './tests/testFiles.ts';

const minute = 60_000;

/**
 * Finds a tier's tests by glob, where it doesn't name them: one that finds none has failed. Those that use one core share
 * out their files to two processes.
 */
const mochaTier = ({
  name,
  files = filesOfTier(name),
  env = {},
  processes = 1,
  testTimeoutMs,
  tierTimeoutMs,
  everyTest,
  prepare,
  needsBuild = true,
}) => ({
  name,
  needsBuild,
  prepare,
  run: (log) => runMocha({ files, processes, env, testTimeoutMs, tierTimeoutMs, everyTest, log }),
});

export const tiers = [
  { name: 'check', needsBuild: false, run: runCheckTier },
  mochaTier({
    name: 'unit',
    processes: 2,
    needsBuild: false,
    testTimeoutMs: 20_000,
    tierTimeoutMs: 10 * minute,
    everyTest: false,
  }),
  mochaTier({
    name: 'webview',
    processes: 2,
    testTimeoutMs: minute,
    tierTimeoutMs: 10 * minute,
    everyTest: true,
    prepare: findChromium,
  }),
  mochaTier({
    name: 'companion',
    needsBuild: false,
    testTimeoutMs: 3 * minute,
    tierTimeoutMs: 20 * minute,
    everyTest: true,
    prepare: async () => {
      const { installShop } = await import('../test/support/shop.ts');
      await installShop();
    },
  }),
  mochaTier({
    name: 'integration',
    testTimeoutMs: 2 * minute,
    tierTimeoutMs: 35 * minute,
    everyTest: true,
    prepare: () => packForEditor(),
  }),
  // What an older editor could break: activation, lenses, views, the page, and the way to the code.
  mochaTier({
    name: 'oldest',
    files: ['inEditor', 'lens', 'views', 'waterfall'].map(
      (test) => `test/integration/${test}.test.ts`,
    ),
    env: { SPANHOP_EDITOR: 'oldest' },
    testTimeoutMs: 2 * minute,
    tierTimeoutMs: 12 * minute,
    everyTest: true,
    prepare: () => packForEditor('oldest'),
  }),
  mochaTier({
    name: 'backends',
    testTimeoutMs: 2 * minute,
    tierTimeoutMs: 30 * minute,
    everyTest: true,
    prepare: async () => {
      const { findJaeger, findJaeger2 } = await import('../test/support/backends/jaegerProgram.ts');
      await findJaeger();
      await findJaeger2();
      const { findCassandra } = await import('../test/support/backends/cassandraProgram.ts');
      await findCassandra();
      await packForEditor();
    },
  }),
  mochaTier({
    name: 'chain',
    testTimeoutMs: 5 * minute,
    tierTimeoutMs: 20 * minute,
    everyTest: true,
    prepare: async () => {
      const { prepareChain } = await import('../test/support/backends/chain.ts');
      await prepareChain();
      const { installShop } = await import('../test/support/shop.ts');
      await installShop();
    },
  }),
];

/** Once for all tiers: it walks every file of the checkout. */
let packed;

/** The editor, the sample it opens and the packed extension. */
async function packForEditor(editor = 'current') {
  await findChromium();
  const { installEditorServer } = await import('../test/support/editor/installEditorServer.ts');
  await installEditorServer(editor);
  const { installShop } = await import('../test/support/shop.ts');
  await installShop();
  const { packageExtension } = await import('./package.mjs');
  await (packed ??= packageExtension());
}

async function findChromium() {
  const { chromiumPath } = await import('../test/support/chromium.ts');
  await chromiumPath();
}

/** Each check counts as one test. */
async function runCheckTier(log) {
  const counts = { passed: 0, skipped: 0, failures: [] };
  await runChecks(({ name, passed, seconds, output }) => {
    if (passed) counts.passed += 1;
    else {
      counts.failures.push(`${name}\n${output}`);
      log(output.trimEnd());
    }
    log(`${passed ? '  ok' : '  FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  });
  return counts;
}
