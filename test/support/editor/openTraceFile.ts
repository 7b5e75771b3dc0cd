import type { EditorWindow } from './editorWindow.ts';

/** Runs Open Trace File and takes the file in the dialogue of an editor in a browser; it may ask which of its traces. */
export async function openTraceFile(window: EditorWindow, path: string): Promise<void> {
  const title = 'Open Trace File';
  await window.ask(`Spanhop: ${title}`, title);
  await window.quickInput.takePath(title, path);
  window.quickInput.askedBy(() => openTraceFile(window, path));
}
