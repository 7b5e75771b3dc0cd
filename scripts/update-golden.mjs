// Writes the golden files of the unit tests anew: read the difference before committing it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { editorNode, root } from './setup.mjs';

const { status } = spawnSync(
  editorNode(),
  [join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, UPDATE_GOLDEN: '1' } },
);
process.exit(status ?? 1);
