// Runs a tier's test files, each in one mocha, and counts what it reports.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { delimiter, join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';

import { root } from './setup.mjs';

const progressEveryMs = 10_000;
/** After the last test: what a test left running is found here, not in a build that never ends. */
const exitGraceMs = 20_000;

/**
 * Shares the files out to as many processes at once.
 * @returns how many passed and were skipped, and what failed; a crash, a hang, no files, or a file of
 * which mocha ran nothing count as failures
 */
export async function runMocha({ files, processes = 1, ...options }) {
  const parts = await Promise.all(
    sharedOut(files, processes).map((part) => runPart({ ...options, files: part })),
  );
  return {
    passed: parts.reduce((sum, { passed }) => sum + passed, 0),
    skipped: parts.reduce((sum, { skipped }) => sum + skipped, 0),
    failures: parts.flatMap(({ failures }) => failures),
  };
}

/** Long files first, each to who has the least: about as long for all. */
function sharedOut(files, processes) {
  const parts = Array.from({ length: Math.max(1, Math.min(processes, files.length)) }, () => ({
    bytes: 0,
    files: [],
  }));
  const sized = files.map((file) => ({ file, bytes: statSync(join(root, file)).size }));
  for (const { file, bytes } of sized.sort((a, b) => b.bytes - a.bytes)) {
    const least = parts.reduce((one, other) => (other.bytes < one.bytes ? other : one));
    least.bytes += bytes;
    least.files.push(file);
  }
  return parts.map((part) => part.files.sort());
}

async function runPart({ files, env = {}, testTimeoutMs, tierTimeoutMs, everyTest, log }) {
  const counts = { passed: 0, skipped: 0, failures: [] };
  const fail = (what) => {
    counts.failures.push(what);
    log(`  FAILED ${what}`);
  };
  if (files.length === 0) {
    fail('no test files were found');
    return counts;
  }
  const child = startMocha(files, testTimeoutMs, env);
  let ended = false;
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-8_000);
  });
  const reached = new Set();
  const reach = ({ file }) => file && reached.add(relative(root, file).split(sep).join('/'));
  const stop = (why) => {
    fail(why);
    child.kill('SIGKILL');
  };
  const limit = setTimeout(
    () => stop(`not done after ${tierTimeoutMs / 60_000} min`),
    tierTimeoutMs,
  );
  let grace;
  const progress = setInterval(() => {
    if (!everyTest) log(`  ... ${counts.passed} passed`);
  }, progressEveryMs);
  const on = {
    pass: (test) => {
      counts.passed += 1;
      reach(test);
      if (everyTest) log(`  ok ${test.fullTitle} (${(test.duration / 1000).toFixed(1)} s)`);
    },
    pending: (test) => {
      counts.skipped += 1;
      reach(test);
      if (everyTest) log(`  skipped ${test.fullTitle}`);
    },
    fail: (test) => {
      reach(test);
      fail(`${test.fullTitle}\n${indent(test.stack ?? test.err ?? '')}`);
    },
    end: () => {
      ended = true;
      grace = setTimeout(
        () => stop('the tests ended, but something they started did not'),
        exitGraceMs,
      );
    },
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const [kind, value] = eventOf(line);
    if (kind === undefined) log(`  | ${line}`);
    else on[kind]?.(value);
  }
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)));
  clearTimeout(limit);
  clearTimeout(grace);
  clearInterval(progress);
  if (!ended) fail(`mocha ended early with code ${code}\n${indent(errors)}`);
  else if (code !== 0 && counts.failures.length === 0)
    fail(`mocha ended with code ${code}\n${indent(errors)}`);
  else for (const file of files) if (!reached.has(file)) fail(`mocha ran no test of ${file}`);
  if (ended && errors !== '' && counts.failures.length > 0) log(indent(errors));
  return counts;
}

function startMocha(files, timeout, env) {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const reporter = join(root, 'scripts/tests/eventsReporter.mjs');
  const args = ['--reporter', reporter, '--forbid-only', '--timeout', String(timeout), ...files];
  if (process.env.CI === 'true') args.unshift('--require', './test/support/sameCases.ts');
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  return spawn(process.execPath, [mocha, ...args], {
    cwd: root,
    env: { ...process.env, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Of mocha's json-stream reporter: `["pass",{...}]` a line; everything else is a test's own output. */
function eventOf(line) {
  if (!/^\["(start|pass|pending|fail|end)",/.test(line)) return [];
  try {
    return JSON.parse(line);
  } catch {
    return []; // A test's own output that only looks like an event.
  }
}

const indent = (text) => text.trimEnd().replaceAll(/^/gm, '      ');
