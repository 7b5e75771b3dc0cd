import type { WorkspacePath } from '../location.ts';

/** A folder that runs as a service: has its own package.json or nest-cli project. */
export interface Project {
  readonly id: string;
  readonly root: WorkspacePath;
  /** Of package.json, or the folder's name. */
  readonly name: string;
  /** Service names this folder says it has (SDK configuration, env and compose files), with where. */
  readonly serviceNames: readonly { readonly name: string; readonly evidence: string }[];
  /** Of a folder whose code isn't TypeScript or JavaScript. */
  readonly language?: 'go';
}
