import { errorText } from '../../../src/core/base/errorText.ts';
import { message } from '../../../src/core/base/message.ts';
import { drawPicture } from '../../../src/core/waterfall/picture/drawPicture.ts';
import type { PictureFormat } from '../../../src/protocol/picture.ts';
import type { Host } from '../host.ts';
import type { WaterfallModel } from '../model.ts';
import { pageStyle } from './pageStyle.ts';
import { pngOf } from './pictureImage.ts';
import { pictureOf } from './pictureOf.ts';

/** The rows as they are seen now. @throws Error while there is no trace */
function drawRows(model: WaterfallModel): string {
  if (!model.trace) throw new Error(message('Open a trace first.'));
  const style = pageStyle(model.trace.opened.shape.start);
  return drawPicture(pictureOf(model, model.trace, style));
}

/** The same as the bytes of a file. */
export async function pictureBytes(
  model: WaterfallModel,
  format: PictureFormat,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const svg = drawRows(model);
  if (format === 'svg') return new TextEncoder().encode(svg);
  return new Uint8Array(await (await pngOf(svg, signal)).arrayBuffer());
}

/** Puts the picture on the clipboard, or says why it can't. */
export function copyPicture(model: WaterfallModel): void {
  // The browser takes it only while it still knows of the click: the image may come later.
  const item = new ClipboardItem({ 'image/png': (async () => pngOf(drawRows(model)))() });
  navigator.clipboard.write([item]).then(
    () => model.announce(message('Copied.')),
    (error: unknown) => tell(model, error),
  );
}

/** Has the host save the picture where the user wants it. */
export function savePicture(host: Host, model: WaterfallModel, format: PictureFormat): void {
  host.call('savePicture', { format }).catch((error: unknown) => tell(model, error));
}

const tell = (model: WaterfallModel, error: unknown) => model.notify(errorText(error));
