import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Called by the extension host: runs every test file beside this one and leaves the result in a file. */
export async function run(): Promise<void> {
  // An ES module: what require() makes of one differs between the Nodes of editors.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout: 30_000, reporter: 'spec', color: false });
  const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.cjs'));
  for (const name of files) mocha.addFile(join(__dirname, name));
  const passed: string[] = [];
  const failed: { name: string; error: string }[] = [];
  const reached = new Set<string>();
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('test end', ({ file = '' }) => void reached.add(basename(file, '.test.cjs')))
      .on('pass', (test) => passed.push(test.fullTitle()))
      .on('fail', (test, error: Error) => {
        failed.push({ name: test.fullTitle(), error: error.stack ?? error.message });
      });
  });
  const resultFile = process.env['SPANHOP_TEST_RESULT'];
  if (resultFile === undefined) throw new Error('SPANHOP_TEST_RESULT names no file');
  writeFileSync(resultFile, JSON.stringify({ passed, failed, files: [...reached].sort() }));
  if (failed.length > 0 || passed.length === 0) throw new Error(`${String(failed.length)} failed`);
}
