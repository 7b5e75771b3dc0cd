// `npm test [-- tier ...]`: sets up, builds, runs the tiers in order and counts; `--count` keeps how many tests
// each tier has, in test/counts.json. Node 20 is enough to start it.
import { join } from 'node:path';

import { continueUnderEditorNode, ensureInstalled, root, run } from './setup.mjs';

const log = (line) => console.log(line);
await ensureInstalled(root, log);
await continueUnderEditorNode();

const { tiers } = await import('./tiers.mjs');
const { describeFall, raiseCount } = await import('./tests/testCounts.ts');
const keepsCounts = process.argv.includes('--count');
const named = process.argv.slice(2).filter((argument) => argument !== '--count');
const unknown = named.filter((name) => !tiers.some((tier) => tier.name === name));
if (unknown.length > 0) {
  log(`Unknown tier ${unknown.join(', ')}. Use ${tiers.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const total = { passed: 0, skipped: 0, failures: [] };
const started = Date.now();
const chosen = tiers.filter(({ name }) => named.length === 0 || named.includes(name));
const built = chosen.some(({ needsBuild }) => needsBuild) && (await build());
for (const tier of chosen) {
  if (tier.needsBuild && !built) {
    log(`\n== ${tier.name}: not run, the build failed`);
    total.skipped += 1;
    continue;
  }
  await runTier(tier);
}
log(`\nAll in ${minutes(Date.now() - started)}; pictures, if any, are in out/screenshots.`);
for (const failure of total.failures) log(`\nFAILED ${beginningOf(failure)}`);
log(`${total.passed} passed, ${total.failures.length} failed, ${total.skipped} skipped`);
process.exit(total.failures.length === 0 ? 0 : 1);

async function build() {
  try {
    log('Building dist');
    await run(process.execPath, [join(root, 'esbuild.js')]);
    return true;
  } catch (error) {
    log(String(error));
    total.failures.push(`Building dist\n${error}`);
    return false;
  }
}

/** A tier that lacks what it needs is skipped with the reason; where nobody reads reasons, it fails. */
async function runTier(tier) {
  log(`\n== ${tier.name}`);
  const began = Date.now();
  try {
    await tier.prepare?.();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.CI === 'true') total.failures.push(`${tier.name}: ${reason}`);
    else total.skipped += 1;
    log(`${tier.name} ${process.env.CI === 'true' ? 'FAILED' : 'skipped'}: ${reason}`);
    return;
  }
  const { passed, skipped, failures } = await tier.run(log);
  if (failures.length === 0) failures.push(...lostTests(tier.name, passed + skipped));
  total.passed += passed;
  total.skipped += skipped;
  total.failures.push(...failures.map((failure) => `${tier.name}: ${failure}`));
  const time = minutes(Date.now() - began);
  log(
    `-- ${tier.name}: ${passed} passed, ${failures.length} failed, ${skipped} skipped in ${time}`,
  );
}

/** What to do where a tier has fewer tests than it had; with `--count` a higher number is kept. */
function lostTests(name, count) {
  if (keepsCounts && raiseCount(name, count)) log(`${name} has ${count} tests: kept.`);
  const fall = describeFall(name, count);
  if (fall !== undefined) log(`  FAILED ${fall}`);
  return fall === undefined ? [] : [fall];
}

/** Told again at the end, where one looks first; all of it stands above. */
function beginningOf(failure) {
  const lines = failure.trimEnd().split('\n', 12);
  return lines.map((line) => (line.length > 300 ? `${line.slice(0, 300)}…` : line)).join('\n');
}

function minutes(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
