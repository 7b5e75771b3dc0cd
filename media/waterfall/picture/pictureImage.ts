import { message } from '../../../src/core/base/message.ts';

/** Of a screen with a fine grain. */
const pixelRatio = 2;
/** So large an image takes 128 MB while it is drawn; a longer picture is drawn with a coarser grain. */
const mostPixels = 32_000_000;

/**
 * An SVG of the page's own making as a PNG, twice as fine as it is large.
 * @throws Error when the browser can't draw it
 */
export async function pngOf(svg: string, signal?: AbortSignal): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    signal?.throwIfAborted();
    const ratio = Math.min(pixelRatio, Math.sqrt(mostPixels / (image.width * image.height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * ratio);
    canvas.height = Math.round(image.height * ratio);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!png) throw new Error(message("Couldn't draw the picture."));
    return png;
  } finally {
    URL.revokeObjectURL(url);
  }
}
