/** Paths of esbuild's inputs, relative to the root, with `/`. */
type Inputs = readonly string[];
export function bundledFolders(inputs: Inputs): string[];
export function noticesFor(inputs: Inputs): Promise<string>;
