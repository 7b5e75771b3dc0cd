/** Something that looks wrong in an index: to be read, not to be believed. */
export interface Suspect {
  readonly why: string;
  /** `file:line`, or a file. */
  readonly where: string;
}
