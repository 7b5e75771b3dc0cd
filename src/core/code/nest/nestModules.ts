import { asMember } from '../language/expression.ts';
import type { ScopedExpression, ClassSymbol } from '../language/program/symbols.ts';
import { classKey } from '../language/types/classes.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import { routeSuffix } from './routes/routeSuffix.ts';
import { nestDecorators } from './nestDecorators.ts';
import { emptyPath, type KnownPath } from './routes/routePaths.ts';

interface NestModule {
  readonly controllers: ClassSymbol[];
  /** Classes that it makes instances of. */
  readonly providers: ClassSymbol[];
  /** Keys of the modules it imports. */
  readonly imports: Set<string>;
  /** Of packages that bring messages. */
  readonly messageCalls: ModuleCall[];
}

/** A dynamic module of a package: `BullModule.registerQueue(…)`. */
export interface ModuleCall {
  readonly library: string;
  readonly args: readonly ScopedExpression[];
}

/** Calls that register queues, after their packages. */
const registersMessages =
  /^(?:@nestjs\/bull(?:mq)?:BullModule\.registerQueue(?:Async)?|.*\bsqs\b.*:\w*\.(?:register|forRoot)(?:Async)?|@golevelup\/nestjs-rabbitmq:\w+\.forRoot(?:Async)?|@nestjs\/microservices:ClientsModule\.register(?:Async)?)$/;

/** Calls within calls that an import may be made by. */
const maxDepth = 12;
/** Modules and routes that one module's own options lead to: more aren't written out, only made in circles. */
const mostRead = 5_000;

/** The workspace's Nest modules: who imports whom, who has which controllers, RouterModule's paths. */
export class NestModules {
  readonly #constants: ConstantEvaluator;
  readonly #modules = new Map<string, NestModule>();
  /** RouterModule's path of a module. */
  readonly routerPaths = new Map<string, KnownPath>();
  readonly #reachable = new Map<string, ReadonlySet<string>>();
  #holders: ReadonlyMap<string, readonly string[]> | undefined;
  /** Of what a module's options lead to. */
  #read = 0;
  /** Dynamic modules whose options are being read. */
  readonly #open = new Set<object>();

  constructor(constants: ConstantEvaluator) {
    this.#constants = constants;
    for (const [path, facts] of constants.program.filesWith('classes')) {
      facts.classes.forEach((fact, index) => {
        if (fact.decorators.length === 0) return;
        const decorators = nestDecorators(constants, fact.decorators, path);
        const found = decorators.find((d) => d.name === 'Module' && d.module === '@nestjs/common');
        if (!found) return;
        const module = this.#module(classKey({ path, index }));
        const [options] = found.args;
        this.#read = 0;
        if (options) this.#readOptions(module, options);
      });
    }
  }

  /** Controllers or providers of all modules, each with its module's key. */
  *listed(
    as: 'controllers' | 'providers',
  ): Iterable<{ readonly module: string; readonly symbol: ClassSymbol }> {
    for (const [module, lists] of this.#modules) {
      for (const symbol of lists[as]) yield { module, symbol };
    }
  }

  /** What a module registers for messages. */
  messageCalls(key: string): readonly ModuleCall[] {
    return this.#modules.get(key)?.messageCalls ?? [];
  }

  /** Keys of the modules that register something for messages. */
  messageModules(): readonly string[] {
    return [...this.#modules].flatMap(([key, { messageCalls }]) =>
      messageCalls.length > 0 ? [key] : [],
    );
  }

  /** Keys of the modules that have a class as a controller or provider, or are it. */
  holders(key: string): readonly string[] {
    return (this.#holders ??= this.#tabulateHolders()).get(key) ?? [];
  }

  #tabulateHolders(): ReadonlyMap<string, readonly string[]> {
    const holders = new Map<string, string[]>();
    for (const [module, { controllers, providers }] of this.#modules) {
      for (const key of new Set([module, ...[...controllers, ...providers].map(classKey)])) {
        const known = holders.get(key);
        if (known) known.push(module);
        else holders.set(key, [module]);
      }
    }
    return holders;
  }

  /** Keys of the modules that an application with this root has. */
  reachable(root: string): ReadonlySet<string> {
    const known = this.#reachable.get(root);
    if (known) return known;
    const seen = new Set<string>();
    const open = [root];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      for (const imported of this.#modules.get(key)?.imports ?? []) open.push(imported);
    }
    this.#reachable.set(root, seen);
    return seen;
  }

  /** Module class of `AppModule`, `AppModule.forRoot()` and the like, as `NestFactory.create` gets it. */
  rootKey(bound: ScopedExpression): string | undefined {
    const module = this.#module('');
    module.imports.clear();
    this.#read = 0;
    this.#readImport(module, bound);
    const [first] = module.imports;
    this.#modules.delete('');
    return first;
  }

  #module(key: string): NestModule {
    let module = this.#modules.get(key);
    if (!module)
      this.#modules.set(
        key,
        (module = { controllers: [], providers: [], imports: new Set(), messageCalls: [] }),
      );
    return module;
  }

  #readOptions(module: NestModule, options: ScopedExpression): void {
    const imports = this.#constants.property(options, 'imports');
    if (imports) for (const item of this.#constants.items(imports)) this.#readImport(module, item);
    const controllers = this.#constants.property(options, 'controllers');
    for (const item of controllers ? this.#constants.items(controllers) : []) {
      const { symbol } = this.#constants.resolve(item);
      if (symbol?.kind === 'class') module.controllers.push(symbol);
    }
    const providers = this.#constants.property(options, 'providers');
    for (const item of providers ? this.#constants.items(providers) : []) {
      const { symbol } = this.#constants.resolve(
        this.#constants.property(item, 'useClass') ?? item,
      );
      if (symbol?.kind === 'class') module.providers.push(symbol);
    }
  }

  #readImport(module: NestModule, item: ScopedExpression, depth = 0): void {
    if (depth > maxDepth || (this.#read += 1) > mostRead) return;
    const resolved = this.#constants.resolve(item);
    if (resolved.symbol?.kind === 'class') {
      module.imports.add(classKey(resolved.symbol));
      return;
    }
    if (!resolved.symbol && this.#readDynamic(module, resolved)) return;
    const { expression } = item;
    if (typeof expression !== 'object' || expression.kind !== 'call') {
      if (!resolved.symbol && resolved.expression !== expression)
        this.#readImport(module, resolved, depth + 1);
      return;
    }
    const args = expression.args.map((arg) => ({ ...item, expression: arg }));
    const callee = this.#constants.resolve({ ...item, expression: expression.callee });
    if (callee.symbol?.kind === 'function') {
      for (const returned of this.#constants.called(callee.symbol, args)) {
        this.#readDynamic(module, returned);
      }
    } else if (callee.symbol?.kind === 'external') {
      const { module: library, name } = callee.symbol;
      if (registersMessages.test(`${library}:${name}`)) module.messageCalls.push({ library, args });
      else this.#readForeignCall(module, name, args, depth);
    }
    this.#readOwner(module, item);
  }

  /** `UsersModule.register()` imports UsersModule, whatever `register` does. */
  #readOwner(module: NestModule, item: ScopedExpression): void {
    const { expression } = item;
    if (typeof expression !== 'object' || expression.kind !== 'call') return;
    const member = asMember(expression.callee);
    if (!member) return;
    const owner = this.#constants.resolve({ ...item, expression: member.of });
    if (owner.symbol?.kind === 'class') module.imports.add(classKey(owner.symbol));
  }

  /** `{ module, imports, controllers }`: what it has counts for `module`. True when it is one. */
  #readDynamic(module: NestModule, object: ScopedExpression): boolean {
    const of = this.#constants.property(object, 'module');
    if (!of) return false;
    const { symbol } = this.#constants.resolve(of);
    if (symbol?.kind === 'class') {
      const key = classKey(symbol);
      module.imports.add(key);
      this.#readOnce(this.#module(key), object);
    } else this.#readOnce(module, object);
    return true;
  }

  /** One that imports itself, in the end, says nothing new there. */
  #readOnce(module: NestModule, object: ScopedExpression): void {
    const { expression } = object;
    if (typeof expression !== 'object' || this.#open.has(expression)) return;
    this.#open.add(expression);
    this.#readOptions(module, object);
    this.#open.delete(expression);
  }

  /** `forwardRef(() => M)`, `RouterModule.register([…])`, `ConditionalModule.registerWhen(M, …)`. */
  #readForeignCall(
    module: NestModule,
    name: string,
    args: readonly ScopedExpression[],
    depth: number,
  ): void {
    const [first] = args;
    if (!first) return;
    if (name === 'RouterModule.register' || name === 'RouterModule.forRoutes') {
      this.#readRoutes(first, emptyPath);
      return;
    }
    const resolved = this.#constants.resolve(first);
    if (resolved.symbol?.kind === 'class') module.imports.add(classKey(resolved.symbol));
    else if (!resolved.symbol && typeof resolved.expression === 'object') {
      const { expression } = resolved;
      if (expression.kind !== 'function') return;
      for (const returned of expression.returns) {
        this.#readImport(module, { ...resolved, expression: returned }, depth + 1);
      }
    }
  }

  #readRoutes(routes: ScopedExpression, parent: KnownPath, depth = 0): void {
    if (depth > maxDepth) return;
    for (const route of this.#constants.items(routes)) {
      if ((this.#read += 1) > mostRead) return;
      const path = this.#routePath(parent, this.#constants.property(route, 'path'));
      const module = this.#constants.property(route, 'module');
      if (module) this.#setRouterPath(module, path);
      const children = this.#constants.property(route, 'children');
      if (!children) continue;
      for (const child of this.#constants.items(children)) {
        if (this.#constants.resolve(child).symbol) this.#setRouterPath(child, path);
        else this.#readRoutes(child, path, depth + 1);
      }
    }
  }

  #routePath(parent: KnownPath, own: ScopedExpression | undefined): KnownPath {
    if (!own) return parent;
    const text = this.#constants.value(own);
    return typeof text === 'string'
      ? { text: joinRoute(parent.text, text), known: parent.known }
      : { text: routeSuffix(this.#constants, own), known: false };
  }

  #setRouterPath(module: ScopedExpression, path: KnownPath): void {
    const { symbol } = this.#constants.resolve(module);
    if (symbol?.kind === 'class') this.routerPaths.set(classKey(symbol), path);
  }
}

/** Joins as RouterModule does: each part with a leading slash, none trailing. */
function joinRoute(parent: string, path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  return trimmed === '' ? parent : `${parent}/${trimmed}`;
}
