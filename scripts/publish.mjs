// `npm run publish [-- vscode openvsx npm] [--dry-run]`: packs and publishes, to all three where none is named.
// Tokens: VSCE_PAT, OVSX_PAT, NODE_AUTH_TOKEN.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { continueUnderEditorNode, ensureInstalled, root, run } from './setup.mjs';

const log = (line) => console.log(line);
const isWindows = process.platform === 'win32';
const isRehearsal = process.argv.includes('--dry-run');
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const targets = {
  vscode: { token: 'VSCE_PAT', publish: publishToVsCode },
  openvsx: { token: 'OVSX_PAT', publish: publishToOpenVsx },
  npm: { token: 'NODE_AUTH_TOKEN', publish: publishToNpm },
};

const { readPublisher, whyUnpublishable } = await import('./publish/publisher.mjs');
const facts = await readPublisher();
const chosen = named.length === 0 ? Object.keys(targets) : named;
const refusal = whyUnpublishable(facts) ?? whyNot(chosen);
if (refusal !== undefined) {
  log(refusal);
  process.exit(1);
}
await ensureInstalled(root, log);
await continueUnderEditorNode();
await publishAll();

function whyNot(names) {
  const unknown = names.filter((name) => !Object.hasOwn(targets, name));
  if (unknown.length > 0)
    return `Nothing was published: there is no ${unknown.join(', ')}; choose of ${Object.keys(targets).join(', ')}.`;
  const missing = names.map((name) => targets[name].token).filter((token) => !process.env[token]);
  return missing.length === 0 || isRehearsal
    ? undefined
    : `Nothing was published: set ${missing.join(', ')} in the environment (see docs/publishing.md).`;
}

async function publishAll() {
  const { buildAndPack } = await import('./package.mjs');
  const { path } = await buildAndPack(facts.repository);
  log(`Packed ${path}`);
  for (const name of chosen) {
    if (isRehearsal) log(`${name}: not published, this is a rehearsal`);
    else log(`${name}: ${await targets[name].publish(path)}`);
  }
}

async function publishToVsCode(path) {
  const { publishVSIX } = await import('@vscode/vsce');
  await publishVSIX(path, { pat: process.env.VSCE_PAT, skipDuplicate: true });
  return 'published';
}

async function publishToOpenVsx(path) {
  await run('npx', ['--yes', 'ovsx@1', 'publish', path, '--skip-duplicate'], { shell: isWindows });
  return 'published';
}

/** A version that npm has is left alone: the companion changes more rarely than the extension. */
async function publishToNpm() {
  const { buildInstrumentation } = await import('../instrumentation/build.mjs');
  const folder = await buildInstrumentation();
  const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const found = await run('npm', ['view', `${name}@${version}`, 'version'], { shell: isWindows })
    .then((text) => text.trim())
    .catch(() => '');
  if (found === version) return `${name}@${version} is there already`;
  await run('npm', ['publish', folder, '--access', 'public'], { shell: isWindows });
  return 'published';
}
