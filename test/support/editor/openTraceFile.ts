import type { EditorWindow } from './editorWindow.ts';

/** Runs Open Trace File and takes the file in the dialogue of an editor in a browser. */
export async function openTraceFile(window: EditorWindow, path: string): Promise<void> {
  await window.runCommand('Spanhop: Open Trace File');
  const title = 'Open Trace File';
  await window.quickInputTitled(title);
  const dialogue = window.page.locator('.quick-input-title').filter({ hasText: title });
  // While it lists a folder it takes no key, and sets its field afterwards.
  await window.until(`${path} taken`, async () => {
    await window.fillInput(path);
    await window.page.keyboard.press('Enter');
    return dialogue.waitFor({ state: 'hidden', timeout: 2_000 }).then(
      () => true,
      () => false,
    );
  });
}
