import { suggestPathMapping } from '../core/matching/files/suggestPathMapping.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { openWorkspaceIndex } from './code/workspaceIndex.ts';
import type { EngineParts } from './engineParts.ts';
import type { EngineMethods } from './methods.ts';

type WorkspaceMethods = Pick<
  EngineMethods,
  'openWorkspace' | 'indexedCode' | 'filesChanged' | 'serviceFolders' | 'suggestPathMapping'
>;

const nothingIndexed = { files: 0, handlers: 0, calls: 0, problems: 0, durationMs: 0 };

/** Reading the code and keeping up with its changes. */
export function workspaceMethods({
  workspace,
  correlation,
  traces,
  seenPaths,
  log,
  emit,
  extractThreads,
  build,
  whereabouts,
  leftOut,
}: EngineParts): Handlers<WorkspaceMethods> {
  return {
    openWorkspace: async (settings, signal) => {
      const begun = workspace.begin();
      const index = await openWorkspaceIndex(settings, {
        log,
        onProgress: (done, total) => {
          emit('indexProgress', { done, total });
        },
        signal: AbortSignal.any([begun, signal]),
        extractThreads,
        build,
        whereabouts,
        leftOut,
        onLinked: (linked) => {
          if (workspace.index === index) correlation.setIndex(linked);
        },
      });
      if (begun.aborted) {
        index.dispose();
        throw begun.reason;
      }
      workspace.replace(index);
      correlation.setIndex(index.current, settings);
      emit('indexChanged', index.summary);
      return index.summary;
    },
    indexedCode: () => {
      const { handlers, calls, problems } = correlation.index;
      return { handlers, calls, problems };
    },
    filesChanged: async ({ changes }) => {
      const index = workspace.index;
      if (!index) return nothingIndexed;
      const changed = await index.change(changes);
      if (workspace.index !== index) return index.summary;
      correlation.setIndex(changed);
      emit('indexChanged', index.summary);
      return index.summary;
    },
    serviceFolders: () => correlation.serviceFolders(correlation.evidenceWith(traces.spans)),
    suggestPathMapping: ({ declined }) => {
      const evidence = { ...correlation.evidence, paths: seenPaths.byService };
      const pathsOf = (service: string) => correlation.pathsOf(service, evidence);
      return suggestPathMapping(seenPaths.all, correlation.index, pathsOf, declined);
    },
  };
}
