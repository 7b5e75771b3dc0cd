type Say = (line: string) => void;

export const root: string;
export const shopFolder: string;
export function editorNode(): string;
export function ensureInstalled(folder: string, log: Say): Promise<void>;
export function ensureShopBuilt(log: Say): Promise<void>;
export function continueUnderEditorNode(): Promise<void>;
export function run(
  program: string,
  args: readonly string[],
  options?: { cwd?: string; env?: NodeJS.ProcessEnv; shell?: boolean },
): Promise<string>;
