import type { HttpAccess } from './access.ts';

/** Which server is asked, with what, and how much of it is waited for. */
export interface ServerOptions {
  /** With base path: `http://localhost:16686/jaeger`. May hold credentials: they are not shown. */
  readonly url: string;
  /** Sent with each request to `url`'s origin only; may be secrets, which no error or log line holds. */
  readonly headers: Readonly<Record<string, string>>;
  /** For the whole answer, from the first byte asked to the last value read. */
  readonly timeoutMs: number;
  /** Of one answer, after decompression. */
  readonly maxBytes: number;
  readonly access?: HttpAccess;
}
