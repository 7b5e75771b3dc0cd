import type { EditorWindow } from './editorWindow.ts';
import { done } from './quickInput.ts';

/** Runs Open Trace File and takes the file in the dialogue of an editor in a browser. */
export async function openTraceFile(window: EditorWindow, path: string): Promise<void> {
  const { quickInput } = window;
  const title = 'Open Trace File';
  await window.ask(`Spanhop: ${title}`, title);
  await quickInput.fillPath(title, path);
  // While it lists the folder of what was typed it takes no key.
  await window.until(`${path} taken`, async () => {
    const shown = await quickInput.shown();
    if (shown?.asks.includes(title) !== true) return true;
    if (!shown.isBusy) await done(quickInput.field.press('Enter', { timeout: 2_000 }));
    return false;
  });
}
