import type { EditorWindow } from './editorWindow.ts';

/** Takes a color theme by its name in the picker, and waits for the workbench to be drawn in its kind: `hc-light`. */
export async function useTheme(window: EditorWindow, name: string, kind: string): Promise<void> {
  const question = 'Select Color Theme';
  await window.ask('Preferences: Color Theme', question);
  await window.quickInput.fill(question, name);
  await window.quickInput.pick(question, name);
  await window.step(`the workbench in ${name}`, () =>
    window.page.locator(`.monaco-workbench.${kind}`).waitFor(),
  );
}
