/** Packs what is built. */
export function packageExtension(): Promise<{ path: string; bytes: number }>;
