import type * as ts from './compiler.ts';
import type { Expression } from '../expression.ts';
import type { Budget } from './budget.ts';
import type { Place } from './place.ts';
import type { Scope } from './scope.ts';
import type {
  CallFact,
  ClassFact,
  ExportFact,
  ImportFact,
  CallChain,
  LibraryCallFact,
  LoopFact,
  MethodSource,
  ProviderFact,
  SetupFact,
  TypeFact,
  ValueFact,
} from '../facts.ts';
import type { RecordedCalls } from './recordedCalls.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What reads the parts of code that may hold more of their own kind, and which calls get a fact. */
export interface Readers {
  readonly readExpression: (
    reading: ExtractionContext,
    node: ts.Node,
    scope: Scope,
    budget: Budget,
  ) => Expression;
  readonly walk: (reading: ExtractionContext, node: ts.Node, place: Place) => void;
  readonly recorded: RecordedCalls;
}

/** `this.name` in a method. */
interface Mention extends Pick<Place, 'loop'> {
  readonly class: number;
  readonly method: number;
  readonly name: string;
}

/** Facts of the file being read, as they grow. */
export interface ExtractionContext extends Readers {
  readonly file: ts.SourceFile;
  readonly imports: ImportFact[];
  readonly exports: ExportFact[];
  readonly classes: Mutable<ClassFact>[];
  readonly methods: Mutable<MethodSource>[];
  readonly values: ValueFact[];
  readonly types: TypeFact[];
  readonly calls: CallFact[];
  readonly libraryCalls: LibraryCallFact[];
  readonly setup: SetupFact[];
  readonly providers: ProviderFact[];
  readonly independentLoops: LoopFact[];
  readonly problems: { line: number; message: string }[];
  /** Names declared or imported at top level. */
  readonly moduleNames: Set<string>;
  /** Imported decorators that never matter. */
  readonly metadataNames: Set<string>;
  /** Classes already read, so that an expression can point at one. */
  readonly classIndexes: Map<ts.Node, number>;
  /** Calls that run where they stand. */
  readonly awaited: Set<ts.Node>;
  /** What is around the call of a statement that gets its fact. */
  readonly chains: Map<ts.Node, CallChain>;
  /** Calls that take part in building a statement. */
  readonly building: Set<ts.Node>;
  /** Nodes of expressions that may still be kept: names that stand for much make more of them than the text has. */
  left: number;
  /** How deep the walk is. */
  depth: number;
  isTooDeep: boolean;
  /** `this.name` in methods, by class and method: what isn't a method or a getter is dropped at the end. */
  readonly mentions: Mention[];
}

/** Of one file; files of people have a fiftieth of that. */
const mostNodes = 500_000;

export function startReading(file: ts.SourceFile, readers: Readers): ExtractionContext {
  return {
    ...readers,
    file,
    imports: [],
    exports: [],
    classes: [],
    methods: [],
    values: [],
    types: [],
    calls: [],
    libraryCalls: [],
    setup: [],
    providers: [],
    independentLoops: [],
    problems: [],
    moduleNames: new Set(),
    metadataNames: new Set(),
    classIndexes: new Map(),
    awaited: new Set(),
    chains: new Map(),
    building: new Set(),
    left: mostNodes,
    depth: 0,
    isTooDeep: false,
    mentions: [],
  };
}
