import * as vscode from 'vscode';
import type { PictureFormat } from '../../protocol/picture.ts';
import { saveFile } from './saveFile.ts';
import { suggestedName } from './suggestedName.ts';

/** Rows on the screen that can be drawn. */
export interface Pictured {
  /** Undefined while what the trace's root is called isn't known. */
  readonly titled: { readonly operation: string } | undefined;
  /** The bytes of a file that shows them as they are now. */
  drawPicture(format: PictureFormat): Promise<Uint8Array>;
}

/** Draws the rows as they are seen now, then asks where to save them. */
export async function savePicture(rows: Pictured, format: PictureFormat): Promise<void> {
  const data = await rows.drawPicture(format);
  await saveFile(
    {
      title: vscode.l10n.t('Save Waterfall as Picture'),
      name: suggestedName(rows.titled?.operation ?? '', format),
      filters: { [format.toUpperCase()]: [format] },
    },
    (target) => vscode.workspace.fs.writeFile(target, data),
  );
}

/** Asks for the kind of file; undefined: for none. */
export async function choosePictureFormat(): Promise<PictureFormat | undefined> {
  const chosen = await vscode.window.showQuickPick(
    [
      { format: 'png' as const, label: 'PNG', detail: vscode.l10n.t('For chats and documents') },
      {
        format: 'svg' as const,
        label: 'SVG',
        detail: vscode.l10n.t('Sharp at any size, with text that can be searched'),
      },
    ],
    { title: vscode.l10n.t('Save Waterfall as Picture') },
  );
  return chosen?.format;
}
