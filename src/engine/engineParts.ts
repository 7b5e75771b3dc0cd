import type { SeenPaths } from '../core/matching/files/seenPaths.ts';
import type { Clock, Log } from '../core/ports.ts';
import type { Correlation } from './correlation.ts';
import type { KeptTraces } from './keptTraces.ts';
import type { ExtractThreadOptions } from './code/extractThreads.ts';
import type { LeftOutFiles } from './leftOutFiles.ts';
import type { EngineEvents } from './methods.ts';
import type { SourceSlot } from './sourceSlot.ts';
import type { TraceFiles } from './traceFiles.ts';
import type { Whereabouts } from './whereabouts.ts';
import type { WorkspaceSlot } from './workspaceSlot.ts';

/** What the engine needs of the program it runs in. */
export interface EngineOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How to read the code of a large workspace on more than one thread. */
  readonly extractThreads?: ExtractThreadOptions;
  /** See `WorkspaceIndexOptions`. */
  readonly build?: string | undefined;
  /** Where it says at which file it is. */
  readonly whereabouts?: Whereabouts;
  /** Files that aren't read. */
  readonly leftOut?: LeftOutFiles;
  readonly emit: <K extends keyof EngineEvents>(name: K, value: EngineEvents[K]) => void;
}

/** What the groups of the engine's methods share. */
export interface EngineParts extends EngineOptions {
  readonly sources: SourceSlot;
  readonly files: TraceFiles;
  readonly workspace: WorkspaceSlot;
  readonly correlation: Correlation;
  readonly traces: KeptTraces;
  readonly seenPaths: SeenPaths;
}
