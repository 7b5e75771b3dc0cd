/** Names with `/`, sorted. */
export function packagedFiles(): Promise<{ names: string[]; unwanted: string[] }>;
/** @returns the path of the VSIX, its size in bytes and what it holds */
export function packageExtension(
  repository?: string,
): Promise<{ path: string; bytes: number; names: string[] }>;
