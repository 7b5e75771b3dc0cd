#!/usr/bin/env node
/**
 * Takes the arguments of VS Code's desktop program and serves them with the editor server in Chromium,
 * so that `runTests` of @vscode/test-electron starts either. Ends with the test run's exit code.
 */
import { parseArgs } from 'node:util';

import type { Page } from 'playwright-core';

import { launchChromium } from '../chromium.ts';
import { startEditorServer } from './startEditorServer.ts';

const runTimeoutMs = 10 * 60_000;
/** The first page of a server that starts beside other work. */
const loadTimeoutMs = 90_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    'extensions-dir': { type: 'string' },
    'install-extension': { type: 'string' },
    'user-data-dir': { type: 'string' },
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
  },
});
const text = (name: string): string | undefined => {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
};

const vsix = text('install-extension');
const dataFolder = text('user-data-dir');
const extensionsFolder = text('extensions-dir');
const server = await startEditorServer({
  extensions: vsix === undefined ? [] : [vsix],
  testDriver: true,
  ...(dataFolder === undefined ? {} : { dataFolder }),
  ...(extensionsFolder === undefined ? {} : { extensionsFolder }),
});
try {
  if (vsix === undefined) process.exitCode = await runTestsIn(positionals[0] ?? '/');
} finally {
  await server.close();
}

/** Opens the folder with the test paths as its payload and waits for the exit code they report. */
async function runTestsIn(folder: string): Promise<number> {
  const payload = (['extensionDevelopmentPath', 'extensionTestsPath'] as const)
    .map((name) => [name, text(name)] as const)
    .flatMap(([name, path]) =>
      path === undefined ? [] : [[name, server.remoteUri(path)] as const],
    );
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const exit = exitCode(page);
    const lines: unknown[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown) => {
      lines.push(args);
    });
    await page.goto(server.address(folder, payload), { timeout: loadTimeoutMs });
    const code = await exit;
    if (code !== 0) console.log(lines);
    return code;
  } finally {
    await browser.close();
  }
}

async function exitCode(page: Page): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const timer = setTimeout(() => {
    reject(new Error(`The tests in the editor did not end: ${server.output().slice(-2_000)}`));
  }, runTimeoutMs);
  await page.exposeFunction('codeAutomationExit', resolve);
  return promise.finally(() => {
    clearTimeout(timer);
  });
}
