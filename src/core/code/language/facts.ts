import type { CallExpression, Expression, TypeExpression, TypeMember } from './expression.ts';

/** Facts of another version are extracted again. Raise it with every change of shape or of extraction. */
export const factsVersion = 23;

/**
 * What one file says, with no other file looked at: small plain JSON, cached by content hash.
 * Lines and columns count from 1.
 */
export interface FileFacts {
  /** False: it matters only when a file that does imports it, near or far. */
  readonly mentionsFramework: boolean;
  readonly imports: readonly ImportFact[];
  readonly exports: readonly ExportFact[];
  readonly classes: readonly ClassFact[];
  /** Methods of all classes, and functions of the module. */
  readonly methods: readonly MethodSource[];
  /** ConstantEvaluator and variables of the module, enums and object literals included. */
  readonly values: readonly ValueFact[];
  readonly types: readonly TypeFact[];
  /** Calls on chains that may lead to other methods of the workspace. */
  readonly calls: readonly CallFact[];
  /** Calls that may be of a library: linking decides. */
  readonly libraryCalls: readonly LibraryCallFact[];
  /** Calls that set an application up: `NestFactory.create`, `connectMicroservice`, `setGlobalPrefix`, `new NodeSDK`… */
  readonly setup: readonly SetupFact[];
  /** `{ provide, useClass | useExisting | useFactory | useValue }` wherever it stands. */
  readonly providers: readonly ProviderFact[];
  /** Of methods; those whose turns depend on one another, or may, have none. */
  readonly independentLoops: readonly LoopFact[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** Lists that a file's facts consist of. */
export type FactList = Exclude<keyof FileFacts, 'mentionsFramework'>;

export interface ImportFact {
  readonly local: string;
  /** `default`, `*` for a namespace (also `require`), or the exported name. */
  readonly name: string;
  readonly from: string;
}

export interface ExportFact {
  /** `*` with `from`: everything of that module. */
  readonly name: string;
  /** The local name, or the name in `from`; `*` with another `name`: a namespace. */
  readonly local: string;
  readonly from?: string;
}

export interface DecoratorFact {
  /** `Get`, `nest.Get`. */
  readonly name: Expression;
  /** Undefined: used without a call. */
  readonly args?: readonly Expression[];
}

export interface ClassFact {
  /** Empty for a class expression without name. */
  readonly name: string;
  readonly line: number;
  readonly abstract?: true;
  readonly decorators: readonly DecoratorFact[];
  readonly extends?: Expression;
  readonly extendsTypes?: readonly TypeExpression[];
  readonly typeParameters?: readonly string[];
  readonly implements?: readonly string[];
  readonly properties: readonly PropertyFact[];
  /** Indexes into `FileFacts.methods`. */
  readonly methods: readonly number[];
  /** Method or function that makes the class (a mixin): index into `FileFacts.methods`. */
  readonly within?: number;
  /** Arguments of `super(…)` in the constructor. */
  readonly superArguments?: readonly Expression[];
}

export interface PropertyFact {
  readonly name: string;
  readonly type?: TypeExpression;
  readonly value?: Expression;
  readonly static?: true;
  /** Argument of `@Inject(…)`. */
  readonly token?: Expression;
  /** A package's decorator that puts the value there, as the call it is: `@InjectQueue('orders')`. */
  readonly injected?: CallExpression;
  /** Position in the constructor's parameters. */
  readonly parameter?: number;
}

export interface ParameterFact {
  /** `{120}`, its place in the text, when it is taken apart where it is declared. */
  readonly name: string;
  /** Takes all arguments that are left. */
  readonly rest?: true;
  readonly type?: TypeExpression;
  readonly initial?: Expression;
  /** As of a property. */
  readonly injected?: CallExpression;
}

export interface MethodSource {
  /** A computed one as written, with its brackets: `[createName]`. */
  readonly name: string;
  /** What is in the brackets of a computed name. */
  readonly computedName?: Expression;
  /** Index into `FileFacts.classes`; undefined for a function. */
  readonly class?: number;
  readonly line: number;
  readonly column: number;
  readonly firstLine: number;
  readonly lastLine: number;
  /** `property`: a property that holds a function, or something with functions in it. */
  readonly kind: 'method' | 'getter' | 'property' | 'function';
  readonly static?: true;
  readonly abstract?: true;
  readonly decorators?: readonly DecoratorFact[];
  readonly parameters?: readonly ParameterFact[];
  readonly type?: TypeExpression;
  /** Of a function in an object literal: the constant that holds it; empty: none does. */
  readonly object?: string;
  /** What it returns, where that is short enough to be of use. */
  readonly returns?: readonly Expression[];
  readonly applies?: readonly Expression[];
  /** As a method's decorator it puts another function in its place, without the old one's metadata. */
  readonly replaces?: true;
}

export interface ValueFact {
  readonly name: string;
  readonly value: Expression;
}

export interface TypeFact {
  readonly name: string;
  /** Undefined for an interface. */
  readonly type?: TypeExpression;
  /** Of an interface. */
  readonly extends?: readonly string[];
  readonly members?: readonly TypeMember[];
}

/** A call, or a function or getter that is mentioned without one. */
export interface CallFact {
  /** A `new` for a constructor's call. */
  readonly callee: Expression;
  /** Index into `FileFacts.methods`; undefined at top level. */
  readonly method?: number;
  /** Line of the innermost loop, or `map` and the like, that it is in. */
  readonly loop?: number;
}

/** A call whose name a library has: see `RecordedCalls`. */
export interface LibraryCallFact {
  /** As written: `findMany`, `get`; empty: the value itself is called, `fetch(…)`; `[]`: a computed member. */
  readonly name: string;
  /** What it is called on; of a value that is called itself, that. */
  readonly on: Expression;
  /** As many as linking looks at. */
  readonly args?: readonly Expression[];
  readonly method?: number;
  /** Of the called name. */
  readonly line: number;
  readonly column: number;
  /** Line of the innermost loop, or `map` and the like, that it is in. */
  readonly loop?: number;
  /** Calls around it that it is an argument of, where a library has a word for them: the outermost first. */
  readonly within?: readonly CallAround[];
  /** Runs where it stands: the first thing under an `await`. */
  readonly awaited?: true;
  /** Of a statement that is built call by call, where the first call is that names tell of. */
  readonly chain?: CallChain;
  /** An argument of a call that builds a statement, not awaited there: part of that. */
  readonly inStatement?: true;
}

/** `knex('orders').where(…).first()`: what comes before and after its `where`. */
export interface CallChain {
  readonly before: readonly ChainedCall[];
  readonly after: readonly ChainedCall[];
}

export interface ChainedCall {
  /** Last name of what is called. */
  readonly name: string;
  readonly args?: readonly Expression[];
  /** Of the name. */
  readonly line: number;
  readonly column: number;
}

/** A call that runs what it is given. */
export interface CallAround {
  /** What its library calls it: `transaction`. */
  readonly call: string;
  /** Name of the innermost function in its arguments that has one, or empty. */
  readonly function: string;
}

/** A loop that awaits something in turns that don't depend on one another: see `hasIndependentTurns`. */
export interface LoopFact {
  /** Of the `for`. */
  readonly line: number;
}

export interface SetupFact {
  /**
   * Last name of the callee: `create`, `setGlobalPrefix`, `NodeSDK`; `configure`: a call that is given an application;
   * of `app.enable('strict routing')` the setting.
   */
  readonly name: string;
  /** Index into `FileFacts.methods`; undefined at top level. */
  readonly method?: number;
  readonly callee: Expression;
  readonly args: readonly Expression[];
  readonly line: number;
  /** In an `if`: in which of its arms. */
  readonly arm?: 'then' | 'else';
}

export interface ProviderFact {
  readonly provide: Expression;
  readonly useClass?: Expression;
  readonly useExisting?: Expression;
  readonly useFactory?: Expression;
  readonly useValue?: Expression;
}
