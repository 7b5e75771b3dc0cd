/** publisher.json: what only the publisher knows. Empty: not known yet. */
export interface Publisher {
  /** The id on both marketplaces. */
  readonly publisher: string;
  /** https address of the repository: GitHub's or GitLab's. */
  readonly repository: string;
  readonly bugs: string;
  readonly homepage: string;
  /** Where vulnerabilities are reported: an e-mail address or an https address. */
  readonly security: string;
}
export function readPublisher(): Promise<Publisher>;
/** Why nothing can be published with these facts; undefined when it can. */
export function whyUnpublishable(facts: Publisher): string | undefined;
/** Files that say a fact, with `/`. */
export const filledFiles: readonly string[];
/** `text` of that file with the facts that are known; everything else stays. */
export function filledIn(path: string, text: string, facts: Publisher): string;
