/** What it takes to reach a server besides its address and headers. */
export interface HttpAccess {
  /** PEM, of authorities that are trusted besides those of Node. */
  readonly caFile?: string;
  /** PEM, for servers that ask who their client is; the key may be in the same file. */
  readonly clientCertificateFile?: string;
  readonly clientKeyFile?: string;
  /** Undefined: what the environment says, by HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly network?: NetworkSettings | undefined;
}

/** The editor's own settings for all that it and its extensions ask of a network (`http.*`). */
export interface NetworkSettings {
  /** Empty: the environment's. `undefined` as a whole where the editor is to use none. */
  readonly proxy: string;
  /** Without proxy support, not even the environment's is used. */
  readonly usesProxy: boolean;
  /** Hosts that are asked directly: `example.com`, `.example.com`, `*.example.com`, with a port or not, `*`. */
  readonly noProxy: readonly string[];
  /** False: certificates aren't checked. */
  readonly strictSsl: boolean;
  /** The authorities of the operating system are trusted, too. */
  readonly systemCertificates: boolean;
}
