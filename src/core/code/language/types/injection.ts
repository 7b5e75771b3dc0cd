import type { ProviderFact } from '../facts.ts';
import type { ClassSymbol, ScopedExpression } from '../program/symbols.ts';

/** What is given where a class or token is asked for, and the file that says so. */
export interface Provided {
  readonly fact: ProviderFact;
  readonly path: string;
}

/** What a framework gives to constructors and properties: without it they have what their types say. */
export interface Injection {
  /** For a token; several where modules give it differently. */
  of(token: ScopedExpression): readonly Provided[];
  /** For a class that is its own token. */
  ofClass(symbol: ClassSymbol): readonly Provided[];
}
