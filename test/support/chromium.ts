import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { chromium, type Browser } from 'playwright-core';

import { cached } from './cache.ts';
import { installDebianPackage } from './debianPackage.ts';
import { npmInstall } from './npmInstall.ts';

const packaged = '@sparticuz/chromium@153.0.0';
const knownPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
/** No sandbox: containers and root have none. The rest keeps the browser from calling home. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium to drive; the caller closes it. `SPANHOP_CHROMIUM` names the program to use. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: flags });
}

/**
 * A Chromium on this machine: `SPANHOP_CHROMIUM`, an installed one, Debian's package on a test machine
 * (`installDebianPackage`), or the one that npm carries. Throws one sentence with the next step.
 */
export async function chromiumPath(): Promise<string> {
  const chosen = process.env['SPANHOP_CHROMIUM'];
  if (chosen !== undefined) return chosen;
  const found = knownPaths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  if (installDebianPackage('chromium')) return '/usr/bin/chromium';
  if (process.platform === 'linux' && process.arch === 'x64') {
    const carried = await installFromNpm();
    // It needs libraries that a desktop has, and a server may not.
    if (spawnSync(carried, ['--version']).status === 0) return carried;
  }
  throw new Error(
    'No Chromium found: install Chrome or Chromium (Debian: `sudo apt-get install chromium`), or set SPANHOP_CHROMIUM to one, then try again.',
  );
}

async function installFromNpm(): Promise<string> {
  const folder = await cached('chromium', packaged.replace('/', '-'), async (target) => {
    await writeFile(join(target, 'package.json'), '{ "private": true }\n');
    await npmInstall(target, [packaged]);
  });
  const entry = join(folder, 'node_modules/@sparticuz/chromium/build/index.js');
  const carried = (await import(pathToFileURL(entry).href)) as {
    default: { executablePath(): Promise<string> };
  };
  return carried.default.executablePath();
}
