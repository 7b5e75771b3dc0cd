export function runMocha(options: {
  /** Paths from the project's root. */
  files: readonly string[];
  /** How many run at once, each with some of the files; 1 unless told. */
  processes?: number;
  /** Beside this process's own environment. */
  env?: Readonly<Record<string, string>>;
  testTimeoutMs: number;
  tierTimeoutMs: number;
  everyTest: boolean;
  log: (line: string) => void;
}): Promise<{ passed: number; skipped: number; failures: string[] }>;
