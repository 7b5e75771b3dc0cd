import type { EditorWindow } from './editorWindow.ts';

/** Readings, a tenth of a second after each other, that are the same of something at rest. */
const sameReadings = 4;

/** Waits until what is read stays as it is, and answers it: before the pointer goes to something that others may move. */
export async function atRest<T>(
  window: EditorWindow,
  what: string,
  read: () => Promise<T>,
): Promise<T> {
  let last = await read();
  let same = 1;
  await window.until(`${what} at rest`, async () => {
    const before = JSON.stringify(last);
    last = await read();
    same = JSON.stringify(last) === before ? same + 1 : 1;
    return same >= sameReadings;
  });
  return last;
}
