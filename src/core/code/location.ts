/** Absolute path with `/`; on Windows the drive letter is lower case. */
export type WorkspacePath = string;

/** A place in a file. Lines and columns count from 1, as users and spans do. */
export interface CodeLocation {
  readonly path: WorkspacePath;
  readonly line: number;
  readonly column: number;
}
