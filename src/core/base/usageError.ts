/** The command line itself is wrong: exit code 2, and where to read how it goes. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
