/** A file that a picture of the rows is. */
export const pictureFormats = ['svg', 'png'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** What the page asks of the host for pictures. */
export interface PictureHostMethods {
  /** Asks the user for a file and saves the rows there as they are seen. */
  savePicture(params: { format: PictureFormat }): Record<string, never>;
}

/** What the host asks of the page. */
export interface PicturePageMethods {
  /** The rows as they are seen, as the bytes of a file; at most `mostPictureBytes`. */
  drawPicture(params: { format: PictureFormat }): { data: Uint8Array };
}

/** 500 rows of longest names as SVG are 2 MB, of 32 million pixels as PNG seldom more than 10 MB. */
export const mostPictureBytes = 64_000_000;
