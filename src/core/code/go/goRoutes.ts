import { goTokens, type GoToken } from './goTokens.ts';

/** A route as the source of a Go service registers it. Plain data. */
interface GoRouteFact {
  /** Upper case; empty: any. */
  readonly method: string;
  /** As written, with the groups around it: `/rates/{country}`, `/v1/users/:id`. */
  readonly path: string;
  /** False: a group that isn't in sight may stand in front. */
  readonly isWhole: boolean;
  /** From 1, of the call's name. */
  readonly line: number;
  readonly column: number;
}

/** What one Go file says that spans can lead to. */
export interface GoFacts {
  readonly routes: readonly GoRouteFact[];
  /** What its code calls the service in OpenTelemetry's resource. */
  readonly serviceNames: readonly string[];
  /** It is a part of a program: `package main`. */
  readonly isProgram: boolean;
}

/** More than that are generated. */
const mostTokens = 400_000;
const mostRoutes = 2_000;

const verbs = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'CONNECT',
  'TRACE',
]);
/** gin's and echo's `GET`, chi's and fiber's `Get`; `Any`, `All`: every method. */
const verbCalls = new Map<string, string>([
  ...[...verbs].flatMap((verb): [string, string][] => [
    [verb, verb],
    [verb.charAt(0) + verb.slice(1).toLowerCase(), verb],
  ]),
  ['Any', ''],
  ['All', ''],
]);
/** net/http and gorilla: the pattern first; gin: the method, then the path. */
const handleCalls = new Set(['Handle', 'HandleFunc']);
/** chi, echo and fiber: the method, then the path. */
const methodCalls = new Set(['Method', 'MethodFunc', 'Add', 'Handle']);
const groupCalls = new Set(['Group', 'PathPrefix', 'Route', 'Party']);
/** What makes a router without any prefix. */
const makers = new Set(['Default', 'New', 'NewRouter', 'NewServeMux', 'NewMux', 'NewWithConfig']);

/**
 * Routes of net/http, gorilla, gin, echo, chi and fiber, by their calls with literal paths: Go isn't parsed. A prefix is
 * known where its group is made on the same chain, or in the same function. Linear in the text.
 */
export function readGoFacts(text: string): GoFacts {
  const isProgram = /^\s*package\s+main\b/m.test(text);
  if (!mayMatter.test(text)) return { routes: [], serviceNames: [], isProgram };
  return { ...new GoReading(text).read(), isProgram };
}

/** Cheap: runs over every Go file. */
const mayMatter =
  /\b(?:handle|route|register)\w*\s*\(\s*["`]|\(\s*["`][A-Z]{3,7} \/|\.(?:Handle(?:Func)?|Method(?:Func)?|Add|Any|All|[A-Z]{3,7}|Get|Head|Post|Put|Patch|Delete|Options)\s*\(\s*["`]|service\.name|ServiceName/i;

/** What stands in front of a router's paths. */
interface Prefix {
  readonly text: string;
  readonly isWhole: boolean;
}

const unknown: Prefix = { text: '', isWhole: false };
const root: Prefix = { text: '', isWhole: true };

class GoReading {
  readonly #text: string;
  readonly #tokens: readonly GoToken[];
  readonly #routes: GoRouteFact[] = [];
  readonly #serviceNames = new Set<string>();
  /** Routers of the function by their name; a block that has its own stands before those around it. */
  readonly #scopes: { readonly depth: number; readonly routers: Map<string, Prefix> }[] = [];
  #depth = 0;
  #line = 1;
  #lineAt = 0;
  #counted = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = goTokens(text, mostTokens);
  }

  read(): Omit<GoFacts, 'isProgram'> {
    this.#scopes.push({ depth: 0, routers: new Map() });
    for (let at = 0; at < this.#tokens.length && this.#routes.length < mostRoutes; at++) {
      const { kind, text } = this.#tokens[at] as GoToken;
      if (kind === 'sign') this.#takeSign(text);
      else if (kind === 'word' && text === 'func' && this.#depth === 0) this.#beginFunction();
      else if (kind === 'word' && this.#is(at + 1, '(')) {
        if (this.#is(at - 1, '.')) this.#takeCall(at);
        else this.#takeOwnCall(at, text);
      }
    }
    return { routes: this.#routes, serviceNames: [...this.#serviceNames] };
  }

  #takeSign(text: string): void {
    if (text === '{') this.#depth += 1;
    else if (text === '}') {
      this.#depth = Math.max(0, this.#depth - 1);
      while (this.#scopes.length > 1 && (this.#scopes.at(-1)?.depth ?? 0) > this.#depth)
        this.#scopes.pop();
    }
  }

  #beginFunction(): void {
    this.#scopes.length = 0;
    this.#scopes.push({ depth: 0, routers: new Map() });
  }

  #takeCall(at: number): void {
    const name = this.#word(at);
    const first = this.#string(at + 2);
    this.#takeServiceName(name, at);
    this.#takeRouter(at, name, first);
    if (first === undefined) return;
    const second = this.#is(at + 3, ',') ? this.#string(at + 4) : undefined;
    const verb = verbCalls.get(name);
    if (methodCalls.has(name) && verbs.has(first.toUpperCase()) && second !== undefined)
      this.#addRoute(at, first.toUpperCase(), second);
    else if (handleCalls.has(name) && this.#is(at + 3, ',')) this.#addPattern(at, first);
    else if (verb !== undefined && this.#is(at + 3, ',') && /^(?:\/|$)/.test(first))
      this.#addRoute(at, verb, first);
  }

  /** Of a function of the service's own, as OpenTelemetry's guide has one: `handle("GET /rates/{country}", rate)`. */
  #takeOwnCall(at: number, name: string): void {
    const pattern = this.#string(at + 2);
    if (pattern === undefined || !this.#is(at + 3, ',') || this.#word(at - 1) === 'func') return;
    const [, verb = ''] = /^([A-Z]+) \/\S*$/.exec(pattern) ?? [];
    const isPath = pattern.startsWith('/') && /^(?:handle|route|register)/i.test(name);
    if (verbs.has(verb) || isPath) this.#addPattern(at, pattern);
  }

  /** `semconv.ServiceName("rates")`, `ServiceNameKey.String("rates")`, `attribute.String("service.name", "rates")`. */
  #takeServiceName(name: string, at: number): void {
    const first = this.#string(at + 2);
    const isKey = name === 'String' && this.#word(at - 2) === 'ServiceNameKey';
    const isNamed = name === 'ServiceName' || name === 'WithServiceName' || isKey;
    const value = first === 'service.name' ? this.#string(at + 4) : isNamed ? first : undefined;
    if (value !== undefined && value !== '') this.#serviceNames.add(value);
  }

  /** `GET /rates/{country}` of net/http, perhaps with a host; gorilla says the methods behind. */
  #addPattern(at: number, pattern: string): void {
    const [, method = '', path] = /^(?:([A-Z]+)\s+)?[^/\s]*(\/\S*)$/.exec(pattern) ?? [];
    if (path === undefined) return;
    const behind = this.#methodsBehind(at + 1);
    for (const one of behind.length > 0 ? behind : [method]) this.#addRoute(at, one, path);
  }

  /** `.Methods("GET", "POST")` behind the call that is opened there. */
  #methodsBehind(open: number): readonly string[] {
    const close = this.#closing(open);
    if (!this.#is(close + 1, '.') || this.#word(close + 2) !== 'Methods') return [];
    const found: string[] = [];
    for (let at = close + 4; at < close + 24 && !this.#is(at, ')'); at++) {
      const method = this.#string(at) ?? this.#word(at).replace(/^Method/, '');
      if (verbs.has(method.toUpperCase())) found.push(method.toUpperCase());
    }
    return found;
  }

  #addRoute(at: number, method: string, path: string): void {
    const prefix = this.#is(at - 1, '.') ? this.#prefixOf(at - 2) : root;
    const { line, column } = this.#place(at);
    this.#routes.push({
      method,
      path: joined(prefix.text, path),
      isWhole: prefix.isWhole,
      line,
      column,
    });
  }

  /** A router that gets a name: `v1 := r.Group("/v1")`, `r := gin.Default()`, `r.Route("/v1", func(r chi.Router) {`. */
  #takeRouter(at: number, name: string, first: string | undefined): void {
    const isGroup = groupCalls.has(name);
    if (!isGroup && !makers.has(name)) return;
    const block = isGroup ? this.#blockParameter(first === undefined ? at + 2 : at + 4) : undefined;
    const prefix = this.#madeBy(at, name, first);
    if (block !== undefined) {
      this.#scopes.push({ depth: this.#depth + 1, routers: new Map([[block, prefix]]) });
      return;
    }
    const named = this.#nameOf(at);
    if (named !== undefined) this.#scopes.at(-1)?.routers.set(named, prefix);
  }

  #madeBy(at: number, name: string, first: string | undefined): Prefix {
    if (!groupCalls.has(name)) return root;
    const before = this.#prefixOf(at - 2);
    const isLiteral = first !== undefined || this.#word(at + 2) === 'func';
    return { text: joined(before.text, first ?? ''), isWhole: before.isWhole && isLiteral };
  }

  /** `r` of `func(r chi.Router)`, with which an argument begins there. */
  #blockParameter(at: number): string | undefined {
    if (this.#word(at) !== 'func' || !this.#is(at + 1, '(')) return undefined;
    return this.#word(at + 2) || undefined;
  }

  /** What the chain that ends with this call is assigned to. */
  #nameOf(at: number): string | undefined {
    const start = this.#chainStart(at - 2);
    const isAssigned =
      this.#is(start - 1, ':=') || (this.#is(start - 1, '=') && !this.#is(start - 2, '='));
    return isAssigned ? this.#word(start - 2) || undefined : undefined;
  }

  /** Of what a call is made on, by its last token: a router's name, or a chain with a group in it. */
  #prefixOf(end: number): Prefix {
    if (this.#is(end, ')')) {
      const open = this.#opening(end);
      const name = this.#word(open - 1);
      if (!this.#is(open - 2, '.')) return unknown;
      if (groupCalls.has(name)) return this.#madeBy(open - 1, name, this.#string(open + 1));
      // `Subrouter()`, `With(middleware)`, `Use(…)`: the router that it is called on.
      return makers.has(name) ? root : this.#prefixOf(open - 3);
    }
    const name = this.#word(end);
    if (name === 'http' && !this.#is(end - 1, '.')) return root;
    if (this.#is(end - 1, '.')) return unknown;
    for (const { routers } of this.#scopes.toReversed()) {
      const known = routers.get(name);
      if (known !== undefined) return known;
    }
    return unknown;
  }

  /** The first token of the chain that ends there. */
  #chainStart(end: number): number {
    let at = end;
    for (let steps = 0; steps < 100; steps++) {
      if (this.#is(at, ')')) at = this.#opening(at) - 1;
      if (!this.#is(at - 1, '.')) return at;
      at -= 2;
    }
    return at;
  }

  #opening(close: number): number {
    let depth = 0;
    for (let at = close; at >= 0 && at > close - 2_000; at--) {
      if (this.#is(at, ')')) depth += 1;
      else if (this.#is(at, '(') && (depth -= 1) === 0) return at;
    }
    return -1;
  }

  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#tokens.length && at < open + 2_000; at++) {
      if (this.#is(at, '(')) depth += 1;
      else if (this.#is(at, ')') && (depth -= 1) === 0) return at;
    }
    return this.#tokens.length;
  }

  /** Calls come in order: lines are counted from the last one on. */
  #place(at: number) {
    const offset = this.#tokens[at]?.at ?? 0;
    for (let next = this.#text.indexOf('\n', this.#counted); next >= 0 && next < offset;) {
      this.#line += 1;
      this.#lineAt = next + 1;
      this.#counted = next + 1;
      next = this.#text.indexOf('\n', this.#counted);
    }
    return { line: this.#line, column: offset - this.#lineAt + 1 };
  }

  #is(at: number, sign: string): boolean {
    const found = this.#tokens[at];
    return found?.kind === 'sign' && found.text === sign;
  }

  /** Empty: no word there. */
  #word(at: number): string {
    const found = this.#tokens[at];
    return found?.kind === 'word' ? found.text : '';
  }

  /** Undefined: no string that stands alone: `"/a" + b` isn't all of what it becomes. */
  #string(at: number): string | undefined {
    const found = this.#tokens[at];
    return found?.kind === 'string' && !this.#is(at + 1, '+') ? found.text : undefined;
  }
}

/** As routers join a group's path and a route's: one slash between. */
function joined(prefix: string, path: string): string {
  if (prefix === '') return path;
  const whole = `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return path === '' || path === '/' ? whole.replace(/\/$/, '') : whole;
}
