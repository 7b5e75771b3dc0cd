import type { Disposable } from '../core/base/disposable.ts';
import { SeenPaths } from '../core/matching/files/seenPaths.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { behindMethods } from './behindMethods.ts';
import { compareMethods } from './compareMethods.ts';
import { Correlation } from './correlation.ts';
import type { EngineOptions, EngineParts } from './engineParts.ts';
import { exportMethods } from './exportMethods.ts';
import { explainMethods } from './explainMethods.ts';
import { figuresMethods } from './figuresMethods.ts';
import { KeptTraces } from './keptTraces.ts';
import type { EngineMethods } from './methods.ts';
import { percentileMethods } from './percentileMethods.ts';
import { reportMethods } from './reportMethods.ts';
import { sourceMethods } from './sourceMethods.ts';
import { SourceSlot } from './sourceSlot.ts';
import { traceCostMethods } from './traceCostMethods.ts';
import { TraceFiles } from './traceFiles.ts';
import { traceMethods } from './traceMethods.ts';
import { WorkspaceSlot } from './workspaceSlot.ts';
import { workspaceMethods } from './workspaceMethods.ts';

export interface Engine extends Disposable {
  readonly methods: Handlers<EngineMethods>;
}

/** The engine with nothing open: call `openSource` and `openWorkspace` first. */
export function createEngine(options: EngineOptions): Engine {
  const sources = new SourceSlot();
  const files = new TraceFiles();
  const workspace = new WorkspaceSlot();
  const traces = new KeptTraces();
  const seenPaths = new SeenPaths();
  const correlation = new Correlation();
  const parts: EngineParts = {
    ...options,
    sources,
    files,
    workspace,
    correlation,
    traces,
    seenPaths,
  };
  return {
    methods: {
      ...sourceMethods(parts),
      ...workspaceMethods(parts),
      ...figuresMethods(parts),
      ...behindMethods(parts),
      ...explainMethods(parts),
      ...traceMethods(parts),
      ...exportMethods(parts),
      ...compareMethods(parts),
      ...traceCostMethods(parts),
      ...percentileMethods(parts),
      ...reportMethods(parts),
    },
    dispose: () => {
      sources.dispose();
      files.clear();
      workspace.dispose();
      traces.clear();
    },
  };
}
