import { openWorkspaceIndex, type WorkspaceIndex } from '../../src/engine/code/workspaceIndex.ts';

/** The index of a folder on the disk, without a cache. */
export function openIndex(folder: string, isTrusted: boolean): Promise<WorkspaceIndex> {
  const nothing = () => undefined;
  return openWorkspaceIndex(
    {
      folders: [folder],
      isTrusted,
      cacheFolder: undefined,
      exclude: [],
      serviceFolders: {},
      pathMappings: [],
    },
    {
      log: { info: nothing, warn: nothing, error: nothing },
      onProgress: nothing,
      signal: new AbortController().signal,
    },
  );
}
