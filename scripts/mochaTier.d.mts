export function runMocha(options: {
  /** Paths from the project's root. */
  files: readonly string[];
  /** Beside this process's own environment. */
  env?: Readonly<Record<string, string>>;
  testTimeoutMs: number;
  tierTimeoutMs: number;
  everyTest: boolean;
  log: (line: string) => void;
}): Promise<{ passed: number; skipped: number; failures: string[] }>;
