import type { CodeLocation, WorkspacePath } from './location.ts';
import type { Project } from './projects/project.ts';
import type { GoService } from './go/goServices.ts';
import type { SchemaModel } from './calls/prisma/prismaSchema.ts';

/** A method (or function) of the workspace: `OrdersService.remove` in its file. */
export interface MethodFact {
  /** Unique in the index: path, class and method name. */
  readonly id: string;
  /** Empty for a function outside classes. */
  readonly className: string;
  readonly name: string;
  /** Of the name. */
  readonly location: CodeLocation;
  /** First and last line of the whole method, decorators included. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What every method has that a framework calls from outside. */
interface HandlerPlace {
  readonly id: string;
  /** Concrete (runtime) class: an inherited handler has its subclass here. */
  readonly controller: string;
  /** Method name. */
  readonly handler: string;
  /** Class whose source holds the method. */
  readonly declaredIn: string;
  /** Of the method name. */
  readonly location: CodeLocation;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly methodId: string;
  /** Id of the project (service folder) it belongs to. */
  readonly project: string;
}

/** How an application's router compares a request with its routes. */
export interface RouterRules {
  readonly adapter: 'express' | 'fastify';
  readonly caseSensitive: boolean;
  /** A slash at the end counts. */
  readonly strict: boolean;
  /** Double slashes count as one. */
  readonly mergesSlashes: boolean;
  /** Of several routes that fit, the one declared first answers; else the most specific. */
  readonly inOrder: boolean;
}

export interface HttpHandler extends HandlerPlace {
  readonly kind: 'http';
  /** Upper case; `ALL` for `@All`. */
  readonly method: string;
  /** As Nest registers it, prefix and version included: `/api/v1/orders/:id`. */
  readonly path: string;
  /** False when a part (a prefix from configuration) could not be known: then `path` is its known end. */
  readonly pathComplete: boolean;
  /** Its path without the prefix, where the running program may have another: of the environment, or under a condition. */
  readonly ending?: string;
  /** Undefined: which router the application has isn't known. */
  readonly router?: RouterRules;
}

/** A field of a GraphQL schema that has code: of the root types, or of any other. */
export interface GraphqlHandler extends HandlerPlace {
  readonly kind: 'graphql';
  readonly operation: 'query' | 'mutation' | 'subscription' | 'field';
  /** In the schema; empty when only the running program knows it. */
  readonly name: string;
  /** GraphQL type that has the field: `Query`, `Order`; empty when it can't be known. */
  readonly parent: string;
}

/** What the code tells of a name that only the running program knows for certain. */
interface PossibleNames {
  /** What its decorator or a default calls it, the likeliest first. */
  readonly names: readonly string[];
  /** The name with `*` for each part that isn't known; undefined: the modules show that nothing registers it. */
  readonly shape: string | undefined;
}

/** What a message, an event or a clock starts. */
export interface MessageHandler extends HandlerPlace {
  readonly kind: 'message' | 'event' | 'ws' | 'cron' | 'queue' | 'grpc' | 'cqrs';
  /**
   * What it listens to: topic or routing key, event, `queue/job`, cron expression, `interval 5000`,
   * `Service/Method`, `command CreateOrder`, objects as JSON. Empty when only the running program knows it.
   */
  readonly pattern: string;
  /** Package of its decorator: `@nestjs/microservices`. */
  readonly library: string;
  /**
   * The queue it reads, as the module registers it, the URL of SQS ends, or the application's RabbitMQ transport
   * says: what spans know it by. Empty: it has one, but only the running program knows its name.
   */
  readonly queue: string | undefined;
  /** What the queue, or the topic that `pattern` would be, may be called where the running program may know better. */
  readonly possible?: PossibleNames | undefined;
  /** Of Bull: the job that it takes, `*` for every one that no other handler names, empty: not known. */
  readonly job?: string;
  /** Of RabbitMQ: where its messages are published; undefined: not known, or several. */
  readonly exchange?: string | undefined;
  /** Member of NestJS's `Transport` that brings its messages: `KAFKA`; undefined: not known, or several. */
  readonly transport?: string | undefined;
}

/** Something the framework calls from outside. */
export type Handler = HttpHandler | GraphqlHandler | MessageHandler;

/** What is known of every call that leaves a method, whatever its library. */
export interface CallPlace {
  readonly id: string;
  /** Of the called name. */
  readonly location: CodeLocation;
  /** `OrdersService.remove`; empty at top level. */
  readonly enclosing: string;
  /** Undefined at top level. */
  readonly methodId: string | undefined;
  /** Inside a loop, or a callback of map, forEach and the like. */
  readonly inLoop: boolean;
  /** The innermost of these that it stands in, where its code tells. */
  readonly loop?: CodeLocation;
  /** Runs where it stands, and not when something else awaits it. */
  readonly awaited?: true;
  readonly project: string;
}

/** `this.prisma.order.findMany(...)`, `prisma.$queryRaw...`. */
export interface PrismaCallSite extends CallPlace {
  readonly library: 'prisma';
  /** Model as the schema spells it (`Order`); undefined for raw calls and `$transaction`. */
  readonly model: string | undefined;
  /** Client method without `$`: `findMany`, `queryRaw`, `transaction`. */
  readonly operation: string;
  /** Of a call of several models: which, where the code tells. */
  readonly models?: readonly string[];
  /** Within the argument of a `$transaction`. */
  readonly inTransaction?: true;
  /** Within an extension or middleware of the client: the name of its function, or empty. */
  readonly inExtension?: string;
  /** Written is what makes a library call Prisma: `withTransaction` or `@Transactional()` of nestjs-cls. */
  readonly through?: string;
}

/** A call of another library, told by what it does to what. */
export interface OtherCallSite extends CallPlace {
  readonly library: 'http' | 'grpc' | 'messages' | 'cache' | 'spans' | 'sql';
  /** HTTP method, else the client's method; undefined where only the running program knows it. */
  readonly operation: string | undefined;
  /** URL, topic, queue or name of a span, `*` for what isn't known of it; undefined: nothing is. */
  readonly target: string | undefined;
  /** What it goes through, as its users call it: `Kafka`, `BullMQ`. */
  readonly system?: string;
  /** Package whose client it is, where several make spans alike: `ioredis`. */
  readonly client?: string;
  /** What stands beside the target: a queue's job, an exchange's routing key. */
  readonly detail?: string;
  /** Where its messages go, where that isn't the target: all topics of a batch, the queue of a ClientProxy. */
  readonly destinations?: readonly string[];
  /** Of the AWS SDK 3, which only sends commands: `SendMessageBatch`. */
  readonly command?: string;
  /** Of a span that is started: its tracer's name, which the span has as its scope; undefined: not known. */
  readonly tracer?: string;
}

/** A call that leaves a method: of a database's client, of another service, of a queue. */
export type CallSite = PrismaCallSite | OtherCallSite;

/** A call that a method makes, itself or through others. */
export interface ReachedCall {
  readonly call: CallSite;
  /** In calls between methods. */
  readonly distance: number;
  /** Loops that run it, on the ways from the method to it the closest to it; several where ways differ, undefined: none. */
  readonly loops?: readonly CodeLocation[];
  /** Of a call of Prisma in a generic class: the model as its subclass that is called has it. */
  readonly model?: string;
}

/** What a method's own code calls. */
export interface MethodCallees {
  /** Ids of the workspace's methods, those of subclasses that may be meant included. */
  readonly methods: readonly string[];
  /** It calls what the code doesn't tell: see `callsUnknown`. */
  readonly isOpen: boolean;
  /** It calls a package that may ask others for something. */
  readonly callsPackages: boolean;
}

/** What a class inherits from. */
export interface ClassAncestry {
  /** The class itself first; where several have its name, those of all. */
  readonly classes: readonly { readonly path: WorkspacePath; readonly name: string }[];
  /** False: a base is known to the running program only. */
  readonly isComplete: boolean;
}

/** A folder of compiled code and where its sources are. */
export interface CompiledOutput {
  readonly outDir: WorkspacePath;
  /** Folders that its paths may be relative to, best first. */
  readonly sources: readonly WorkspacePath[];
}

/** What could not be read or understood, for the log and the report: never an exception. */
export interface CodeProblem {
  readonly path: WorkspacePath;
  readonly line: number | undefined;
  readonly message: string;
}

/** A class that NestJS's spans name, and the method they name of it. */
export interface ControllerMethod {
  readonly controller: string;
  /** Class whose source holds the method. */
  readonly declaredIn: string;
  /** Of the class. */
  readonly location: CodeLocation;
  /** Undefined: the workspace has none of that name in the class and its bases. */
  readonly method: MethodFact | undefined;
  /** It has `@Controller`, or a decorator that is one. */
  readonly isController: boolean;
  /** A base class or a decorator of another package than NestJS's may give it methods that its code doesn't show. */
  readonly mayHaveMore: boolean;
  /** Id of the project its file is in. */
  readonly project: string;
}

/** The linked index. Immutable: an edit makes a new one. */
export interface CodeIndex {
  readonly projects: readonly Project[];
  readonly handlers: readonly Handler[];
  /** File by file, in the order of the code. */
  readonly calls: readonly CallSite[];
  readonly problems: readonly CodeProblem[];
  /** Workspace paths of the indexed files. */
  readonly files: ReadonlySet<WorkspacePath>;
  /** Sources in languages that are not read: spans can name them all the same. */
  readonly otherFiles: ReadonlySet<WorkspacePath>;
  /** Go modules, with the routes in their source. */
  readonly goServices: readonly GoService[];
  readonly outputs: readonly CompiledOutput[];
  /** Of all Prisma schemas of the workspace; two may have one name. */
  readonly models: readonly SchemaModel[];
  method(id: string): MethodFact | undefined;
  methodsOf(path: WorkspacePath): readonly MethodFact[];
  /** Methods by `Class.method`, several when two classes share the name. */
  methodsNamed(className: string, method: string): readonly MethodFact[];
  /** Of the classes with that name; undefined: there is none. */
  ancestryOf(className: string): ClassAncestry | undefined;
  /** One for each class of that name, whatever made its method a handler. */
  controllerMethods(className: string, method: string): readonly ControllerMethod[];
  /** Calls that leave the method and what it calls, nearest first. */
  reachableCalls(methodId: string): readonly ReachedCall[];
  callees(methodId: string): MethodCallees;
  /** True when the method, or what it calls, also calls what the code doesn't tell: an untyped value, an event's listeners. */
  callsUnknown(methodId: string): boolean;
  /** Middleware, guards, interceptors, pipes and filters that run with a handler, as far as the code tells: ids of methods. */
  enhancersAround(methodId: string): {
    /** Of all handlers: those that are public may be let pass. */
    readonly everywhere: readonly string[];
    /** That the handler or its class names. */
    readonly named: readonly string[];
  };
  /** Those of all handlers, and what validates for them. */
  globalEnhancers(): readonly string[];
  /** `onModuleInit` and the like, which run without a request. */
  lifecycleHooks(): readonly string[];
  /** True of a loop whose turns could run at the same time, as far as its code shows; `line` is that of its `for`. */
  hasIndependentTurns(loop: Pick<CodeLocation, 'path' | 'line'>): boolean;
}
