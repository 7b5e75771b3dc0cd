/** The program that answers at an address, as sentences name it and its errors are read. */
export interface Product {
  /** `Jaeger`. */
  readonly name: string;
  /** Where it answers unless it is told otherwise: `http://localhost:16686`. */
  readonly defaultUrl: string;
  /** What its settings begin with: `spanhop.jaeger`. */
  readonly settings: string;
  /** Its usual base path behind a proxy: `/jaeger`. */
  readonly usualBasePath: string;
  /**
   * Its own words in the JSON of an error answer; undefined where there are none.
   * @throws ShapeError where the JSON isn't the product's
   */
  errorIn(body: unknown): string | undefined;
}

/** One product at one address, as errors need to know it. */
export interface Server {
  readonly product: Product;
  /** The address without credentials. */
  readonly shown: string;
  /** Takes secrets out of text. */
  readonly hide: (text: string) => string;
}

/** What was asked of a server, for sentences and positions. */
export interface Asked extends Server {
  readonly path: string;
}
