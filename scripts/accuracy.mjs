// `npm run accuracy`: runs samples/shop with the companion and writes what the ladder makes of it to docs/accuracy.md.
import { continueUnderEditorNode, ensureInstalled, root } from './setup.mjs';

await ensureInstalled(root, console.log);
await continueUnderEditorNode();
const { writeAccuracy } = await import('./accuracy/write.ts');
await writeAccuracy();
