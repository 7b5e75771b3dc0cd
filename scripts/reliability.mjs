// `npm run reliability [-- SOURCE]`: lets all go wrong that can with a source, and writes what was seen to docs/reliability.md.
import { continueUnderEditorNode, ensureInstalled, root } from './setup.mjs';

await ensureInstalled(root, console.log);
await continueUnderEditorNode();
const { writeReliability } = await import('./reliability/write.ts');
await writeReliability(process.argv.slice(2).join(' '));
